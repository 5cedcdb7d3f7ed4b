"""What the bank did: an item is paid or failed for certain, a collection came in or can no longer come."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.settlement.contracts import Actor, CollectionView, ItemView
from baohe.rooms.settlement.due import due_of, is_ready, standing_of
from baohe.rooms.settlement.errors import CollectionOpen, NothingOwed
from baohe.rooms.settlement.locks import hold_statement
from baohe.rooms.settlement.models import BatchItem, Collection
from baohe.rooms.settlement.views import collection_view, item_view


def item_done(item_id: UUID, on: date) -> tuple[ItemView, bool]:
    """The payment arrived, and whether that is news: the bank may tell it twice."""
    return _end(item_id, "done", "", on)


def item_failed(item_id: UUID, reason: str) -> tuple[ItemView, bool]:
    """A certain no: the money is still owed, and a new batch may pay it under a key of its own."""
    return _end(item_id, "failed", reason[:200], None)


def open_collection(statement_id: UUID, actor: Actor) -> CollectionView:
    """Ask a party for what it owes on a statement. Asked again it is the same notice. Raises `NothingOwed`,
    `CollectionOpen` while an earlier month's is not paid."""
    with transaction.atomic():
        row = hold_statement(statement_id)
        earlier = (
            Collection.objects.filter(party=row.party_id, state="open").select_related("party", "statement").first()
        )
        if earlier is not None and earlier.statement_id == row.id:
            return collection_view(earlier)
        if earlier is not None:
            raise CollectionOpen(party=row.party.name)
        due_fen = due_of(row)
        if due_fen >= 0 or not is_ready(row):
            raise NothingOwed(number=row.number)
        made = Collection.objects.create(
            id=clock.new_id(),
            statement=row,
            party=row.party,
            amount_fen=-due_fen,
            held_fen=standing_of(row).held_fen,
            made_by=actor.id,
            made_by_name=actor.name,
            made_at=clock.now(),
        )
        return collection_view(made)


def name_remark(collection_id: UUID, remark: str) -> CollectionView:
    """The order number that the party's transfer carries."""
    row = Collection.objects.select_related("party", "statement").get(id=collection_id)
    row.remark = remark
    row.save(update_fields=["remark"])
    return collection_view(row)


def collection_paid(collection_id: UUID, on: date) -> CollectionView:
    """The transfer arrived. Money for a notice that is closed never comes here: payments send it back."""
    return _close(collection_id, "paid", on)


def collection_closed(collection_id: UUID) -> CollectionView:
    """It can no longer be paid under this remark; another notice may be sent."""
    return _close(collection_id, "closed", None)


def _close(collection_id: UUID, state: str, on: date | None) -> CollectionView:
    with transaction.atomic():
        row = (
            Collection.objects.select_for_update(of=("self",))
            .select_related("party", "statement")
            .get(id=collection_id)
        )
        if row.state == "open":
            row.state, row.paid_on = state, on
            row.save(update_fields=["state", "paid_on"])
        return collection_view(row)


def _end(item_id: UUID, state: str, reason: str, on: date | None) -> tuple[ItemView, bool]:
    with transaction.atomic():
        row = (
            BatchItem.objects.select_for_update(of=("self",))
            .select_related("party", "statement", "account")
            .get(id=item_id)
        )
        fresh = row.state == "sent"
        if fresh:
            row.state, row.reason, row.done_on = state, reason, on
            row.save(update_fields=["state", "reason", "done_on"])
        return item_view(row), fresh

"""What people do with an item: take it over, explain it, and as two take its money off suspense."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.reconciliation import errors
from baohe.rooms.reconciliation.actions.suspense import release
from baohe.rooms.reconciliation.contracts import BookingView, ItemView, Party
from baohe.rooms.reconciliation.models import Booking, Item, ItemEvent
from baohe.rooms.reconciliation.views import booking_view, item_view

MOST_TEXT = 300


def assign(item_id: UUID, owner: Party, by: Party) -> ItemView:
    """Raises `NotFound`, `ItemEnded`."""
    with transaction.atomic():
        item = _live(item_id)
        item.owner_id, item.owner_name = owner.id, owner.name
        item.state = "waiting" if item.state == "waiting" else "assigned"
        item.save(update_fields=["owner_id", "owner_name", "state"])
        _tell(item, "assigned", by, owner.name)
        return item_view(item)


def explain(item_id: UUID, text: str, by: Party) -> ItemView:
    """End an item that has no money on suspense, in words. Raises `StandsOnSuspense`, `ItemEnded`, `InvalidInput`."""
    said = _said(text)
    with transaction.atomic():
        item = _live(item_id)
        if item.standing_fen:
            raise errors.StandsOnSuspense
        _end(item, "explained", said, by)
        return item_view(item)


def propose(item_id: UUID, text: str, by: Party) -> BookingView:
    """Ask for an item's money to be taken off suspense. Nothing is posted until a second person confirms.
    Raises `NothingToBook`, `BookingWaits`, `ItemEnded`, `InvalidInput`."""
    said = _said(text)
    with transaction.atomic():
        item = _live(item_id)
        if not item.standing_fen:
            raise errors.NothingToBook
        if Booking.objects.filter(item=item, outcome=None).exists():
            raise errors.BookingWaits
        row = Booking.objects.create(
            id=clock.new_id(),
            item=item,
            amount_fen=item.standing_fen,
            reason=said,
            made_by=by.id,
            made_by_name=by.name,
            made_at=clock.now(),
        )
        _tell(item, "proposed", by, said)
        return booking_view(row)


def decide(booking_id: UUID, by: Party, *, confirm: bool, text: str = "") -> BookingView:
    """The second person confirms, which posts and ends the item, or returns the proposal with a reason.
    Raises `SamePerson`, `ItemEnded`, `NotFound`, `InvalidInput`."""
    said = "" if confirm else _said(text)
    with transaction.atomic():
        found = Booking.objects.filter(id=booking_id).first()
        if found is None:
            raise NotFound(what="出账")
        item = _live(found.item_id)
        row = Booking.objects.select_for_update().get(id=booking_id)
        if row.outcome is not None:
            raise errors.ItemEnded
        if row.made_by == by.id:
            raise errors.SamePerson
        row.decided_by, row.decided_by_name, row.decided_at = by.id, by.name, clock.now()
        row.outcome = "confirmed" if confirm else "returned"
        row.save(update_fields=["decided_by", "decided_by_name", "decided_at", "outcome"])
        if confirm:
            release(item, "suspense_booked", row.reason)
            _end(item, "booked", row.reason, by)
        else:
            _tell(item, "returned", by, said)
        return booking_view(row)


def _live(item_id: UUID) -> Item:
    item = Item.objects.select_for_update().filter(id=item_id).first()
    if item is None:
        raise NotFound(what="差异")
    if item.ended_at is not None:
        raise errors.ItemEnded
    return item


def _end(item: Item, state: str, said: str, by: Party) -> None:
    item.state, item.ended_at, item.resolution = state, clock.now(), said
    item.save(update_fields=["state", "ended_at", "resolution", "standing_fen"])
    _tell(item, state, by, said)


def _tell(item: Item, what: str, by: Party, text: str) -> None:
    ItemEvent.objects.create(item=item, at=clock.now(), what=what, by_id=by.id, by_name=by.name, text=text[:MOST_TEXT])


def _said(text: str) -> str:
    said = text.strip()
    if not 4 <= len(said) <= MOST_TEXT:
        raise InvalidInput(
            field="text", reason_zh=f"请写明原因，4–{MOST_TEXT} 字", reason_en=f"say why in 4–{MOST_TEXT} characters"
        )
    return said

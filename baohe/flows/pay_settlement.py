"""Money between the platform and those it settles with: an approved batch leaves by transfer, a notice is paid by one.

The books hear of it when the bank has done it, never when it was asked for. A payment that failed for certain stays
owed and can go into a new batch; one that nobody knows of stays on its way until the bank has said what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from baohe.flows import who_pays
from baohe.kernel.errors import BaoheError, Conflict
from baohe.plumbing import clock, outbox
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import Actor, CollectionView, ItemView

SHARD = 0
"""A settlement belongs to no policy."""

KIND, COLLECTING = "settlement", "partner_settlement"
_OURS = "settle:"
_ENTRIES = {
    "insurer": ("insurer_settled", movements.insurer_settled),
    "producer": ("producer_paid", movements.producer_paid),
    "partner": ("partner_paid", movements.partner_paid),
}


@dataclass(frozen=True, slots=True)
class Collected:
    """How a transfer that names a notice ended; without a refusal it is in the books."""

    refusal: BaoheError | None


class NotOpen(Conflict):
    code = "collection_not_open"
    zh = "这份收款通知已经撤回"
    en = "This notice was withdrawn"
    next_zh = "款项会原路退回"
    next_en = "The money goes back to where it came from"


def approve(batch_id: UUID, actor: Actor) -> int:
    """The second person lets a batch go; returns how many payments are on their way. In one transaction: all of them
    are queued, or none. Raises what `settlement.approve_batch` raises."""
    with transaction.atomic():
        transfers = settlement.approve_batch(batch_id, actor)
        for transfer in transfers:
            item = transfer.item
            payments.request_payout(
                natural_key=item.natural_key,
                subject_id=item.id,
                shard_key=SHARD,
                amount_fen=item.amount_fen,
                memo=f"结算 {item.statement_number}",
                provider="transfer",
                payee=transfer.number,
                payee_name=item.holder,
                kind=KIND,
            )
        return len(transfers)


def payout_done(event: outbox.Event) -> None:
    """Handler of `payments.payout_done`: told twice it is one entry."""
    if not _is_ours(event):
        return
    today = clock.today()  # asked once: on two sides of midnight the item and its entry would count in two months
    with transaction.atomic():
        item, fresh = settlement.item_done(UUID(str(event.payload["subject_id"])), today)
        if fresh:
            _post(item, today)


def payout_failed(event: outbox.Event) -> None:
    """Handler of `payments.payout_failed`: certain. The balance is owed as before."""
    if _is_ours(event):
        settlement.item_failed(UUID(str(event.payload["subject_id"])), "银行没有付出，款项仍在平台")


def collect(statement_id: UUID, actor: Actor) -> CollectionView:
    """Ask a partner for what it owes on a statement: its transfer is expected under the remark of the answer.
    Raises `NothingOwed`, `CollectionOpen`."""
    with transaction.atomic():
        asked = settlement.open_collection(statement_id, actor)
        if asked.remark:
            return asked
        intent = payments.open_intent(
            kind=COLLECTING,
            subject_id=asked.id,
            shard_key=SHARD,
            account_id=asked.party.id,
            payee="settlement",
            payee_name="保和结算户",
            amount_fen=asked.amount_fen,
            description=f"结算 {asked.statement_number}",
            payer=who_pays.ANYBODY,
            provider="transfer",
        )
        return settlement.name_remark(asked.id, intent.order_number)


def settle(intent: IntentView, paid_at: datetime) -> Collected:
    """Settler of `partner_settlement`: inside the transaction that books the transfer. It is dated today, whenever the
    bank took it: a month that is closed has told its balance without it."""
    today = clock.today()
    asked = settlement.collection_paid(intent.subject_id, today)
    if asked.state != "paid":
        return Collected(NotOpen())
    owner = asked.party.branch.split("/")[1]
    ledger.post(
        ledger.Entry(
            kind="partner_settled",
            ref=str(asked.id),
            shard_key=SHARD,
            business_date=today,
            memo=asked.statement_number,
            postings=movements.partner_settled(owner, intent.amount_fen, "transfer"),
        )
    )
    return Collected(None)


def payment_closed(event: outbox.Event) -> None:
    """Handler of `payments.closed`: a notice that can no longer be paid makes room for another."""
    if event.payload["kind"] == COLLECTING:
        settlement.collection_closed(UUID(str(event.payload["subject_id"])))


def _post(item: ItemView, on: date) -> None:
    kind, words = _ENTRIES[item.party.kind]
    ledger.post(
        ledger.Entry(
            kind=kind,
            ref=item.natural_key,
            shard_key=SHARD,
            business_date=on,
            memo=item.statement_number,
            postings=words(item.party.branch.split("/")[1], item.amount_fen, "transfer"),
        )
    )


def _is_ours(event: outbox.Event) -> bool:
    return str(event.payload["natural_key"]).startswith(_OURS)

"""Ask the provider what became of a payment. Only this, a charge's own answer and a callback ever decide."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from baohe.adapters.providers.port import Answer
from baohe.plumbing import clock
from baohe.rooms.payments import gateway, models, rules
from baohe.rooms.payments.actions import charge
from baohe.rooms.payments.actions.close import mark_closed
from baohe.rooms.payments.actions.hear import told_by_answer
from baohe.rooms.payments.contracts import Asked, Notification
from baohe.rooms.payments.queries import intent_row
from baohe.rooms.payments.sealing import payer_of
from baohe.rooms.payments.views import intent_view


def ask_provider(intent_id: UUID, may_send: charge.MaySend, rest_seconds: int = 0) -> Asked:
    """Query an open payment, outside of any transaction. A paid one is returned as the provider's words for `confirm`;
    one that can no longer be paid is closed here with its reason. Raises `NotFound`.

    A charge that the bank never saw is sent again while `may_send` says so. With `rest_seconds` an intent that was
    asked about that recently is left alone: a page that polls must not become a flood at the provider's door.
    """
    row = intent_row(intent_id)
    if row.state not in models.OPEN:
        return Asked(row.state)
    if row.sent_at is None or not _may_ask(row, rest_seconds):
        return Asked("waiting")
    over = charge.can_no_longer_arrive(row)
    answer = gateway.call(
        row.provider, "intent", row.id, row.shard_key, "query", lambda provider: provider.query(row.order_number)
    )
    if answer.word == "absent" and over:
        answer = Answer("refused", "agreement_ended")
    elif answer.word == "absent" and row.agreement_id is not None and clock.now() < row.expires_at:
        # Never seen for certain: the same number is sent again, and never another one.
        answer = charge.send(row) if may_send(intent_view(row)) else answer
    return understood(row, answer, "query")


def carry_out_charge(intent_id: UUID, may_send: charge.MaySend) -> Asked:
    """Deduct an intent under its agreement, once; outside of any transaction. Raises `NotFound`.

    One that may have been sent before is only asked about: its answer may have been lost after the money moved.
    """
    first = charge.begin(intent_id, may_send)
    row = intent_row(intent_id)
    if not first:
        return ask_provider(intent_id, may_send)
    return understood(row, charge.send(row), "charge")


def understood(row: models.PaymentIntent, answer: Answer, source: str) -> Asked:
    """What an answer about an open intent means; closes it when it can no longer be paid."""
    late = clock.now() > row.expires_at + rules.LATE_MARGIN
    if answer.word == "done":
        if answer.trade is None or answer.trade.number != row.order_number:
            return Asked("unknown")
        told = told_by_answer(row, answer, source)
        if late and row.provider == "transfer" and (unfit := _unfit(row, told)):
            # The payer chose another sum, or the bank does not say who paid, and it closes no order that money came
            # for. What came stands on suspense; should the right money come after all, it is late and goes back.
            mark_closed(row.id, unfit)
        return Asked("paid", told)
    if answer.word in ("closed", "refused"):
        return Asked("closed" if mark_closed(row.id, answer.reason) else "waiting")
    if answer.word == "absent" and late:
        return Asked("closed" if mark_closed(row.id, "expired") else "waiting")
    if answer.word == "waiting" and late:
        return _end(row)
    return Asked("unknown" if answer.word == "unknown" else "waiting")


def _unfit(row: models.PaymentIntent, told: Notification) -> str:
    if told.amount_fen != row.amount_fen:
        return "amount_mismatch"
    return rules.PAYER_UNKNOWN if rules.who_paid(payer_of(row), told) == "unknown" else ""


def _end(row: models.PaymentIntent) -> Asked:
    """Past its time and still not paid: a provider that keeps orders open for ever is told to stop."""
    answer = gateway.call(
        row.provider, "intent", row.id, row.shard_key, "close", lambda provider: provider.close(row.order_number)
    )
    if answer.word == "closed" and mark_closed(row.id, "expired"):
        return Asked("closed")
    return Asked("waiting")


def _may_ask(row: models.PaymentIntent, rest_seconds: int) -> bool:
    moment = clock.now()
    rested = Q(asked_at=None) | Q(asked_at__lte=moment - timedelta(seconds=rest_seconds))
    if rest_seconds == 0:
        rested = Q()
    return bool(models.PaymentIntent.objects.filter(rested, id=row.id).update(asked_at=moment))

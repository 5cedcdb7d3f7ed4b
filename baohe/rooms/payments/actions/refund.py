"""Give back a payment, in whole or in part. The request is one transaction, the provider is called by the worker."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from baohe.adapters.providers.port import Answer, Provider, RefundOrder
from baohe.kernel.errors import NotFound
from baohe.kernel.money import refuse_fraction
from baohe.plumbing import clock, outbox
from baohe.rooms.payments import gateway, models, rules
from baohe.rooms.payments.contracts import RefundView
from baohe.rooms.payments.errors import KeyTaken, NotPaid, RefundTooLarge
from baohe.rooms.payments.outgoing import announce, resolve
from baohe.rooms.payments.queries import intent_row
from baohe.rooms.payments.views import refund_view


def request_refund(
    *, intent_id: UUID, natural_key: str, amount_fen: int, reason: str, subject_id: UUID | None = None
) -> RefundView:
    """Reserve `amount_fen` of a paid intent and queue the call; the money goes back to the account that paid
    (SALE-9). The same key with the same amount is the same refund.

    `subject_id` names the line of a payment for several things whose money goes back; without it such a payment can
    only go back whole. The intent's row lock makes simultaneous requests queue, and the CHECKs of intent and line
    stand behind the sums. Raises `NotFound`, `NotPaid` (409), `RefundTooLarge` (409), `KeyTaken` (409),
    `AmountRefused` (422).
    """
    refuse_fraction(amount_fen, "amount")
    with transaction.atomic():
        intent = intent_row(intent_id, lock=True)
        earlier = (
            models.Refund.objects.select_related("intent", "line")
            .filter(shard_key=intent.shard_key, natural_key=natural_key)
            .first()
        )
        if earlier is not None:
            if (earlier.intent_id, earlier.amount_fen) != (intent_id, amount_fen):
                raise KeyTaken(natural_key=natural_key)
            return refund_view(earlier)
        if intent.state != "paid":
            raise NotPaid()
        line = _line(intent, subject_id)
        left_fen = _left_fen(intent, line)
        if not 0 < amount_fen <= left_fen:
            raise RefundTooLarge(left_fen=left_fen)
        if line is not None:
            line.refund_reserved_fen += amount_fen
            line.save(update_fields=["refund_reserved_fen"])
        elif amount_fen != left_fen and intent.lines.exists():
            raise RefundTooLarge(left_fen=0)
        intent.refund_reserved_fen += amount_fen
        intent.save(update_fields=["refund_reserved_fen"])
        row = models.Refund.objects.create(
            id=clock.new_id(),
            shard_key=intent.shard_key,
            provider=intent.provider,
            intent=intent,
            line=line,
            natural_key=natural_key,
            amount_fen=amount_fen,
            reason=reason[:120],
            requested_at=clock.now(),
        )
        outbox.publish("payments.refund_requested", row.id, row.shard_key, {"refund_id": str(row.id), "round": 0})
        return refund_view(row)


def _line(intent: models.PaymentIntent, subject_id: UUID | None) -> models.PaymentLine | None:
    """Locked after its intent; None for a single sale, whose intent is its own line. Raises `NotFound`."""
    if subject_id is None:
        return None
    line = models.PaymentLine.objects.select_for_update().filter(intent=intent, subject_id=subject_id).first()
    if line is None and intent.lines.exists():
        raise NotFound(what="付款明细")
    return line


def _left_fen(intent: models.PaymentIntent, line: models.PaymentLine | None) -> int:
    left_fen = intent.amount_fen - intent.refund_reserved_fen
    return left_fen if line is None else min(left_fen, line.amount_fen - line.refund_reserved_fen)


def carry_out(event: outbox.Event) -> None:
    """Handler of `payments.refund_requested` and `payments.refund_check`: bring one refund nearer to the truth."""
    refund_id, round_ = UUID(event.payload["refund_id"]), int(event.payload["round"])
    row = models.Refund.objects.select_related("intent").get(id=refund_id)
    if row.state in ("done", "failed"):
        return
    order = _order(row)

    def ask() -> Answer:
        return _call(row, "refund_query", lambda provider: provider.refund_query(order))

    def act() -> Answer:
        return _call(row, "refund", lambda provider: provider.refund(order))

    word = resolve(asked_before=round_ > 0, ask=ask, act=act)
    _write_down(refund_id, word, round_)


def schedule(refund_id: UUID, shard_key: int, round_: int, delay_seconds: int) -> None:
    """Queue the next look, inside a transaction. From round 1 on the provider is asked before anything is sent."""
    payload = {"refund_id": str(refund_id), "round": round_}
    outbox.follow_up("payments.refund_check", refund_id, shard_key, payload, delay_seconds=delay_seconds)


def _call(row: models.Refund, method: str, ask: Callable[[Provider], Answer]) -> Answer:
    return gateway.call(row.provider, "refund", row.id, row.shard_key, method, ask)


def _order(row: models.Refund) -> RefundOrder:
    paid = row.intent
    if paid.trade_no is None or paid.paid_at is None:
        raise ValueError(f"{paid.order_number} is refunded and was never paid")
    return RefundOrder(
        number=row.id.hex,
        order_number=paid.order_number,
        trade_no=paid.trade_no,
        paid_fen=paid.amount_fen,
        paid_at=paid.paid_at,
        amount_fen=row.amount_fen,
        reason=row.reason,
    )


def _write_down(refund_id: UUID, word: str, round_: int) -> None:
    with transaction.atomic():
        # Lock order of the room: the intent, then its refund.
        intent_id = models.Refund.objects.values_list("intent_id", flat=True).get(id=refund_id)
        intent = intent_row(intent_id, lock=True)
        row = models.Refund.objects.select_for_update(of=("self",)).select_related("line").get(id=refund_id)
        if row.state in ("done", "failed"):
            return
        row.state = word
        row.done_at = clock.now() if word == "done" else None
        row.save(update_fields=["state", "done_at"])
        if word == "checking":
            schedule(row.id, row.shard_key, round_ + 1, rules.pause_seconds(round_))
            return
        if word == "failed":
            intent.refund_reserved_fen -= row.amount_fen
            intent.save(update_fields=["refund_reserved_fen"])
            _free_line(row)
        about = "surplus" if intent.surplus else "refund"
        facts: dict[str, str | int] = {
            "natural_key": row.natural_key,
            "subject_id": str(_subject(row, intent)),
            "amount_fen": row.amount_fen,
            "provider": row.provider,
        }
        announce(about, word, row.id, row.shard_key, facts)


def _free_line(row: models.Refund) -> None:
    """The refund failed for certain: its line may be given back in another way. Under the intent's lock."""
    models.PaymentLine.objects.filter(id=row.line_id).update(
        refund_reserved_fen=F("refund_reserved_fen") - row.amount_fen
    )


def _subject(row: models.Refund, intent: models.PaymentIntent) -> UUID:
    return intent.subject_id if row.line is None else row.line.subject_id

"""Ask the wallet what became of a payment. Only this and a callback ever decide."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from baohe.adapters.wallet import protocol
from baohe.adapters.wallet.client import Reply
from baohe.plumbing import clock, outbox
from baohe.rooms.payments import gateway, models, rules
from baohe.rooms.payments.actions.close import mark_closed
from baohe.rooms.payments.contracts import Asked, Notification
from baohe.rooms.payments.queries import intent_row


def ask_wallet(intent_id: UUID, rest_seconds: int = 0) -> Asked:
    """Query an open payment, outside of any transaction. A paid one is returned as the wallet's words for `confirm`;
    one that can no longer be paid is closed here. Raises `NotFound`.

    With `rest_seconds` an intent that was asked about that recently is left alone: a page that polls must not
    become a flood at the wallet's door.
    """
    row = intent_row(intent_id)
    if row.state not in models.OPEN:
        return Asked(row.state)
    if row.sent_at is None or not _may_ask(row, rest_seconds):
        return Asked("waiting")
    reply = gateway.call("intent", row.id, row.shard_key, "query", lambda wallet: wallet.query(row.order_number))
    if reply.outcome == "ok" and reply.text("out_trade_no") == row.order_number:
        return _understood(row, reply)
    if reply.reason == "ACQ.TRADE_NOT_EXIST" and clock.now() > row.expires_at + rules.LATE_MARGIN:
        mark_closed(row.id)
        return Asked("closed")
    return Asked("waiting" if reply.outcome == "refused" else "unknown")


def schedule_check(intent_id: UUID, shard_key: int, round_: int) -> None:
    """Queue the next look at an open payment, inside a transaction."""
    outbox.publish(
        "payments.check_intent",
        intent_id,
        shard_key,
        {"intent_id": str(intent_id), "round": round_},
        delay_seconds=rules.pause_seconds(round_),
    )


def _may_ask(row: models.PaymentIntent, rest_seconds: int) -> bool:
    moment = clock.now()
    rested = Q(asked_at=None) | Q(asked_at__lte=moment - timedelta(seconds=rest_seconds))
    if rest_seconds == 0:
        rested = Q()
    return bool(models.PaymentIntent.objects.filter(rested, id=row.id).update(asked_at=moment))


def _understood(row: models.PaymentIntent, reply: Reply) -> Asked:
    status = reply.text("trade_status")
    if status == "TRADE_CLOSED" and not reply.text("send_pay_date"):
        return Asked("closed" if mark_closed(row.id) else "waiting")
    amount_fen = protocol.read_yuan(reply.text("total_amount"))
    if status not in rules.PAID_STATUSES or amount_fen is None or not reply.text("trade_no"):
        return Asked("waiting")
    told = Notification(
        source="query",
        app_id=row.app_id,
        order_number=row.order_number,
        trade_no=reply.text("trade_no")[:64],
        trade_status=status,
        amount_fen=amount_fen,
        currency=reply.text("trans_currency") or "CNY",
        payee="",
        paid_at=protocol.read_time(reply.text("send_pay_date")),
        notify_id="",
    )
    return Asked("paid", told)

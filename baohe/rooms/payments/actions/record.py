"""The audit row of a callback: written for every one, kept for ever."""

from __future__ import annotations

from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.payments import models, rules
from baohe.rooms.payments.contracts import Notification, RefusedCallback


def record_callback(told: Notification | RefusedCallback, outcome: str, reason: str) -> None:
    """Keep what was claimed and how it ended (accepted, duplicate, refused). A refusal belongs in a transaction of
    its own: inside the one it refuses, the evidence would be rolled back with it."""
    order_number = _claimed(told.order_number, 64)
    shard_key = rules.shard_of_order(order_number)
    models.CallbackRecord.objects.create(
        shard_key=shard_of(order_number) if shard_key is None else shard_key,
        provider=told.provider,
        received_at=clock.now(),
        outcome=outcome,
        reason=reason[:40],
        order_number=order_number,
        digest=told.digest,
        **(_believed(told) if isinstance(told, Notification) else _claims(told)),
    )


def _believed(told: Notification) -> dict[str, str]:
    return {
        "source": told.source,
        "trade_no": _claimed(told.trade_no, 64),
        "trade_status": _claimed(told.trade_status, 32),
        "notify_id": _claimed(told.notify_id, 128),
        "app_id": _claimed(told.app_id, 32),
        "amount_text": _amount_text(told),
    }


def _claims(told: RefusedCallback) -> dict[str, str]:
    return {"source": "callback", "amount_text": _claimed(told.amount_text, 20)}


def _amount_text(told: Notification) -> str:
    fen = told.amount_fen
    return f"{fen // 100}.{fen % 100:02d}"[:20] if type(fen) is int else ""


def _claimed(text: str, size: int) -> str:
    """Cut to size; a NUL, which a text column cannot hold, must not cost us the row."""
    return text.replace("\x00", "")[:size]

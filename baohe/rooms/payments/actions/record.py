"""The audit row of a callback: written for every one, kept for ever."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.kernel.canonical import digest
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.payments import models, rules


def record_callback(params: Mapping[str, str], source: str, outcome: str, reason: str) -> None:
    """Keep what was claimed and how it ended (accepted, duplicate, refused). A refusal belongs in a transaction of
    its own: inside the one it refuses, the evidence would be rolled back with it."""
    order_number = _claimed(params, "out_trade_no", 64)
    shard_key = rules.shard_of_order(order_number)
    models.CallbackRecord.objects.create(
        shard_key=shard_of(order_number) if shard_key is None else shard_key,
        received_at=clock.now(),
        source=source,
        outcome=outcome,
        reason=reason[:40],
        order_number=order_number,
        trade_no=_claimed(params, "trade_no", 64),
        trade_status=_claimed(params, "trade_status", 32),
        notify_id=_claimed(params, "notify_id", 128),
        app_id=_claimed(params, "app_id", 32),
        amount_text=_claimed(params, "total_amount", 20),
        digest=digest(dict(params)),
    )


def _claimed(params: Mapping[str, str], name: str, size: int) -> str:
    """Cut to size; a NUL, which a text column cannot hold, must not cost us the row."""
    return params.get(name, "").replace("\x00", "")[:size]

"""The next look at an open payment."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import outbox
from baohe.rooms.payments import rules


def schedule_check(intent_id: UUID, shard_key: int, round_: int, delay_seconds: int | None = None) -> None:
    """Queue it inside a transaction, unless one lies ready; later ones come with growing pauses."""
    outbox.follow_up(
        "payments.check_intent",
        intent_id,
        shard_key,
        {"intent_id": str(intent_id), "round": round_},
        delay_seconds=rules.pause_seconds(round_) if delay_seconds is None else delay_seconds,
    )

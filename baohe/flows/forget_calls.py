"""Calls that were asked for about a claim: what was said goes when its date is over and no dispute holds it."""

from __future__ import annotations

from uuid import UUID

from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import CallHeld, CallKept
from baohe.rooms.recordings import facade as recordings

EVERY_SECONDS = 3_600
_ROUND_SIZE = 200


def retention() -> int:
    """The round: answers how many calls were emptied. What a dispute holds is looked at again by the next round."""
    done, last = 0, None
    while batch := claims.calls_over(last, _ROUND_SIZE):
        last = batch[-1]
        done += sum(_forgotten(one.id, one.account_id) for one in batch)
    return done


def _forgotten(call_id: UUID, account_id: UUID) -> bool:
    try:
        claims.forget_call(call_id, recordings.dispute_of(account_id))
    except (CallKept, CallHeld):  # a dispute, or a clock that was moved meanwhile: the next round looks again
        return False
    return True

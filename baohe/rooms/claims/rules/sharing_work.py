"""Who gets the next claim: the present handler with the least to do among those who may decide it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baohe.rooms.claims.rules.authority import authority_of

HEAVY_FEN = 2_000_000


@dataclass(frozen=True, slots=True)
class Hand:
    """A handler with a grade."""

    id: UUID
    name: str
    grade: str


def weight(amount_fen: int | None) -> int:
    """A claim above ¥20,000, or one that the rules could not calculate, counts twice."""
    return 2 if amount_fen is None or amount_fen > HEAVY_FEN else 1


def choose(
    hands: Collection[Hand], away: Collection[UUID], load: Mapping[UUID, int], amount_fen: int | None, on: date
) -> Hand | None:
    """The least loaded of those present whose authority covers the sum; when nobody's does, of all present, for a
    second name can be asked. None when nobody is there: it stays in the open queue."""
    present = [hand for hand in hands if hand.id not in away]
    able = [hand for hand in present if authority_of(hand.grade, on).alone >= (amount_fen or 0)]
    return min(able or present, key=lambda hand: (load.get(hand.id, 0), hand.id), default=None)

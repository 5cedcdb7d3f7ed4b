"""What the commission on one premium comes to, given all that has happened to it so far.

A pure function of the facts: whatever the order in which refunds, an end and the parts' days came, the books are moved
by the difference of two standings, so a premium given back in parts returns exactly the commission it earned.
"""

from __future__ import annotations

from dataclasses import dataclass

from baohe.kernel.money import apply_bp
from baohe.rooms.commission.rules.spreading import parts


@dataclass(frozen=True, slots=True)
class Facts:
    """`returned_fen` of the premium went back; `earned` are the numbers of the parts that were earned.

    `closed_bp`: the contract has ended, what was not earned never will be, and this share of the rest goes back.
    """

    premium_fen: int
    rate_bp: int
    share_bp: int
    over: int
    returned_fen: int = 0
    closed_bp: int | None = None
    earned: frozenset[int] = frozenset({0})


@dataclass(frozen=True, slots=True)
class Standing:
    """Per part: the platform's commission and, of it, the producer's. Earned ones are kept, others are to come."""

    platform: tuple[int, ...]
    producer: tuple[int, ...]
    earned: frozenset[int]

    @property
    def earned_fen(self) -> int:
        return sum(self.platform[number] for number in self.earned)

    @property
    def deferred_fen(self) -> int:
        return sum(self.platform) - self.earned_fen

    @property
    def producer_fen(self) -> int:
        """What the producer is owed in all, before it is paid out."""
        return sum(self.producer[number] for number in self.earned)


def commission_fen(facts: Facts) -> int:
    """On the premium that is kept: the difference of two roundings, so that all of it back leaves nothing."""
    return apply_bp(facts.premium_fen, facts.rate_bp) - apply_bp(facts.returned_fen, facts.rate_bp)


def standing(facts: Facts) -> Standing:
    whole = commission_fen(facts)
    return Standing(
        _left(parts(whole, facts.over), facts),
        _left(parts(apply_bp(whole, facts.share_bp), facts.over), facts),
        facts.earned,
    )


def _left(amounts: list[int], facts: Facts) -> tuple[int, ...]:
    if facts.closed_bp is None:
        return tuple(amounts)
    return tuple(
        amount - apply_bp(amount, facts.closed_bp) if number in facts.earned else 0
        for number, amount in enumerate(amounts)
    )

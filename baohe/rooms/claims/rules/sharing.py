"""What each beneficiary has of a payout (INS 40): the first order that names anybody, by share. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from baohe.kernel.money import split
from baohe.rooms.policies.contracts import Beneficiary


@dataclass(frozen=True, slots=True)
class Share:
    person_id: UUID
    name: str
    percent: int
    amount_fen: int


def shares_of(beneficiaries: tuple[Beneficiary, ...], amount_fen: int) -> tuple[Share, ...]:
    """Re-adds to `amount_fen`. Without a named beneficiary it is the estate's (INS 42): no share is drawn up."""
    first = min((one.rank for one in beneficiaries), default=0)
    theirs = [one for one in beneficiaries if one.rank == first]
    if not theirs:
        return ()
    parts = split(amount_fen, [one.share_percent for one in theirs])
    return tuple(
        Share(one.person_id, one.name, one.share_percent, part) for one, part in zip(theirs, parts, strict=True)
    )

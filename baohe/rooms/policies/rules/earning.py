"""How much of a premium is earned by a day: the cover given so far, by days.

`earned_on` of the room says the same in SQL over all policies; a property test holds both together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baohe.kernel.dates import Period, prorate
from baohe.kernel.money import apply_bp


@dataclass(frozen=True, slots=True)
class Premium:
    """A policy as far as its premium is concerned. `paid_fen` came in by the day asked about, `premium_fen` is the
    premium of the whole period, all instalments together; `left_on` is the business date on which it was left or
    lapsed and `refund_fen` what was given back then. Of endorsements recorded by the day, `dropped_fen` is what they
    took off the premium of the whole period and `endorsed_fen` what they gave back."""

    period: Period
    premium_fen: int
    paid_fen: int
    left_on: date | None = None
    refund_fen: int = 0
    dropped_fen: int = 0
    endorsed_fen: int = 0


@dataclass(frozen=True, slots=True)
class Earned:
    """earned + unearned = written, always."""

    written_fen: int
    earned_fen: int
    unearned_fen: int


def earned_by(premium: Premium, day: date, net_bp: int = 10_000) -> Earned:
    """As of the end of `day`: that day's cover is given.

    With `net_bp` 10,000 this is the 1/365 method: the reserve is the premium of the days to come. With the net share
    of a filed expense loading it is the cash value of accident cover (SERV-3): net premium × (1 − elapsed ÷ total);
    the loading is earned at once. What was left before or on the day is earned, as far as it was not given back.
    Unpaid instalments are not earned ahead of their payment. What an endorsement took off and did not give back was
    the dearer cover until it, and is earned.
    """
    if premium.left_on is not None and premium.left_on <= day:
        kept = premium.paid_fen - premium.refund_fen - premium.endorsed_fen
        return Earned(kept, kept, 0)
    elapsed = min(max((day - premium.period.start).days + 1, 0), premium.period.days)
    given = prorate(apply_bp(premium.premium_fen - premium.dropped_fen, net_bp), elapsed, premium.period.days)
    unearned = max(0, apply_bp(premium.paid_fen - premium.dropped_fen, net_bp) - given)
    written = premium.paid_fen - premium.endorsed_fen
    return Earned(written, written - unearned, unearned)

"""Figures a regulator may change, with the day from which they hold (PUB-6, PUB-7). Never read as constants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PublishingLimits:
    """Expense loadings in bp of premium; waiting and cooling-off in days."""

    effective_from: date
    short_term_expense_bp: int
    long_term_first_year_expense_bp: int
    long_term_average_expense_bp: int
    longest_waiting_days: int
    long_term_health_cooling_off_days: int


_DATED = (PublishingLimits(date(2022, 1, 1), 3_500, 6_000, 2_500, 180, 15),)


def limits_on(day: date) -> PublishingLimits:
    """The limits in force on a day (the version's first day of sale)."""
    return max((x for x in _DATED if x.effective_from <= day), key=lambda x: x.effective_from, default=_DATED[0])

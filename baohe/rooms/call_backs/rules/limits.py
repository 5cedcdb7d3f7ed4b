"""Figures of the call-back that may change, with the day from which they hold and where they stand (SALE-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    effective_from: date
    source: str
    escalate_days_before: int
    """Unanswered so many days before the last day of cooling-off, it becomes urgent."""


_DATED = (Limits(date(2020, 1, 1), "SVC 15：犹豫期内完成回访；提前几天催办由平台自定", 5),)


def limits_on(day: date) -> Limits:
    return max(
        (one for one in _DATED if one.effective_from <= day), key=lambda one: one.effective_from, default=_DATED[0]
    )


def escalate_on(issued_on: date, last_day: date) -> date:
    """The day on which an unanswered call-back becomes urgent; never before the policy was issued."""
    return max(issued_on, last_day - timedelta(days=limits_on(issued_on).escalate_days_before))

"""The days of an instalment: when it is announced, tried, pressed for, and when cover stops without it.

All are business dates of Asia/Shanghai counted from the due day itself, never from one another (field bug 17).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baohe.kernel.dates import add_years, business_date


@dataclass(frozen=True, slots=True)
class Custom:
    """How premiums are collected since a day. `try_after` are days after the due day, the due day itself is 0."""

    since: date
    announce_before: int
    try_after: tuple[int, ...]
    press_before_end: int
    reinstate_years: int
    allowed_for: int
    answer_within: int


CUSTOMS: tuple[Custom, ...] = (
    Custom(
        since=date(2015, 4, 24),
        announce_before=7,
        try_after=(0, 3, 10, 20),
        press_before_end=7,
        reinstate_years=2,
        allowed_for=30,
        answer_within=5,
    ),
)
"""By the day they took effect; an instalment keeps the custom of its due day. The years are the law's (保险法 37); a
wish to reinstate is answered within `answer_within` days, and the permission holds `allowed_for` days."""


def custom_on(day: date) -> Custom:
    return [custom for custom in CUSTOMS if custom.since <= day][-1]


def grace_ends(due_on: date, grace_days: int) -> date:
    """The last day of cover without the instalment: the due day does not count."""
    return due_on + timedelta(days=grace_days)


def announce_on(due_on: date) -> date:
    return due_on - timedelta(days=custom_on(due_on).announce_before)


def press_on(due_on: date, ends: date) -> date:
    return ends - timedelta(days=custom_on(due_on).press_before_end)


def next_try(due_on: date, after: date, ends: date) -> date | None:
    """The first day of trying later than `after` and within the grace; None when there is none left."""
    days = (due_on + timedelta(days=offset) for offset in custom_on(due_on).try_after)
    return next((day for day in days if after < day <= ends), None)


def reinstate_until(suspended_since: date) -> date:
    """The last day on which cover can be taken up again (SERV-8)."""
    return add_years(suspended_since, custom_on(suspended_since).reinstate_years)


def answer_by(asked_at: datetime) -> datetime:
    return asked_at + timedelta(days=custom_on(business_date(asked_at)).answer_within)


def allowed_until(decided_on: date) -> date:
    return decided_on + timedelta(days=custom_on(decided_on).allowed_for)

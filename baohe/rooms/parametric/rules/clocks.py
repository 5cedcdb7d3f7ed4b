"""When people answer, when a source is stale, until when a correction counts. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from baohe.kernel.dates import business_date, day_begins
from baohe.kernel.work_calendar import closing
from baohe.rooms.catalog.contracts import Trigger

_ANSWER_DAYS = 3


def answer_by(opened_at: datetime) -> datetime:
    """The house's promise for a dispute, a tripped breaker or sources apart: 18:00 of the third day."""
    return closing(business_date(opened_at) + timedelta(days=_ANSWER_DAYS))


def closes_at(trigger: Trigger, day: date) -> datetime:
    """The end of the window: so many hours after the day itself."""
    return day_begins(day + timedelta(days=1)) + timedelta(hours=trigger.observe_hours)


def correctable_until(trigger: Trigger, decided_at: datetime) -> datetime:
    return decided_at + timedelta(days=trigger.dispute_days)


def is_stale(heard_at: datetime, now: datetime, interval_seconds: int) -> bool:
    return now - heard_at > timedelta(seconds=interval_seconds)

"""Day counts of a law: when one falls, and where it falls after it stood still. Days are those of Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from baohe.kernel.dates import SHANGHAI, business_date
from baohe.kernel.work_calendar import working_days_after, working_days_between


def falls_after(begun_at: datetime, days: int, working: bool) -> datetime:
    """The last second of the last day; the day on which it begins does not count."""
    day = business_date(begun_at)
    return end_of(working_days_after(day, days) if working else day + timedelta(days=days))


def runs_on(falls: datetime, stood_from: datetime, until: datetime, working: bool) -> datetime:
    """Where a count falls after it stood still: as many days later as it stood, both counted as it counts. One that was
    over when it came to stand stays over."""
    if stood_from > falls:
        return falls
    first, last = business_date(stood_from), business_date(until)
    if working:
        return end_of(working_days_after(business_date(falls), working_days_between(first, last)))
    return end_of(business_date(falls) + (last - first))


def end_of(day: date) -> datetime:
    """The last second of a business date."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)

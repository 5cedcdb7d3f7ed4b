"""Business dates: Asia/Shanghai, half-open periods, one proration function."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from baohe.kernel.errors import InvalidInput

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to but not including `end`. The last covered day is the one before `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidInput(
                field="period", reason_zh="结束日必须晚于开始日", reason_en="the end must be after the start"
            )

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


def business_date(moment: datetime) -> date:
    """The Shanghai calendar day of an aware moment. A naive moment would be off by a day half the time."""
    if moment.tzinfo is None:
        raise ValueError("business_date needs an aware moment")
    return moment.astimezone(SHANGHAI).date()


def add_months(day: date, months: int) -> date:
    """Same day `months` later, or the last day of a shorter month. Count from the first day of a series,
    never from the previous term, or 31 January drifts to the 28th for ever."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_begins(day: date) -> datetime:
    """The aware moment in Shanghai at which a business date begins."""
    return datetime.combine(day, time(), SHANGHAI)


def add_years(day: date, years: int) -> date:
    return add_months(day, 12 * years)


def age_on(birth: date, day: date) -> int:
    """Full years (周岁). Someone born on 29 February turns a year older on 1 March of a common year: the
    first day on which the month and the day have both been reached."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def prorate(amount_fen: int, elapsed_days: int, total_days: int) -> int:
    """The earned part of an amount: `amount × elapsed / total`, half away from zero (SERV-3)."""
    if total_days <= 0 or not 0 <= elapsed_days <= total_days:
        raise InvalidInput(field="days", reason_zh="天数不对", reason_en="days are out of range")
    return (2 * amount_fen * elapsed_days + total_days) // (2 * total_days)

"""Working days of the mainland: weekends, public holidays and the weekend days worked in exchange for them.

The days are facts of the State Council's yearly notices (国务院办公厅关于部分节假日安排的通知). A year whose notice is
not out yet counts by weekends alone: a deadline may then be a day or two off, and `unknown_year` says so beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from baohe.kernel.dates import SHANGHAI


@dataclass(frozen=True)
class _Year:
    """Weekdays off and weekend days worked, as MMDD words."""

    off: str
    worked: str
    days: dict[str, bool] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        works = dict.fromkeys(self.off.split(), False) | dict.fromkeys(self.worked.split(), True)
        object.__setattr__(self, "days", works)


_YEARS = {
    2020: _Year(
        "0101 0124 0127 0128 0129 0130 0131 0406 0501 0504 0505 0625 0626 1001 1002 1005 1006 1007 1008",
        "0119 0426 0509 0628 0927 1010",
    ),
    2021: _Year(
        "0101 0211 0212 0215 0216 0217 0405 0503 0504 0505 0614 0920 0921 1001 1004 1005 1006 1007",
        "0207 0220 0425 0508 0918 0926 1009",
    ),
    2022: _Year(
        "0103 0131 0201 0202 0203 0204 0404 0405 0502 0503 0504 0603 0912 1003 1004 1005 1006 1007",
        "0129 0130 0402 0424 0507 1008 1009",
    ),
    2023: _Year(
        "0102 0123 0124 0125 0126 0127 0405 0501 0502 0503 0622 0623 0929 1002 1003 1004 1005 1006",
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    2024: _Year(
        "0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: _Year(
        "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
        "0126 0208 0427 0928 1011",
    ),
    2026: _Year(
        "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}


_CLOSING_TIME = time(18)


def closing(day: date) -> datetime:
    """18:00 in Shanghai, the hour by which a promise for that day is kept."""
    return datetime.combine(day, _CLOSING_TIME, SHANGHAI)


def is_working_day(day: date) -> bool:
    """Whether offices work on that day."""
    usual = day.weekday() < 5
    year = _YEARS.get(day.year)
    return usual if year is None else year.days.get(f"{day:%m%d}", usual)


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself does not count. Raises `ValueError` when negative."""
    if count < 0:
        raise ValueError("working days are counted forwards")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_day_before(day: date, count: int) -> date:
    """The `count`-th working day before `day`; 0 is `day` itself, or the last working day before it when it is none.
    Raises `ValueError` when negative."""
    if count < 0:
        raise ValueError("working days are counted in whole steps")
    while not is_working_day(day):
        day -= timedelta(days=1)
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and including `last`; 0 when `last` is not later."""
    return sum(is_working_day(first + timedelta(days=step)) for step in range(1, (last - first).days + 1))


def unknown_year(day: date) -> int | None:
    """The year whose notice is missing although a deadline counted from `day` may reach into it, or None."""
    return next((year for year in (day.year, (day + timedelta(days=60)).year) if year not in _YEARS), None)

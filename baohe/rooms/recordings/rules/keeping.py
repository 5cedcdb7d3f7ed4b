"""How long a recording is kept (SALE-6): dated data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Keeping:
    """`years` after the end of the contract; `unsold_days` after the last page of a sale that came to nothing."""

    since: date
    years: int
    unsold_days: int
    source: str


KEEPINGS = (Keeping(date(2020, 10, 1), 10, 30, "保险法 87；反洗钱法 34；个人信息保护法 19"),)


def keeping_on(day: date) -> Keeping:
    """The rule in force on a business date. Raises `ValueError` before the first."""
    found = [keeping for keeping in KEEPINGS if keeping.since <= day]
    if not found:
        raise ValueError(f"no rule says how long recordings of {day} are kept")
    return found[-1]


def keep_until(contract_end: date, on: date) -> date:
    """The last day on which the recording of a contract must exist. `contract_end` is the first day without cover;
    29 February counts to 1 March where the year has none."""
    year = contract_end.year + keeping_on(on).years
    if year > date.max.year:
        return date.max
    try:
        return contract_end.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def unsold_until(last_day: date) -> date:
    """The last day of a recording whose sale came to nothing: kept no longer than a customer may come back to it."""
    return last_day + timedelta(days=keeping_on(last_day).unsold_days)

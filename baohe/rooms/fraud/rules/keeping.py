"""How long the marks of a claim are kept: as long as the papers of its contract. Pure, dated data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baohe.kernel.dates import add_years


@dataclass(frozen=True, slots=True)
class Keeping:
    """`years` after the end of the contract, or after the notice of a claim that came later."""

    since: date
    years: int
    source: str


KEEPINGS = (Keeping(date(2020, 10, 1), 10, "保险法 87；反洗钱法 34；个人信息保护法 19"),)


def keeping_on(day: date) -> Keeping:
    """The rule in force on a business date. Raises `ValueError` before the first."""
    found = [keeping for keeping in KEEPINGS if keeping.since <= day]
    if not found:
        raise ValueError(f"no rule says how long marks of {day} are kept")
    return found[-1]


def kept_until(noticed_on: date, contract_end: date) -> date:
    """The last day on which the marks of a claim are there. `contract_end` is the first day without cover; a contract
    for life ends after any date."""
    years, last = keeping_on(noticed_on).years, max(noticed_on, contract_end)
    return date.max if last.year + years > date.max.year else add_years(last, years)

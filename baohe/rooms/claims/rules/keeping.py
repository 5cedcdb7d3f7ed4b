"""How long what was said around a claim is kept where no claim keeps it: dated data. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

TALK_KEPT = timedelta(days=7)
"""A conversation on its way to a claim, since it was last touched."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """`years` after the day on which a call that was asked for ended."""

    since: date
    years: int
    source: str


CALLS = (
    Keeping(
        date(2026, 1, 1),
        2,
        "保险法 26（两年内可以请求赔付，其间要能查到当时说了什么）；个人信息保护法 19（不超过必要时间）",
    ),
)


def call_kept_until(ended_on: date) -> date:
    """The last day on which what was said in a call must exist; 29 February counts to 1 March where the year has none.

    Raises `ValueError` before the first rule.
    """
    found = [keeping for keeping in CALLS if keeping.since <= ended_on]
    if not found:
        raise ValueError(f"no rule says how long a call of {ended_on} is kept")
    year = ended_on.year + found[-1].years
    try:
        return ended_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)

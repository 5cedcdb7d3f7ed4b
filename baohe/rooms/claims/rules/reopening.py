"""Until when and how often a claimant may take up a closed claim again (INS 26). Dated data. Pure."""

from __future__ import annotations

from datetime import date

from baohe.kernel.dates import add_years

YEARS = {"life": 5, "other": 2}
"""诉讼时效 (INS 26): two years from the event, five for life insurance. Our own limit is never shorter."""

LIFE_LINES = frozenset({"term_life", "whole_life", "annuity"})
MOST_TIMES = 3
"""After that a handler may still reopen it, with a reason."""


def last_day(line: str, happened_on: date) -> date:
    """The last day on which the claimant alone may reopen."""
    return add_years(happened_on, YEARS["life" if line in LIFE_LINES else "other"])

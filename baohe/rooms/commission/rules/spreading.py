"""Over how many years a commission is spread, and on which days its parts are earned (OVER-2).

金规〔2025〕13号: the commission of a contract paid for 5 to under 10 years is paid out over no less than 3 years, of
one paid for 10 years or longer over no less than 5. Here the first part is earned with the premium and the last one on
the anniversary that ends those years, so nothing is complete before they have passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baohe.kernel.dates import add_years
from baohe.kernel.money import split


@dataclass(frozen=True, slots=True)
class Spread:
    """From `since` on: (pay term in years from, years to spread over), the longest pay term first."""

    since: date
    years: tuple[tuple[int, int], ...]


SPREADS = (Spread(date(2025, 4, 18), ((10, 5), (5, 3))),)
"""The newest first. A change of the rule is a new line here; what was sold before keeps its own."""


def years_over(pay_years: int, sold_on: date) -> int:
    """0 = earned at once."""
    spread = next((one for one in SPREADS if one.since <= sold_on), None)
    if spread is None:
        return 0
    return next((over for least, over in spread.years if pay_years >= least), 0)


def days(first: date, over: int) -> tuple[date, ...]:
    """The day of each part: `first`, then each anniversary up to year `over`."""
    return tuple(add_years(first, year) for year in range(over + 1))


def parts(total_fen: int, over: int) -> list[int]:
    """Equal parts that add up to the total exactly (largest remainder). A smaller total makes no part larger."""
    return split(total_fen, [1] * (over + 1))

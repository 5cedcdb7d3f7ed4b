"""Which contracts are examined, and which reimburse the same costs twice (SALE-7). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baohe.kernel.dates import add_years
from baohe.kernel.decisions import Text

PROPERTY_LINES = frozenset(
    {
        "account_security",
        "broken_screen",
        "commercial_motor",
        "compulsory_motor",
        "credit_guarantee",
        "flight_delay",
        "freight_return",
        "goods_quality",
        "home",
        "pet",
        "shared_car",
    }
)
"""Property and casualty business. A line that is not named here counts as a person's, the stricter way."""


OWN, ELSEWHERE, BASKET = "own", "elsewhere", "basket"
PLACES = (OWN, ELSEWHERE, BASKET)


@dataclass(frozen=True, slots=True)
class Cover:
    """A contract as the duplicate check sees it. `things`: the answers that say which thing is insured. `place`: where
    it is, one of `PLACES`; of one elsewhere `name` is its kind alone, and it has no number. `end` is the first day
    after."""

    name: Text
    number: str
    line: str
    reimburses: bool
    start: date
    end: date
    things: tuple[tuple[str, str], ...] = ()
    place: str = OWN


def is_examined(line: str, start: date, end: date) -> bool:
    """Whether need and affordability are checked: not for property and casualty, not for terms up to a year."""
    return line not in PROPERTY_LINES and end > add_years(start, 1)


def duplicates(new: Cover, held: Iterable[Cover]) -> tuple[Cover, ...]:
    """The covers that reimburse the same costs of the same insured on some of the same days as `new`."""
    if not new.reimburses:
        return ()
    return tuple(cover for cover in held if cover.reimburses and _same_costs(new, cover))


def _same_costs(one: Cover, other: Cover) -> bool:
    together = one.start < other.end and other.start < one.end
    return one.line == other.line and one.things == other.things and together

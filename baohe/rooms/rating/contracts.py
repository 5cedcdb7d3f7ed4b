"""What a price is. Amounts are integer fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class PriceStep:
    """One line of "why this price": what was done, its figure, and the table cell or factor it comes from."""

    label: Text
    value: str
    source: Text


@dataclass(frozen=True, slots=True)
class Instalment:
    """A way to pay: `count` times `each_fen`, `total_fen` in all. `code` is single | monthly | yearly.

    `extra_fen` is what this way costs more than the premium (of every year that is paid for): 0 for equal parts.
    """

    code: str
    name: Text
    count: int
    each_fen: int
    total_fen: int
    extra_fen: int = 0


@dataclass(frozen=True, slots=True)
class Price:
    """`premium_fen` is for one `period` (year | order) of the version `version_id`."""

    version_id: str
    premium_fen: int
    period: str
    steps: tuple[PriceStep, ...]
    instalments: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True)
class FamilyPrice:
    """One contract for several people: `total_fen` is the sum of the members' premiums, each for the family's size."""

    total_fen: int
    members: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class PathPoint:
    """The premium at one later age under today's table."""

    age: int
    premium_fen: int


@dataclass(frozen=True, slots=True)
class LoadedPremium:
    """A premium after a loading, rounded at the version's own rounding step, with its instalments."""

    premium_fen: int
    instalments: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True)
class Indication:
    """A price to compare with. `inputs` are those actually used; `price` is None when the product does not take
    such a person, and `refusal` then says why. `path_total_fen` adds up the premiums until `path_until_age`."""

    inputs: Mapping[str, str]
    price: Price | None
    refusal: Text | None
    path_until_age: int | None
    path_total_fen: int

"""The insurer's own factor of commercial motor lies within bounds that the regulator moves (dated, unread)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.catalog.rules.breaches import Breach
from baohe.rooms.catalog.rules.source import Raw

LINE, TABLE = "commercial_motor", "own_factor"


@dataclass(frozen=True, slots=True)
class OwnFactorBounds:
    """In bp, both inclusive, from a day on."""

    effective_from: date
    lowest_bp: int
    highest_bp: int


_DATED = (
    OwnFactorBounds(date(2020, 9, 19), 6_500, 13_500),
    OwnFactorBounds(date(2023, 6, 1), 5_000, 15_000),  # known from a secondary source
)


def bounds_on(day: date) -> OwnFactorBounds:
    """The bounds in force on a day (the version's first day of sale)."""
    return max((x for x in _DATED if x.effective_from <= day), key=lambda x: x.effective_from, default=_DATED[0])


def own_factor(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    """Every cell of the table `own_factor`; a tariff of this line without the table has nothing to check."""
    table = version.table(TABLE) if version.line == LINE else None
    if table is None:
        return
    bounds = bounds_on(version.effective_from)
    for line, row in enumerate(table.rows, start=2):
        if row[-1].isdigit() and not bounds.lowest_bp <= int(row[-1]) <= bounds.highest_bp:
            said = f"{bounds.lowest_bp}–{bounds.highest_bp}"
            field = f"rates.{TABLE}[{line}]"
            yield "PUB-2", field, f"自主定价系数 {row[-1]} 超出 {said}", f"own factor {row[-1]} is outside {said}"

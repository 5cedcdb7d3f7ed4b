"""What a table declares of itself: figures that only rise, or only fall, along one input.

A slip of the pen in a rate book seldom leaves the neighbourhood of its cell monotone, so the declaration finds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from baohe.rooms.catalog.contracts import RateTable

DIRECTIONS = ("up", "down")
_PLAIN = re.compile(r"^\d{1,12}(\.\d{1,6})?$")


@dataclass(frozen=True, slots=True)
class Fall:
    """The first row that breaks the declaration. `line` counts the header as line 1."""

    line: int
    zh: str
    en: str


def first_fall(table: RateTable) -> Fall | None:
    """The first row that breaks what the table declares in `monotone`; equal neighbours break nothing.

    A cell that is no figure is left to the compiler, which names it.
    """
    for code, direction in table.monotone.items():
        column = _column(table, code)
        others = [i for i in range(len(table.columns) - 1) if i != column and table.columns[i] != f"{code}_to"]
        keyed = []
        for line, row in enumerate(table.rows, start=2):
            at, value = _number(row[column]), _number(row[-1])
            if at is None:
                return Fall(line, f"申明随 {code} 升降，“{row[column]}”却不是数字", f"“{row[column]}” is not a number")
            if value is None:
                return None
            keyed.append((tuple(row[i] for i in others), at, value, line))
        keyed.sort()
        for (group, at, value, _), (next_group, next_at, next_value, line) in zip(keyed, keyed[1:], strict=False):
            wrong = next_value < value if direction == "up" else next_value > value
            if group == next_group and wrong:
                return _said(line, code, direction, (at, value), (next_at, next_value))
    return None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _PLAIN.match(text) else None


def _column(table: RateTable, code: str) -> int:
    return table.columns.index(code if code in table.columns else f"{code}_from")


def _said(
    line: int, code: str, direction: str, before: tuple[Decimal, Decimal], after: tuple[Decimal, Decimal]
) -> Fall:
    told = f"{before[0]} → {before[1]}, {after[0]} → {after[1]}"
    zh = f"申明随 {code} {'不降' if direction == 'up' else '不升'}，却有 {told}"
    en = f"is declared to go {direction} along {code}, but has {told}"
    return Fall(line, zh, en)

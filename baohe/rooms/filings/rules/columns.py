"""The columns of a table and their heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from baohe.rooms.filings.rules.grid import Grid, Square

UNNAMED = "列名"
"""Stands among the missing names for a heading that would have named its dimension itself."""


@dataclass
class Column:
    """`role`: key | value | unused. `levels` of a value column: dimension name → text as printed;
    `missing`: the names of levels that cannot be read.
    """

    role: str
    block: int = 0
    name: str = ""
    kind: str = ""
    levels: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    fault: str = ""
    missing: list[str] = field(default_factory=list)


@dataclass
class Header:
    """`keys[block]`: the key columns of a block, coarsest first."""

    columns: list[Column]
    keys: list[list[int]]
    rows: list[int] = field(default_factory=list)
    level_kinds: dict[str, str] = field(default_factory=dict)

    @property
    def signature(self) -> tuple[object, ...]:
        return tuple((c.role, c.name, tuple(c.levels.items())) for c in self.columns if c.role != "unused")

    def value_columns(self, block: int | None = None) -> list[int]:
        return [n for n, c in enumerate(self.columns) if c.role == "value" and block in (None, c.block)]


def foot(grid: Grid, rows: Sequence[int], c: int) -> Square:
    """The lowest heading of a column that says anything; where spans were lost it may stand higher up."""
    for row in reversed(rows):
        if grid.text(row, c):
            return grid.rows[row][c]
    return grid.rows[rows[-1]][c]

"""A table as a person sees it: every square of the grid, spans expanded, each knowing the cell it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDEST = 400
"""Columns of one table; more is refused."""


@dataclass(frozen=True)
class RawCell:
    """A cell as the source has it. `flaw` names what the source says of it: formula, date, hidden, hidden_digits."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    flaw: str = ""


@dataclass(frozen=True)
class Square:
    """One square: the text of its cell and where that cell begins. `absent` squares were never written."""

    text: str
    origin: tuple[int, int]
    width: int = 1
    height: int = 1
    flaw: str = ""
    absent: bool = False


@dataclass
class Grid:
    """Rows of equal width. `overlaps`: squares that two cells claim. `name`: a sheet's name."""

    rows: list[list[Square]]
    overlaps: list[tuple[int, int]] = field(default_factory=list)
    name: str = ""
    spans_known: bool = True
    unclosed: bool = False

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def text(self, row: int, column: int) -> str:
        return self.rows[row][column].text

    def cells_of(self, row: int) -> list[Square]:
        """The distinct cells of a row, from left to right."""
        seen: dict[tuple[int, int], Square] = {}
        for square in self.rows[row]:
            seen.setdefault(square.origin, square)
        return list(seen.values())

    def present(self, row: int) -> int:
        """How many squares of the row were written."""
        return sum(not square.absent for square in self.rows[row])


def expand(rows: Sequence[Sequence[RawCell]], *, name: str = "", spans_known: bool = True) -> Grid:
    """Place the cells as a browser does: each in the next free square, spans cut at the table's end."""
    placed: list[dict[int, Square]] = [{} for _ in rows]
    overlaps: list[tuple[int, int]] = []
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while c in placed[r]:
                c += 1
            height = min(max(cell.rowspan, 1), len(rows) - r)
            width = min(max(cell.colspan, 1), WIDEST)
            square = Square(cell.text, (r, c), width, height, cell.flaw)
            for down in range(height):
                for right in range(width):
                    if c + right in placed[r + down]:
                        overlaps.append((r + down, c + right))
                    else:
                        placed[r + down][c + right] = square
            c += width
    width = max((max(row, default=-1) + 1 for row in placed), default=0)
    squares = [[row.get(c) or Square("", (r, c), absent=True) for c in range(width)] for r, row in enumerate(placed)]
    return Grid(squares, overlaps, name, spans_known)

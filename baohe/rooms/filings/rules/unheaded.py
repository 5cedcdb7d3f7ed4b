"""Rows of figures that no heading explains."""

from __future__ import annotations

from baohe.rooms.filings.contracts import Cell
from baohe.rooms.filings.rules import sayings
from baohe.rooms.filings.rules.captions import joined_unit
from baohe.rooms.filings.rules.columns import UNNAMED
from baohe.rooms.filings.rules.continuation import Last, follows
from baohe.rooms.filings.rules.grid import Grid
from baohe.rooms.filings.rules.keys import span_of
from baohe.rooms.filings.rules.layout import Segment
from baohe.rooms.filings.rules.numbers import read_number
from baohe.rooms.filings.rules.rows import Place, Read
from baohe.rooms.filings.rules.words import default_name, type_of_all


def quote_by_row(grid: Grid, segment: Segment, place: Place, last: Last | None) -> Read:
    """A figure is told, and quoted under its row's key when the first column reads as a run of keys."""
    read = Read([], [], [])
    name = _key_name(grid, segment, last)
    for row in segment.bodies:
        for c, square in enumerate(grid.rows[row]):
            figure = read_number(square.text) if c else None
            if figure is None:
                continue
            where = (place.file, place.table, row, c)
            read.problems.append(sayings.header_fault(*where, "no_header", square.text))
            if name and not figure.spaced and not square.flaw and (row, c) not in grid.overlaps:
                unit = joined_unit(place.unit, figure.suffix if figure.suffix not in place.unit else "")
                keys = {name: grid.text(row, 0)}
                read.cells.append(Cell(*where, figure.value, keys, unit, place.section, (UNNAMED,)))
    return read


def _key_name(grid: Grid, segment: Segment, last: Last | None) -> str:
    """That of the table before when the keys go on; else by their look; "" when the first column is no run of keys."""
    spans = [span_of(grid.text(row, 0)) for row in segment.bodies]
    known = [span[0] for span in spans if span]
    if len(known) < len(spans) or len(known) < 2 or known != sorted(set(known)):
        return ""
    if last is not None and follows(grid, segment, last):
        return last.key_name or UNNAMED
    kind = type_of_all(grid.text(row, 0) for row in segment.bodies)
    return default_name("" if kind == "number" else kind)

"""Tables that go on over a page break: whose heading they stand under, and which caption is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from baohe.rooms.filings.rules.captions import Caption
from baohe.rooms.filings.rules.columns import Column, Header
from baohe.rooms.filings.rules.grid import Grid
from baohe.rooms.filings.rules.keys import span_of
from baohe.rooms.filings.rules.layout import Segment
from baohe.rooms.filings.rules.numbers import is_blank
from baohe.rooms.filings.rules.rows import fits_under
from baohe.rooms.filings.rules.words import bare


@dataclass
class Last:
    """The rate table read before, as far as a continuation needs it."""

    number: int
    grid: Grid
    header: Header
    row: int
    inside: list[Caption]
    section: str

    @property
    def key_name(self) -> str:
        return self.header.columns[_key(self.header)].name


def continued(grid: Grid, segment: Segment, last: Last | None, inside: list[Caption], captioned: bool) -> Header | None:
    """The heading of the table before, when this one lies under it column by column. `inside`: the captions of this
    table, which takes those of the table before when it has none; `captioned`: something is printed above it.
    """
    if last is None:
        return None
    header = _of_width(grid, segment, last)
    if header is None:
        return None
    key = _key(header)
    mine, before = span_of(grid.text(segment.bodies[0], key)), span_of(last.grid.text(last.row, key))
    if mine and before and mine[0] <= before[0] and not inside and not captioned:
        return None
    inside[:] = inside or last.inside
    return replace(header, rows=[])


def _of_width(grid: Grid, segment: Segment, last: Last) -> Header | None:
    header, width = last.header, len(last.header.columns)
    if grid.width < width:
        lost = _lost_with_sister(grid, segment.bodies[0], header)
        if not fits_under(grid, segment.bodies[0], last.grid, last.row, header.value_columns(), lost):
            return None
        return replace(header, columns=header.columns[: grid.width])
    if any(not is_blank(grid.text(row, c)) for row in segment.bodies for c in range(width, grid.width)):
        return None
    return replace(header, columns=[*header.columns, *(Column("unused") for _ in range(grid.width - width))])


def _lost_with_sister(grid: Grid, row: int, header: Header) -> set[int]:
    """Columns beyond a narrower table whose like in the other half is blank in the row: both ended together."""
    blank = {
        tuple(header.columns[c].levels.values())[-1:]
        for c in header.value_columns()
        if c < grid.width and is_blank(grid.text(row, c))
    }
    return {
        c for c in header.value_columns() if c >= grid.width and tuple(header.columns[c].levels.values())[-1:] in blank
    }


def repeated(
    grid: Grid, segment: Segment, header: Header | None, last: Last | None, inside: list[Caption]
) -> Header | None:
    """After a page break often only the lowest row of a heading is printed again: the rows above still hold."""
    if header is not None:
        return header if repeats(grid, segment.headers, grid, header) else None
    if last is None or last.grid.width != grid.width or len(segment.headers) >= len(last.header.rows):
        return None
    if not repeats(grid, segment.headers, last.grid, last.header) or not follows(grid, segment, last):
        return None
    inside[:] = inside or last.inside
    return last.header


def repeats(grid: Grid, rows: Sequence[int], old: Grid, header: Header) -> bool:
    """Whether the rows say again what the lowest rows of a known heading said, glued or not."""
    if not header.rows or len(rows) > len(header.rows) or grid.width != old.width:
        return False
    for row, known in zip(reversed(rows), reversed(header.rows), strict=False):
        for c, column in enumerate(header.columns):
            said, told = bare(grid.text(row, c)), bare(old.text(known, c))
            leaf = bare(list(column.levels.values())[-1]) if column.levels and known == header.rows[-1] else told
            if column.role == "key":
                continue
            if said != told and said != leaf and (column.role != "value" or not leaf or leaf not in said):
                return False
    return True


def _key(header: Header) -> int:
    return header.keys[0][-1] if header.keys and header.keys[0] else 0


def follows(grid: Grid, segment: Segment, last: Last) -> bool:
    """The first key follows the last one of the table before."""
    key = _key(last.header)
    mine, before = span_of(grid.text(segment.bodies[0], key)), span_of(last.grid.text(last.row, key))
    return mine is not None and before is not None and mine[0] == before[1] + 1


def section_in_doubt(
    grid: Grid,
    header: Header,
    segment: Segment,
    last: Last | None,
    inside: Sequence[Caption],
    changed: Sequence[Caption],
) -> bool:
    """A caption printed before a table that reads on from the one before: same heading, ages going on."""
    if last is None or not changed or all(caption.kind == "typed:age" for caption in changed):
        return False
    if segment.headers and header.signature != last.header.signature:
        return False
    if [one.text for one in inside] != [one.text for one in last.inside]:
        return False
    return bool(header.keys[0]) and follows(grid, segment, last)

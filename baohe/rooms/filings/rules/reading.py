"""One source, read from the top: captions, tables, continuations. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from baohe.rooms.filings.contracts import Cell, Note, Problem, SourceTable
from baohe.rooms.filings.rules import sayings
from baohe.rooms.filings.rules.captions import Caption, Captions, currency_of, is_unit_line, joined_unit
from baohe.rooms.filings.rules.columns import Header
from baohe.rooms.filings.rules.continuation import Last, continued, repeated, section_in_doubt
from baohe.rooms.filings.rules.covers import are_sums, first_row, is_rates, shows_covers
from baohe.rooms.filings.rules.glue import suspicious
from baohe.rooms.filings.rules.grid import Grid
from baohe.rooms.filings.rules.header import read_header
from baohe.rooms.filings.rules.layout import Layout, Segment, lay_out
from baohe.rooms.filings.rules.numbers import clean, is_blank, read_number
from baohe.rooms.filings.rules.rows import KeyRow, Place, read_rows
from baohe.rooms.filings.rules.source import Source
from baohe.rooms.filings.rules.unheaded import quote_by_row
from baohe.rooms.filings.rules.words import is_of_the_trade, names_in

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|table|表)\s*\d*|页\d+", re.IGNORECASE)
_WORDS = re.compile(r"[一-鿿]")


@dataclass
class Reading:
    """What one source yielded. `doubtful`: places of cells whose section is in doubt."""

    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tables: list[SourceTable] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    keys: list[KeyRow] = field(default_factory=list)
    titles: dict[int, int] = field(default_factory=dict)


class Reader:
    """Reads the items of a source in order and keeps what carries over."""

    def __init__(self, source: Source, titles_count: bool) -> None:
        self.source = source
        self.captions = Captions()
        self.titles_count = titles_count
        self.sheet = ""
        self.last: Last | None = None
        self.clean_leaves: list[tuple[str, ...]] = []
        self.out = Reading()
        self.pending: tuple[Grid, list[int]] | None = None
        self.sheets_count = sum(bool(grid.name) and _holds_rows(grid) for grid in source.tables) > 1

    def read(self) -> Reading:
        number = 0
        for item in self.source.items:
            if isinstance(item, Grid):
                self._table(item, number)
                number += 1
            else:
                self.captions.feed(item)
        self._take_notes(self.captions, None)
        return self.out

    def _take_notes(self, captions: Captions, table: int | None) -> None:
        self.out.notes += [Note(self.source.name, table, kind, text) for kind, text in captions.notes]
        captions.notes.clear()

    def _table(self, grid: Grid, number: int) -> None:
        self._take_notes(self.captions, number)
        layout = lay_out(grid)
        if grid.unclosed:
            self.out.problems.append(sayings.unclosed(self.source.name, number))
        changed = self.captions.settle()
        if not any(segment.bodies for segment in layout.segments):
            self._legend(grid, layout, number)
            heads = [row for segment in layout.segments for row in segment.headers]
            self.pending = (grid, heads) if heads and names_in(grid.text(heads[-1], 0)) else None
            return
        inside = Captions()
        inside.per, inside.money = "", ""
        self.sheet = self._sheet_name(grid, inside)
        for note in layout.notes:
            inside.notes += [("note", text) for text in dict.fromkeys(s.text for s in grid.rows[note]) if text]
        for stray in layout.strays:
            self._stray(grid, stray, number)
        header: Header | None = None
        first = True
        for segment in layout.segments:
            self._inside_captions(grid, segment, inside, number)
            if not segment.bodies:
                continue
            previous = header
            if segment.headers:
                header = repeated(grid, segment, header, self.last, inside.stack) or read_header(
                    grid, segment.headers, segment.bodies, self.clean_leaves
                )
            elif header is None:
                header = self._heading_alone(grid, segment) or continued(
                    grid, segment, self.last, inside.stack, bool(self.captions.stack)
                )
            if header is None or not is_rates(grid, header, segment.bodies):
                self._without_header(grid, segment, number, header, previous)
                continue
            if shows_covers(grid, header, segment):
                self.out.notes.append(Note(self.source.name, number, "covers", first_row(grid, segment)))
                self._add_table(grid, number, "legend", "", "", None, None)
                continue
            self._remember_leaves(header)
            doubt = first and section_in_doubt(grid, header, segment, self.last, inside.stack, changed)
            self._segment(grid, header, segment, inside, number, bool(doubt), changed)
            first = False
        self._take_notes(inside, number)
        self.pending = None

    def _heading_alone(self, grid: Grid, segment: Segment) -> Header | None:
        """A heading that a page break left as a table of its own, right before the rates."""
        if self.pending is None or self.pending[0].width != grid.width:
            return None
        above, rows = self.pending
        joined = Grid([*above.rows, *grid.rows], above.overlaps, "", above.spans_known)
        bodies = [len(above.rows) + row for row in segment.bodies]
        return replace(read_header(joined, rows, bodies, self.clean_leaves), rows=[])

    def _sheet_name(self, grid: Grid, inside: Captions) -> str:
        """The name of one sheet of rates among several is a caption, and may tell the unit."""
        if not self.sheets_count or not grid.name or _DEFAULT_NAME.fullmatch(grid.name):
            return ""
        name = Captions()
        name.feed(grid.name)
        inside.per, inside.money = name.per, name.money
        return clean(grid.name)

    def _inside_captions(self, grid: Grid, segment: Segment, inside: Captions, number: int) -> None:
        for row in segment.captions:
            for square in grid.cells_of(row):
                if 1 < square.width == grid.width and not _understood(square.text):
                    self._stray(grid, row, number)
                    if number in self.out.titles:
                        inside.stack.clear()
                elif square.text and not is_blank(square.text):
                    inside.feed(square.text)
                    if inside.bad_unit:
                        self.out.problems.append(
                            sayings.unit_text(self.source.name, number, row, square.origin[1], inside.bad_unit)
                        )
                        inside.bad_unit = ""
                    self._compare_units(inside, number, row, square.origin[1], square.text)
        for row in segment.headers:
            for square in grid.cells_of(row):
                if is_unit_line(square.text):
                    inside.feed(square.text)
        inside.settle()

    def _compare_units(self, inside: Captions, number: int, row: int, column: int, text: str) -> None:
        outer, inner = currency_of(self.captions.money), currency_of(inside.money)
        if is_unit_line(text) and outer and inner and outer != inner:
            self.out.problems.append(
                sayings.units_differ(
                    self.source.name,
                    number,
                    row,
                    column,
                    inside.money,
                    self.captions.money,
                    "表上方",
                    "the caption above",
                )
            )

    def _stray(self, grid: Grid, row: int, number: int) -> None:
        for square in grid.cells_of(row):
            if square.text:
                self.out.problems.append(
                    sayings.header_text(self.source.name, number, row, square.origin[1], square.text)
                )

    def _legend(self, grid: Grid, layout: Layout, number: int) -> None:
        """A table without figures: it explains; alone in its rows it may also be a caption."""
        if grid.width == 1 or all(not segment.headers for segment in layout.segments):
            for segment in layout.segments:
                for row in segment.captions:
                    self.captions.feed(grid.text(row, 0) or next((s.text for s in grid.rows[row] if s.text), ""))
        self._add_table(grid, number, "legend", "", "", None, None)

    def _section(self, inside: Captions) -> str:
        parts = [self.sheet, inside.title if inside.title_number > 1 else "", self.captions.section, inside.section]
        if self.titles_count and self.captions.title:
            parts.insert(0, self.captions.title)
        return "；".join(part for part in parts if part)

    def _segment(
        self,
        grid: Grid,
        header: Header,
        segment: Segment,
        inside: Captions,
        number: int,
        doubt: bool,
        changed: Sequence[Caption],
    ) -> None:
        section = self._section(inside)
        unit = joined_unit(inside.per or self.captions.per, inside.money or self.captions.money)
        place = Place(self.source.name, number, section, unit, self.captions.title_number * 100 + inside.title_number)
        read = read_rows(grid, header, segment.bodies, place)
        self.out.titles[number] = place.title_number
        self.out.cells += read.cells
        self.out.problems += read.problems
        self.out.keys += read.keys
        if doubt and self.last:
            said = "；".join(caption.text for caption in changed)
            self.out.problems += [
                sayings.section(c.file, c.table, c.row, c.column, c.value, said, self.last.section) for c in read.cells
            ]
        continues = (
            self.last.number if self.last and (doubt or not segment.headers) and number != self.last.number else None
        )
        self._add_table(grid, number, "rates", section, unit, header, continues)
        self.last = Last(number, grid, header, segment.bodies[-1], list(inside.stack), section)

    def _add_table(
        self, grid: Grid, number: int, kind: str, section: str, unit: str, header: Header | None, continues: int | None
    ) -> None:
        if self.out.tables and self.out.tables[-1].table == number:
            return
        keys = tuple(key for block in header.keys for key in block) if header else ()
        if kind == "rates" and header and any("现金价值" in text for text in (self.captions.title, grid.name)):
            kind = "cash_values"
        texts = tuple(tuple(square.text for square in row) for row in grid.rows)
        rows = tuple(header.rows) if header else ()
        self.out.tables.append(
            SourceTable(
                self.source.name, number, kind, self.captions.title, section, unit, texts, rows, keys, continues
            )
        )

    def _without_header(
        self, grid: Grid, segment: Segment, number: int, header: Header | None, previous: Header | None
    ) -> None:
        """Figures that no heading explains are told one by one; a table of words is a legend."""
        figures = [
            (row, square)
            for row in segment.bodies
            for c, square in enumerate(grid.rows[row])
            if c and read_number(square.text) is not None
        ]
        words = sum(
            1
            for row in segment.bodies
            for square in grid.rows[row][1:]
            if square.text and not is_blank(square.text) and read_number(square.text) is None
        )
        if header is None and len(figures) > words:
            if are_sums(grid, segment, [square.text for _, square in figures]):
                self.out.notes.append(Note(self.source.name, number, "covers", first_row(grid, segment)))
            else:
                unit = joined_unit(self.captions.per, self.captions.money)
                place = Place(self.source.name, number, self._section(Captions()), unit, 0)
                read = quote_by_row(grid, segment, place, self.last)
                self.out.cells += read.cells
                self.out.problems += read.problems
        self._add_table(grid, number, "legend", "", "", None, None)

    def _remember_leaves(self, header: Header) -> None:
        for block in range(len(header.keys)):
            groups: dict[tuple[str, ...], list[str]] = {}
            for c in header.value_columns(block):
                *above, leaf = list(header.columns[c].levels.values()) or [""]
                groups.setdefault(tuple(above), []).append(leaf)
            for leaves in groups.values():
                if len(leaves) > 1 and not suspicious(leaves) and tuple(leaves) not in self.clean_leaves:
                    self.clean_leaves.append(tuple(leaves))


def _holds_rows(grid: Grid) -> bool:
    return any(segment.bodies for segment in lay_out(grid).segments)


def _understood(text: str) -> bool:
    return _WORDS.search(text) is None or is_of_the_trade(text) or is_unit_line(text)


def count_titles(source: Source) -> int:
    """How many different titles stand above tables of the source."""
    captions = Captions()
    seen: set[str] = set()
    for item in source.items:
        if isinstance(item, str):
            captions.feed(item)
        elif captions.title and any(names_in(s.text) or read_number(s.text) for row in item.rows for s in row):
            seen.add(captions.title)
    return len(seen)


def read_source(source: Source) -> Reading:
    return Reader(source, count_titles(source) > 1).read()

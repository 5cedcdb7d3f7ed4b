"""Rows of rates under a heading: keys, figures, and what could not be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from baohe.rooms.filings.contracts import Cell, Problem
from baohe.rooms.filings.rules import sayings
from baohe.rooms.filings.rules.captions import joined_unit
from baohe.rooms.filings.rules.columns import UNNAMED, Column, Header
from baohe.rooms.filings.rules.grid import Grid, Square
from baohe.rooms.filings.rules.keys import is_age_like, span_of
from baohe.rooms.filings.rules.numbers import Number, is_blank, looks_like_two, narrow, read_number
from baohe.rooms.filings.rules.units import unit_in_parentheses

_SUMS = frozenset({"amount", "deductible"})
"""Keys that are sums of money: they follow no step."""


@dataclass(frozen=True)
class Place:
    """Where a table stands and what was printed above it."""

    file: str
    table: int
    section: str
    unit: str
    title_number: int


@dataclass(frozen=True)
class KeyRow:
    """The keys of one row of one block. `context` tells runs of keys apart; `span` is None without order."""

    table: int
    row: int
    column: int
    text: str
    span: tuple[int, int] | None
    context: tuple[object, ...]


@dataclass
class Read:
    """What rows of rates yielded."""

    cells: list[Cell]
    problems: list[Problem]
    keys: list[KeyRow]


def read_rows(grid: Grid, header: Header, bodies: Sequence[int], place: Place) -> Read:
    read = Read([], [], [])
    ordered = {
        key: header.columns[key].kind not in _SUMS and _is_ordered(grid, bodies, key)
        for keys in header.keys
        for key in keys
    }
    carried: dict[int, str] = {}
    for number, row in enumerate(bodies):
        before = bodies[number - 1] if number else None
        after = bodies[number + 1] if number + 1 < len(bodies) else None
        if _ragged(grid, header, row, before, after):
            _refuse_row(grid, header, row, place, read)
            continue
        for block in range(len(header.keys)):
            _read_block(grid, header, block, row, (before, after), place, ordered, carried, read)
    return read


def _read_block(
    grid: Grid,
    header: Header,
    block: int,
    row: int,
    beside: tuple[int | None, int | None],
    place: Place,
    ordered: Mapping[int, bool],
    carried: dict[int, str],
    read: Read,
) -> None:
    columns = header.value_columns(block)
    if not any(_has_print(grid.rows[row][c]) for c in columns) and all(
        is_blank(grid.text(row, key)) for key in header.keys[block]
    ):
        return
    keys, bad = _keys_of(grid, header, block, row, ordered, carried)
    if bad:
        _key_unreadable(grid, header, row, bad, columns, beside, keys, place, read)
        return
    signature = tuple(sorted(tuple(header.columns[c].levels.items()) for c in columns))
    if keys:
        own = header.keys[block]
        last = next((key for key in reversed(own) if ordered[key]), own[-1])
        text = keys.get(header.columns[last].name, "")
        others = tuple(item for item in keys.items() if item[0] != header.columns[last].name)
        context = (place.file, place.title_number, place.section, signature, others, header.columns[last].name)
        span = span_of(text) if header.columns[last].kind not in _SUMS else None
        read.keys.append(KeyRow(place.table, row, last, text, span, context))
    for c in columns:
        _read_square(grid, header, row, c, beside, keys, place, read)


def _has_print(square: Square) -> bool:
    return bool(square.text) and not is_blank(square.text)


def _keys_of(
    grid: Grid, header: Header, block: int, row: int, ordered: Mapping[int, bool], carried: dict[int, str]
) -> tuple[dict[str, str], list[int]]:
    """The key texts by name; and the key columns that cannot be read."""
    own = header.keys[block]
    names = {header.columns[key].name for key in own}
    inherited = [key for key in header.keys[0] if block and header.columns[key].name not in names]
    if not any(header.columns[key].kind == "age" for key in inherited) or len(own) > 1:
        columns = [*inherited, *own]
    else:
        columns = own
    keys: dict[str, str] = {}
    bad: list[int] = []
    for key in columns:
        text = grid.text(row, key)
        if is_blank(text) and key != own[-1]:
            text = carried.get(key, "")
        if is_blank(text) or (ordered[key] and not is_age_like(text)):
            bad.append(key)
            carried.pop(key, None)
            continue
        carried[key] = text
        if header.columns[key].name:
            keys[header.columns[key].name] = text
    return keys, bad


def _is_ordered(grid: Grid, bodies: Sequence[int], key: int) -> bool:
    """Most keys of the column are numbers or bands, so one that is not was misread."""
    texts = [grid.text(row, key) for row in bodies if not is_blank(grid.text(row, key))]
    return len(texts) > 3 and sum(span_of(text) is not None for text in texts) * 5 >= len(texts) * 4


def _key_unreadable(
    grid: Grid,
    header: Header,
    row: int,
    bad: Sequence[int],
    columns: Sequence[int],
    beside: tuple[int | None, int | None],
    keys: Mapping[str, str],
    place: Place,
    read: Read,
) -> None:
    """The figures are quoted without the key that is missing, unless they are labels of the columns themselves."""
    key, text = bad[0], grid.text(row, bad[0])
    lost = tuple(header.columns[one].name or UNNAMED for one in bad)
    labels = _are_labels([(grid.text(row, c), header.columns[c]) for c in columns if _has_print(grid.rows[row][c])])
    read.problems.append(sayings.unreadable_key(place.file, place.table, row, key, text))
    read.keys.append(KeyRow(place.table, row, key, text, None, ("unreadable",)))
    for c in columns:
        square = grid.rows[row][c]
        if _has_print(square):
            read.problems.append(sayings.under_unreadable_key(place.file, place.table, row, c, square.text))
            if not labels:
                _read_square(grid, header, row, c, beside, keys, place, read, lost)


def _are_labels(squares: Sequence[tuple[str, Column]]) -> bool:
    """A row that counts its columns, or says their heading again, holds no rates."""
    if all(text in column.levels.values() for text, column in squares):
        return True
    counts = [int(narrow(text)) if narrow(text).isdigit() else None for text, _ in squares]
    first = counts[0] if counts else None
    return first in (0, 1, 2) and len(counts) > 2 and counts == list(range(first, first + len(counts)))


def _read_square(
    grid: Grid,
    header: Header,
    row: int,
    c: int,
    beside: tuple[int | None, int | None],
    keys: Mapping[str, str],
    place: Place,
    read: Read,
    lost: tuple[str, ...] = (),
) -> None:
    """`lost`: names of keys that cannot be read; who calls has told so."""
    square = grid.rows[row][c]
    where = (place.file, place.table, row, c)
    column = header.columns[c]
    if not _has_print(square):
        read.problems.append(sayings.empty(*where, square.text))
    elif square.flaw in ("formula", "date", "error", "hidden"):
        read.problems.append(sayings.flaw(*where, square.flaw, square.text))
    elif (row, c) in grid.overlaps:
        read.problems.append(sayings.header_fault(*where, "spans", square.text))
    else:
        missing = (*lost, *column.missing)
        if column.fault:
            read.problems.append(sayings.header_fault(*where, column.fault, square.text))
            missing = missing or (UNNAMED,)
        number = read_number(square.text)
        if number is None or (number.spaced and not _confirmed(grid, number, c, beside)):
            two = number is not None or looks_like_two(square.text)
            if not missing:
                read.problems.append(sayings.not_a_number(*where, square.text, two))
            return
        dimensions = {**column.levels, **keys}
        unit = joined_unit(place.unit, column.unit if column.unit not in place.unit else "")
        own = unit_in_parentheses(grid.text(row, header.keys[column.block][-1])) if header.keys[column.block] else ""
        unit = joined_unit(unit, own if own not in unit else "")
        suffix = number.suffix if number.suffix and number.suffix not in unit else ""
        read.cells.append(Cell(*where, number.value, dimensions, joined_unit(unit, suffix), place.section, missing))
        if square.flaw == "hidden_digits":
            read.problems.append(sayings.flaw(*where, square.flaw, square.text))


def _confirmed(grid: Grid, number: Number, c: int, beside: tuple[int | None, int | None]) -> bool:
    """Groups of three with spaces between: one number only if a neighbour above or below is of its size."""
    for row in beside:
        near = read_number(grid.text(row, c)) if row is not None else None
        if near and _alike(number.value, near.value):
            return True
    return False


def _alike(one: str, other: str) -> bool:
    a, b = abs(float(one)), abs(float(other))
    return a == b or (min(a, b) > 0 and max(a, b) / min(a, b) < 2)


def _ragged(grid: Grid, header: Header, row: int, before: int | None, after: int | None) -> bool:
    """A row shorter than its heading: certain only when it lies under its neighbours figure by figure."""
    missing = [c for c in header.value_columns() if grid.rows[row][c].absent]
    if not missing or not grid.spans_known:
        return False
    return not any(
        near is not None and fits_under(grid, row, grid, near, header.value_columns()) for near in (before, after)
    )


def fits_under(
    grid: Grid, row: int, above: Grid, near: int, columns: Sequence[int], lost: Collection[int] = ()
) -> bool:
    """Figure under like figure, and nothing where the other row has nothing; what is missing is missing in both,
    or among those known to be `lost`.
    """
    matched = 0
    for c in columns:
        mine = grid.rows[row][c].text if c < grid.width else ""
        other = above.rows[near][c].text if c < above.width else ""
        if is_blank(mine) and (is_blank(other) or c in lost):
            continue
        a, b = read_number(mine), read_number(other)
        if a is None and is_blank(mine) and b is not None and c < grid.width and not grid.rows[row][c].absent:
            continue
        if a is None or b is None or not _alike(a.value, b.value):
            return False
        matched += 1
    return matched > 0


def _refuse_row(grid: Grid, header: Header, row: int, place: Place, read: Read) -> None:
    for c, square in enumerate(grid.rows[row]):
        if header.columns[c].role == "value" and _has_print(square):
            read.problems.append(sayings.ragged(place.file, place.table, row, c, square.text))
        elif header.columns[c].role == "key" and _has_print(square):
            text = narrow(square.text)
            read.keys.append(KeyRow(place.table, row, c, text, None, ("ragged",)))

"""Which rows of a grid are captions, headers, rates, notes; and the segments that they make."""

from __future__ import annotations

from dataclasses import dataclass, field

from baohe.rooms.filings.rules.captions import is_caption_line, is_note, is_unit_line
from baohe.rooms.filings.rules.grid import Grid, Square
from baohe.rooms.filings.rules.keys import span_of
from baohe.rooms.filings.rules.numbers import is_blank, narrow, read_number
from baohe.rooms.filings.rules.words import is_rate, names_in, value_type


@dataclass
class Segment:
    """Captions, then header rows, then rows of rates; row numbers of the grid."""

    captions: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)


@dataclass
class Layout:
    segments: list[Segment]
    notes: list[int]
    strays: list[int]
    """Rows of text that label only some of the columns."""


def lay_out(grid: Grid) -> Layout:
    """Read the rows from the top."""
    segment = Segment()
    layout = Layout([segment], [], [])
    left = _first_column(grid)
    known_headers: list[tuple[str, ...]] = []
    waiting: list[int] = []
    for row in range(len(grid.rows)):
        kind = _kind(grid, row, left, segment, known_headers)
        if kind == "blank":
            continue
        if kind == "note":
            layout.notes.append(row)
            continue
        if kind == "stray":
            layout.strays.append(row)
            continue
        if kind == "body":
            if not segment.bodies and not segment.headers:
                segment.headers += waiting
            waiting = []
            segment.bodies.append(row)
            continue
        if segment.bodies:
            segment = Segment()
            layout.segments.append(segment)
        if kind == "caption":
            if segment.headers:
                waiting = segment.headers
                segment = Segment()
                layout.segments.append(segment)
            segment.captions.append(row)
        else:
            waiting = []
            segment.headers.append(row)
            known_headers.append(_texts(grid, row))
    return layout


def _first_column(grid: Grid) -> int:
    """Sheets often begin with empty columns."""
    for c in range(grid.width):
        if any(row[c].text for row in grid.rows):
            return c
    return 0


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(narrow(square.text).replace(" ", "") for square in grid.rows[row])


def _kind(grid: Grid, row: int, left: int, segment: Segment, known: list[tuple[str, ...]]) -> str:
    cells = [cell for cell in grid.cells_of(row) if cell.text]
    if not cells:
        return "blank"
    first = grid.rows[row][left].text
    if segment.bodies and not _numbers(grid, row, left) and _like_row_above(grid, row, segment.bodies[-1]):
        return "body"
    if len(cells) == 1:
        return _alone(grid, left, cells[0].origin[1], cells[0].width, cells[0].text, bool(segment.bodies))
    if all(is_note(cell.text) for cell in cells[:1]) and not _numbers(grid, row, left):
        return "note"
    worded = [cell.text for cell in cells if not is_blank(cell.text)]
    if not _numbers(grid, row, left) and (
        (len(worded) <= 2 and any(map(is_unit_line, worded))) or (worded and all(map(is_caption_line, worded)))
    ):
        return "caption"
    if _is_pair(grid, cells, first, segment):
        return "caption"
    if names_in(first) or _texts(grid, row) in known:
        return "header"
    if _numbers(grid, row, left):
        return "header" if _is_row_of_labels(grid, row, left, segment) else "body"
    if span_of(first) and (segment.bodies or value_type(first) != "pay"):
        return "body"
    if segment.bodies and _unlike_headers(grid, row):
        return "body"
    return "header"


def _alone(grid: Grid, left: int, column: int, width: int, text: str, in_body: bool) -> str:
    if is_note(text):
        return "note"
    if column == left and width < grid.width and grid.width > 1 and (span_of(text) or read_number(text)):
        return "body"
    if is_unit_line(text) or column <= left:
        return "header" if width < grid.width and names_in(text) else "caption"
    if read_number(text):
        return "body"
    reaches_end = column + width == grid.width
    if not in_body and column == left + 1 and (reaches_end or width == 1):
        return "header"
    return "stray"


def _numbers(grid: Grid, row: int, left: int) -> list[int]:
    """Columns right of the first that hold numbers."""
    return [
        c
        for c, square in enumerate(grid.rows[row])
        if c > left and square.origin[1] == c and read_number(square.text) is not None
    ]


def _is_row_of_labels(grid: Grid, row: int, left: int, segment: Segment) -> bool:
    """Numbers that head columns: below a blank corner, rising by whole steps, unlike the figures beneath."""
    corner = grid.rows[row][left].text
    if segment.bodies or read_number(corner) is not None or span_of(corner):
        return False
    labels = [grid.text(row, c) for c in _numbers(grid, row, left)]
    if len(labels) < 2 or any(not label.isdigit() or len(label) > 3 for label in map(narrow, labels)):
        return False
    values = [int(narrow(label)) for label in labels]
    if values != sorted(set(values)):
        return False
    below = next((r for r in range(row + 1, len(grid.rows)) if _numbers(grid, r, left)), None)
    if below is None or not grid.text(below, left):
        return False
    if corner and not (values == list(range(values[0], values[0] + len(values))) and is_rate(grid.text(below, left))):
        return False
    pairs = [(grid.text(row, c), grid.text(below, c)) for c in _numbers(grid, row, left)]
    near = 0
    for label, figure in pairs:
        number = read_number(figure)
        if number and 0.5 <= (float(number.value) + 1e-9) / (float(narrow(label)) + 1e-9) <= 2:
            near += 1
    return near * 2 < len(pairs)


def _is_pair(grid: Grid, cells: list[Square], first: str, segment: Segment) -> bool:
    """`产品名称 | …` above a table of more columns: a name and its value, no heading."""
    return (
        len(cells) == 2
        and grid.width > 3
        and bool(first)
        and not segment.bodies
        and not names_in(first)
        and not any(read_number(cell.text) for cell in cells)
        and sum(cell.width for cell in cells) < grid.width
    )


def _like_row_above(grid: Grid, row: int, above: int) -> bool:
    """Every word stands under a word of its kind: keys of a row whose figures are missing."""
    words = [(c, s.text) for c, s in enumerate(grid.rows[row]) if s.origin[0] == row and not is_blank(s.text)]
    if not words or any(square.width > 1 for square in grid.rows[row] if square.text):
        return False
    return all(_kind_of_key(grid.text(above, c)) == _kind_of_key(text) != "" for c, text in words)


def _kind_of_key(text: str) -> str:
    return "number" if span_of(text) and value_type(text) in ("age", "number", "year") else value_type(text)


def _unlike_headers(grid: Grid, row: int) -> bool:
    """A row of broken figures: short scraps that are no names and no values of a dimension."""
    words = [square.text for square in grid.rows[row][1:] if square.text and not is_blank(square.text)]
    return all(not names_in(word) and value_type(word) in ("", "number") and len(word) <= 8 for word in words)

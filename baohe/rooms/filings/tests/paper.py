"""Invented rate books, printed in many layouts and formats, each figure remembered with its place and its key.

The printer knows nothing of the reader: it lays squares on paper and notes what it wrote where.
"""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass, field
from itertools import product

import openpyxl

Expected = dict[tuple[int, int, int], tuple[str, frozenset[tuple[str, str]], str]]
"""(table, row, column) → value, dimensions, section."""


@dataclass
class Sheet:
    """One table on paper. `squares[(row, column)]` = text, width, height."""

    squares: dict[tuple[int, int], tuple[str, int, int]] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def put(self, row: int, column: int, text: str, width: int = 1, height: int = 1) -> None:
        self.squares[(row, column)] = (text, width, height)
        self.rows, self.columns = max(self.rows, row + height), max(self.columns, column + width)


@dataclass
class Paper:
    """Lines and tables in order."""

    items: list[str | Sheet] = field(default_factory=list)
    expected: Expected = field(default_factory=dict)
    nameless: bool = False


@dataclass(frozen=True)
class Book:
    """`levels`: column dimensions (name, values), coarsest first; `keys`: (name, texts) down the rows;
    `figures[(keys text, *level values)]` → value, "" for none. `sections`: captions, each a whole book of figures.
    """

    levels: tuple[tuple[str, tuple[str, ...]], ...]
    keys: tuple[str, tuple[str, ...]]
    sections: tuple[str, ...]
    figures: dict[tuple[str, ...], str]

    @property
    def paths(self) -> list[tuple[str, ...]]:
        return list(product(*(values for _, values in self.levels)))

    def dims(self, key: str, path: tuple[str, ...]) -> frozenset[tuple[str, str]]:
        names = [name for name, _ in self.levels]
        return frozenset([(self.keys[0], key), *zip(names, path, strict=True)])

    def at(self, section: str, key: str, path: tuple[str, ...]) -> str:
        return self.figures[(section, key, *path)]


def heading(sheet: Sheet, book: Book, top: int, left: int, corner: str) -> int:
    """The heading; `corner`: rows (each level's name at its row), merged (one square), bare (the key's name only)."""
    depth = len(book.levels)
    names = [name for name, _ in book.levels]
    width = len(book.paths)
    if corner == "rows":
        for n, name in enumerate(names):
            sheet.put(top + n, left, name + book.keys[0] if n == depth - 1 else name)
    elif corner == "merged":
        sheet.put(top, left, "".join(names) + book.keys[0], 1, depth)
    else:
        sheet.put(top, left, book.keys[0], 1, depth)
    for n in range(depth):
        span = 1
        for _, values in book.levels[n + 1 :]:
            span *= len(values)
        paths = [path[: n + 1] for path in book.paths]
        for c in range(0, width, span):
            sheet.put(top + n, left + 1 + c, paths[c][-1], span)
    return top + depth


def body(
    paper: Paper,
    sheet: Sheet,
    book: Book,
    table: int,
    top: int,
    left: int,
    keys: tuple[str, ...],
    section: str,
    printed,
) -> int:  # noqa: E501, ANN001
    for n, key in enumerate(keys):
        sheet.put(top + n, left, key)
        for c, path in enumerate(book.paths):
            value = book.at(section, key, path)
            sheet.put(top + n, left + 1 + c, printed(value))
            if value:
                paper.expected[(table, top + n, left + 1 + c)] = (value, book.dims(key, path), section)
    return top + len(keys)


def wide(book: Book, corner: str, breaks: str, cut: int, plans: str, printed) -> Paper:  # noqa: ANN001
    """The usual table. `breaks`: none | full | leaf (headings printed again inside) | table (next table without
    heading) | table_full (next table with heading). `plans`: caption above each table | rows inside one table.
    """
    paper = Paper(["# 示例产品费率表", "单位：人民币元"], nameless=corner == "bare")
    table, sheet, row = 0, Sheet(), 0
    for n, section in enumerate(book.sections):
        if section and plans == "caption":
            paper.items.append(section)
        if n and plans == "caption":
            table, sheet, row = table + 1, Sheet(), 0
        if section and plans == "rows":
            sheet.put(row, 0, section, len(book.paths) + 1)
            row += 1
        row = heading(sheet, book, row, 0, corner)
        first, rest = book.keys[1][:cut], book.keys[1][cut:]
        row = body(paper, sheet, book, table, row, 0, first, section, printed)
        if sheet not in paper.items:
            paper.items.append(sheet)
        if not rest:
            continue
        if breaks.startswith("table"):
            table, sheet, row = table + 1, Sheet(), 0
            paper.items.append(sheet)
        if breaks in ("full", "table_full"):
            row = heading(sheet, book, row, 0, corner)
        elif breaks == "leaf":
            names = [name for name, _ in book.levels]
            sheet.put(row, 0, names[-1] + book.keys[0] if corner == "rows" else book.keys[0])
            for c, path in enumerate(book.paths):
                sheet.put(row, 1 + c, path[-1])
            row += 1
        row = body(paper, sheet, book, table, row, 0, rest, section, printed)
    return paper


def glue(book: Book, sheet: Sheet, group: int, at: int, scrap: bool) -> None:
    """Lose the border between two lowest headings of one group; or let the next one's first digit slip over."""
    row, size = len(book.levels) - 1, len(book.levels[-1][1])
    left = 1 + group * size + at
    one, other = sheet.squares[(row, left)][0], sheet.squares[(row, left + 1)][0]
    if scrap:
        sheet.put(row, left, one + other[0])
    else:
        sheet.put(row, left, one + other)
        sheet.put(row, left + 1, one + other)


def turned(book: Book, printed) -> Paper:  # noqa: ANN001
    """Keys across, the other dimensions down in merged key columns."""
    paper = Paper(["示例产品费率表", "（单位：元）"])
    for table, section in enumerate(book.sections):
        if section:
            paper.items.append(section)
        sheet = Sheet()
        paper.items.append(sheet)
        depth = len(book.levels)
        for n, (name, _) in enumerate(book.levels):
            sheet.put(0, n, f"{name}\\{book.keys[0]}" if n == depth - 1 else name)
        for c, key in enumerate(book.keys[1]):
            sheet.put(0, depth + c, key)
        for r, path in enumerate(book.paths):
            for n in range(depth):
                if r and book.paths[r - 1][: n + 1] == path[: n + 1]:
                    continue
                height = sum(other[: n + 1] == path[: n + 1] for other in book.paths)
                sheet.put(1 + r, n, path[n], 1, height)
            for c, key in enumerate(book.keys[1]):
                value = book.at(section, key, path)
                sheet.put(1 + r, depth + c, printed(value))
                if value:
                    paper.expected[(table, 1 + r, depth + c)] = (value, book.dims(key, path), section)
    return paper


def tidy(book: Book, merged: bool, printed) -> Paper:  # noqa: ANN001
    """One figure a row, every dimension a column."""
    paper = Paper(["示例产品费率表"])
    for table, section in enumerate(book.sections):
        if section:
            paper.items.append(section)
        sheet = Sheet()
        paper.items.append(sheet)
        names = [*(name for name, _ in book.levels), book.keys[0]]
        for c, name in enumerate([*names, "费率（元）"]):
            sheet.put(0, c, name)
        row = 1
        for path in book.paths:
            for n, text in enumerate(path):
                if merged:
                    sheet.put(row, n, text, 1, len(book.keys[1]))
                else:
                    for k in range(len(book.keys[1])):
                        sheet.put(row + k, n, text)
            for key in book.keys[1]:
                value = book.at(section, key, path)
                sheet.put(row, len(path), key)
                sheet.put(row, len(path) + 1, printed(value))
                if value:
                    paper.expected[(table, row, len(path) + 1)] = (value, book.dims(key, path), section)
                row += 1
    return paper


def beside(book: Book, corner: str, cut: int, printed) -> Paper:  # noqa: ANN001
    """Two blocks side by side, the second going on where the first ends."""
    paper = Paper(["示例产品费率表", "每1000元基本保险金额"], nameless=corner == "bare")
    for table, section in enumerate(book.sections):
        if section:
            paper.items.append(section)
        sheet = Sheet()
        paper.items.append(sheet)
        width = len(book.paths) + 1
        for left, keys in ((0, book.keys[1][:cut]), (width, book.keys[1][cut:])):
            if keys:
                top = heading(sheet, book, 0, left, corner)
                body(paper, sheet, book, table, top, left, keys, section, printed)
    return paper


def _starts(sheet: Sheet) -> list[list[tuple[str, int, int]]]:
    """Per row the cells that begin there, blanks included."""
    covered = {
        (row + down, column + right)
        for (row, column), (_, width, height) in sheet.squares.items()
        for down in range(height)
        for right in range(width)
        if down or right
    }
    return [
        [sheet.squares.get((r, c), ("", 1, 1)) for c in range(sheet.columns) if (r, c) not in covered]
        for r in range(sheet.rows)
    ]


def as_html_table(sheet: Sheet) -> str:
    rows = []
    for cells in _starts(sheet):
        text = "".join(f'<td colspan="{w}" rowspan={h}>{html.escape(said)}</td>' for said, w, h in cells)
        rows.append(f"<tr>{text}</tr>")
    return f"<table>{''.join(rows)}</table>"


def as_markdown(paper: Paper) -> str:
    return "\n\n".join(item if isinstance(item, str) else as_html_table(item) for item in paper.items) + "\n"


def as_html(paper: Paper) -> str:
    inside = "\n".join(
        f"<p>{html.escape(item.lstrip('# '))}</p>" if isinstance(item, str) else as_html_table(item)
        for item in paper.items
    )
    return f"<!doctype html><html><head><meta charset='utf-8'><title>x</title></head><body>{inside}</body></html>"


def _flat(sheet: Sheet) -> list[list[str]]:
    """Spans lost: a merged square's text stands in its first place alone."""
    return [[sheet.squares.get((r, c), ("", 1, 1))[0] for c in range(sheet.columns)] for r in range(sheet.rows)]


def as_pipes(paper: Paper) -> str:
    lines: list[str] = []
    for item in paper.items:
        lines.append("")
        if isinstance(item, str):
            lines.append(item)
            continue
        for n, row in enumerate(_flat(item)):
            lines.append("| " + " | ".join(row) + " |")
            if n == 0:
                lines.append("|" + "---|" * item.columns)
    return "\n".join(lines) + "\n"


def as_csv(paper: Paper) -> tuple[str, int]:
    """The only table, its captions as rows above it; and how many rows those are."""
    (sheet,) = [item for item in paper.items if isinstance(item, Sheet)]
    captions = [item.lstrip("# ") for item in paper.items if isinstance(item, str)]
    text = io.StringIO()
    csv.writer(text).writerows([*([caption] for caption in captions), *_flat(sheet)])
    return text.getvalue(), len(captions)


def as_xlsx(paper: Paper, as_numbers: bool) -> tuple[bytes, list[int]]:
    """Each table a sheet, captions as merged rows above it; and how many rows those are, sheet by sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    pending: list[str] = []
    shifts: list[int] = []
    for item in paper.items:
        if isinstance(item, str):
            pending.append(item.lstrip("# "))
            continue
        sheet = book.create_sheet(f"Sheet{len(book.sheetnames) + 1}")
        shift = len(pending)
        shifts.append(shift)
        for n, caption in enumerate(pending):
            sheet.cell(n + 1, 1, caption)
            if item.columns > 1:
                sheet.merge_cells(start_row=n + 1, start_column=1, end_row=n + 1, end_column=item.columns)
        pending = []
        for (r, c), (said, width, height) in item.squares.items():
            cell = sheet.cell(r + 1 + shift, c + 1)
            _fill(cell, said, as_numbers)
            if width > 1 or height > 1:
                sheet.merge_cells(
                    start_row=r + 1 + shift, start_column=c + 1, end_row=r + shift + height, end_column=c + width
                )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), shifts


def _fill(cell, said: str, as_numbers: bool) -> None:  # noqa: ANN001
    plain = said.replace(",", "")
    if as_numbers and plain.replace(".", "", 1).isdigit() and plain.isascii():
        places = len(plain.partition(".")[2])
        cell.value = float(plain) if places else int(plain)
        cell.number_format = ("#,##0" if "," in said else "0") + ("." + "0" * places if places else "")
    else:
        cell.value = said or None

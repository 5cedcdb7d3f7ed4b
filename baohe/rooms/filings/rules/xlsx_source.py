"""XLSX: every sheet a table in the workbook's order; a number is what the reader of the sheet sees."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from baohe.rooms.filings.rules.grid import WIDEST, Grid, Square
from baohe.rooms.filings.rules.numbers import clean
from baohe.rooms.filings.rules.source import MOST_ROWS, Source, unreadable

LARGEST_UNPACKED = 64 * 1024 * 1024
"""Bytes of a workbook's parts together, unpacked."""
LARGEST_RATIO = 200
"""Unpacked to packed bytes of one part; more is a bomb."""
_PLACES = re.compile(r"[0#?](?:\.([0#?]+))?")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def read_xlsx(name: str, content: bytes) -> Source:
    """Raises `FilingUnreadable` for macros, bombs, damage, or a declared document type."""
    _refuse_bombs(name, content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as wrong:
        raise unreadable(name, "不是完好的 XLSX 工作簿", "is not an intact XLSX workbook", *_RESAVE) from wrong
    source = Source(name)
    sheets = book.worksheets
    for sheet in sheets:
        if sheet.max_row > MOST_ROWS or sheet.max_column > WIDEST:
            raise unreadable(
                name,
                f"工作表“{sheet.title}”有 {sheet.max_row:,} 行 {sheet.max_column:,} 列，"
                f"上限 {MOST_ROWS:,} 行 {WIDEST} 列",
                f"sheet “{sheet.title}” has {sheet.max_row:,} rows and {sheet.max_column:,} columns; "
                f"the limit is {MOST_ROWS:,} rows and {WIDEST} columns",
                "请拆成几个文件，或删去空白的行列",
                "Split the file, or delete blank rows and columns",
            )
        source.items.append(_grid(sheet))
    return source


_RESAVE = ("请在表格软件里打开，另存为 .xlsx", "Open it in a spreadsheet program and save it as .xlsx")


def _refuse_bombs(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if any("vbaproject" in part.filename.lower() for part in parts):
                raise unreadable(
                    name, "带有宏", "carries macros", "请另存为不带宏的 .xlsx", "Save it as .xlsx without macros"
                )
            total = sum(part.file_size for part in parts)
            steep = any(p.file_size > LARGEST_RATIO * max(p.compress_size, 1) and p.file_size > 1 << 20 for p in parts)
            if total > LARGEST_UNPACKED or steep or len(parts) > 2000:
                raise unreadable(name, "解压后过大", "is too large when unpacked", *_RESAVE)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(4096).upper():
                            raise unreadable(name, "含有文档类型声明", "declares a document type", *_RESAVE)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as wrong:
        raise unreadable(name, "不是完好的 XLSX 工作簿", "is not an intact XLSX workbook", *_RESAVE) from wrong


def _grid(sheet: Worksheet) -> Grid:
    hidden_rows = {number - 1 for number, row in sheet.row_dimensions.items() if row.hidden}
    hidden_columns = _hidden_columns(sheet)
    whole = sheet.sheet_state != "visible"
    rows: list[list[Square]] = []
    for r, cells in enumerate(sheet.iter_rows(min_row=1, min_col=1)):
        line: list[Square] = []
        for c, cell in enumerate(cells):
            text, flaw = printed(cell)
            if (whole or r in hidden_rows or c in hidden_columns) and text:
                flaw = "hidden"
            line.append(Square(text, (r, c), flaw=flaw))
        rows.append(line)
    merged = bool(sheet.merged_cells.ranges)
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        if top >= len(rows) or left >= len(rows[0]):
            continue
        first = rows[top][left]
        whole_area = Square(
            first.text, (top, left), area.max_col - area.min_col + 1, area.max_row - area.min_row + 1, first.flaw
        )
        for r in range(top, min(area.max_row, len(rows))):
            for c in range(left, min(area.max_col, len(rows[0]))):
                rows[r][c] = whole_area
    return Grid(rows, [], sheet.title, merged)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden.update(range(dimension.min - 1, min(dimension.max, WIDEST)))
    return hidden


def printed(cell: SheetCell | Any) -> tuple[str, str]:
    """The text that the sheet shows, and a flaw: formula | date | error | hidden_digits."""
    value = cell.value
    if value is None:
        return "", ""
    if (
        cell.data_type == "f"
        or (isinstance(value, str) and value.startswith("="))
        or not isinstance(value, str | int | float | bool | datetime | date | time | timedelta)
    ):
        return str(getattr(value, "text", None) or value), "formula"
    if cell.data_type == "e":
        return str(value), "error"
    if isinstance(value, datetime | date | time | timedelta):
        return str(value), "date"
    if isinstance(value, bool):
        return str(value).upper(), ""
    if isinstance(value, str):
        return clean(value), ""
    return shown(value, cell.number_format or "General")


def shown(value: float, form: str) -> tuple[str, str]:
    """A number in its format: percent, thousands, fixed places; float noise is dropped, real digits are told."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    noise_free = exact if len(exact.as_tuple().digits) <= 15 else Decimal(f"{value:.15g}")
    plain = _QUOTED.sub("", form.split(";")[0])
    if plain.lower() in ("general", "@", ""):
        return _plain(noise_free), ""
    percent = plain.count("%")
    found = _PLACES.search(plain)
    if not found or "E" in plain.upper() or "/" in plain:
        return _plain(noise_free), ""
    scaled = noise_free.scaleb(2 * percent)
    whole_part, _, fraction = plain.partition(".")
    places = [sign for sign in fraction if sign in "0#?"]
    rounded = scaled.quantize(Decimal(1).scaleb(-len(places)), rounding=ROUND_HALF_UP)
    text = format(rounded, "f")
    optional = len(places) - len("".join(places).rstrip("#?"))
    while optional and text.endswith("0") and "." in text:
        text, optional = text[:-1], optional - 1
    flaw = "hidden_digits" if rounded != scaled else ""
    return text.rstrip(".") + "%" * percent, flaw


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

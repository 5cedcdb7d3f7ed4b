"""Tables as files for a spreadsheet: CSV with a byte order mark and XLSX, written row by row. Text that a spreadsheet
would run as a formula is quoted; amounts are yuan with two decimals, as numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from tempfile import TemporaryFile

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int | Decimal
KINDS = ("csv", "xlsx")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def yuan(fen: int) -> Decimal:
    """Exact: an amount of a spreadsheet is not a float here."""
    return Decimal(fen).scaleb(-2)


def download(kind: str, name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    """`name` is the file's name without its ending, plain ASCII."""
    return _xlsx(name, head, rows) if kind == "xlsx" else _csv(name, head, rows)


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    text.detach()  # flushes, and leaves the file open
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.csv", content_type="text/csv; charset=utf-8")


def _xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append(list(head))
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, _legal(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # text stays text, whatever it begins with
            elif isinstance(value, Decimal):
                cell.number_format = "#,##0.00"
            cells.append(cell)
        sheet.append(cells)
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)


def _legal(text: str) -> str:
    """A control character, pasted from somewhere, would cost the whole file."""
    return ILLEGAL_CHARACTERS_RE.sub(" ", text)


def _harmless(cell: Cell) -> str:
    text = _legal(f"{cell}")
    return f"'{text}" if isinstance(cell, str) and text.startswith(_RUNS) else text

"""Tables as files for a spreadsheet: CSV with a byte order mark, XLSX written row by row. Text that a spreadsheet
would run as a formula is quoted; amounts are yuan with two decimals, as numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from tempfile import TemporaryFile

from django.http import FileResponse, HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Cell = str | int | Decimal
KINDS = ("csv", "xlsx")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def yuan(fen: int) -> Decimal:
    """Exact: an amount of a spreadsheet is not a float here."""
    return Decimal(fen).scaleb(-2)


def download(kind: str, name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse | FileResponse:
    """`name` is the file's name without its ending, plain ASCII."""
    return _xlsx(name, head, rows) if kind == "xlsx" else _csv(name, head, rows)


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append(list(head))
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value)
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


def _harmless(cell: Cell) -> str:
    text = f"{cell}"
    return f"'{text}" if isinstance(cell, str) and text.startswith(_RUNS) else text

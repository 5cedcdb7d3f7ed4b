"""CSV: one table a file; a record is a row, counted from 0, empty ones too."""

from __future__ import annotations

import csv
import io

from baohe.rooms.filings.rules.grid import RawCell, expand
from baohe.rooms.filings.rules.numbers import clean
from baohe.rooms.filings.rules.source import Source, unreadable


def read_csv(name: str, text: str) -> Source:
    """Raises `FilingUnreadable` with the line for a record that cannot be read."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    mark = max(",\t;", key=lambda one: text[:20000].count(one)) if first else ","
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=mark, strict=True)
    rows: list[list[RawCell]] = []
    try:
        for record in reader:
            rows.append([RawCell(clean(part)) for part in record])
    except csv.Error as wrong:
        raise unreadable(
            name, f"第 {reader.line_num} 行不是合规的 CSV", f"line {reader.line_num} is not well-formed CSV"
        ) from wrong
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    return Source(name, [expand(rows, spans_known=False)])

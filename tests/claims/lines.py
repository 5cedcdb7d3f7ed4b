"""Pages made of lines of print, without a picture or an engine."""

from __future__ import annotations

from datetime import date

from baohe.adapters.ocr.contracts import Line, Page, PaperReading
from baohe.adapters.ocr.paper import read_page

TODAY = date(2026, 11, 22)
HEIGHT = 200


def page(*rows: object, code: str = "", score: int = 99) -> Page:
    """Rows from top to bottom; a row is a text at the left edge, or cells (x, text)."""
    lines = []
    for at, row in enumerate(rows):
        for x, text in [(500, row)] if isinstance(row, str) else row:
            width = sum(200 if ord(letter) > 0x2E80 else 100 for letter in text)
            lines.append(Line(text, score, (x, 300 + 400 * at, width, HEIGHT)))
    return Page(tuple(lines), sides=(1000, 1000), code=code)


def read(*rows: object, code: str = "", expected: tuple[str, ...] = ()) -> PaperReading:
    return read_page(page(*rows, code=code), TODAY, expected)


def values(reading: PaperReading) -> dict[str, str]:
    return {field.code: field.value for field in reading.fields if field.value}


def sure(reading: PaperReading, code: str) -> int:
    return next(field.confidence for field in reading.fields if field.code == code)

"""A shop's till slip, Chinese or English → company, date, address, total. Pure.

Company and address stand at the head, in no labelled place: a company is known by the words that companies are named
with, an address lies between it and the telephone number. `date` is as printed, with the day in `iso`; of 03/04/2018
the first figure is the day, as everywhere but in North America.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from baohe.adapters.ocr.contracts import Found, Line, Page, ReadValue
from baohe.adapters.ocr.layout import cut, field
from baohe.adapters.ocr.printed import day_of
from baohe.adapters.ocr.receipt_total import total_of
from baohe.adapters.ocr.receipt_words import (
    ADDRESS,
    CONTINUES,
    ENDS,
    ENDS_OPEN,
    LEGAL,
    NOT_COMPANY,
    NUMBERED,
    REGISTRATION,
    SHOP,
)
from baohe.adapters.ocr.rows import Row, joined, rows_of

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DATES = (
    re.compile(r"(?<!\d)(?P<y>20\d{2})\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})日?"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>20\d{2})"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[-/. ]?(?P<n>[A-Z]{3})[A-Z]*[-/., ]{0,2}(?P<y>20\d{2}|\d{2})(?!\d)"),
    re.compile(r"(?<![A-Z])(?P<n>[A-Z]{3})[A-Z]*\.? ?(?P<d>\d{1,2}),? ?(?P<y>20\d{2})"),
    re.compile(r"(?<![\d./-])(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{2})(?![\d./-])"),
)
_HEAD = 14
_LONGEST = 6


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """Company and address as printed, upper or lower case; `total` in plain figures, without its currency."""
    rows = rows_of(page.lines)
    printed, iso, dated = _date(rows, today)
    company, head = _company(rows)
    address = _address(rows, head)
    total, at, sure = total_of([(row.text, row.found) for row in rows])
    return (
        field("company", company.text if company else "", company),
        field("date", printed, dated, None if iso <= today.isoformat() else False, iso=iso),
        field("address", address.text if address else "", address),
        field("total", total, at, sure),
    )


def _date(rows: Sequence[Row], today: date) -> tuple[str, str, Found | None]:
    """The day that stands behind a label, else the first one printed; as printed, in ISO 8601, and where."""
    seen = [(*hit, line) for row in rows for line in row.lines for hit in days_in(line.text)]
    labelled = [one for one in seen if re.search("DATE|日期|时间", _row_with(rows, one[2]).upper())]
    past = [one for one in (*labelled, *seen) if one[1] <= today.isoformat()]
    for printed, iso, line in (*past, *seen):
        return printed, iso, Found(printed, _part(line, printed))
    return "", "", None


def days_in(text: str) -> Iterator[tuple[str, str]]:
    """Every day in a line: as printed, and in ISO 8601."""
    upper = text.upper()
    for pattern in _DATES:
        for hit in pattern.finditer(upper):
            told = hit.groupdict()
            if told.get("n") and told["n"] not in _MONTHS:
                continue
            month = told.get("m") or f"{_MONTHS.index(told['n']) + 1}"
            year = told["y"] if len(told["y"]) == 4 else f"20{told['y']}"
            iso = day_of(year, month, told["d"]) or day_of(year, told["d"], month)
            if iso:
                yield text[hit.start() : hit.end()].strip(), iso


def _company(rows: Sequence[Row]) -> tuple[Found | None, int]:
    """The company and the number of the row behind it: a firm's name, else a shop's, else the largest of the first."""
    head = rows[:_HEAD]
    ends = next((at for at, row in enumerate(head) if at and ADDRESS.search(row.text.upper())), 6)
    named = [
        at
        for at, row in enumerate(head[: max(ends, 3)])
        if len(re.findall(r"[A-Za-z\u4e00-\u9fff]", row.text)) >= 3
        and not NOT_COMPANY.search(row.text.upper())
        and not next(days_in(row.text), None)
    ]
    if not named:
        return None, 0
    firms = [at for at in named if LEGAL.search(head[at].text.upper())]
    shops = [at for at in named if SHOP.search(head[at].text.upper())]
    large = max(named[:3], key=lambda at: (head[at].height >= 13 * head[named[0]].height // 10, -at))
    first = last = (firms or shops or [large])[0]
    while first - 1 in named and (_continues(head[first]) or ENDS_OPEN.search(head[first - 1].text)):
        first -= 1
    while last + 1 < len(head) and (_continues(head[last + 1]) or ENDS_OPEN.search(head[last].text)):
        last += 1
    found = joined(head[first : last + 1])
    name = NUMBERED.sub("", found.text).strip(" ,")
    return Found(name, found.line), last + 1


def _continues(row: Row) -> bool:
    """A name of a firm broken over two rows: POPULAR BOOK / CO. (M) SDN BHD."""
    text = row.text.upper()
    return bool(CONTINUES.match(text)) and not REGISTRATION.search(text)


def _address(rows: Sequence[Row], head: int) -> Found | None:
    """The first block of address-like rows behind the company, up to what ends it."""
    block: list[Row] = []
    for row in rows[head : head + _HEAD]:
        text = row.text.upper()
        if REGISTRATION.search(text):
            if block:
                break
            continue
        if ENDS.search(text) or next(days_in(text), None):
            if block:
                break
            continue
        if not block and not ADDRESS.search(text):
            continue
        if block and (len(block) == _LONGEST or row.lines[0].box[1] - block[-1].lines[0].box[1] > 3 * row.height):
            break
        block.append(row)
        if len(block) > 1 and text.rstrip(" .,").endswith("MALAYSIA"):
            break
    if not block:
        return None
    found = joined(block)
    return Found(re.sub(r"^(?:ADDRESS|地址)\s*[:：]?\s*", "", found.text, flags=re.IGNORECASE), found.line)


def _row_with(rows: Sequence[Row], line: Line) -> str:
    return next((row.text for row in rows if line in row.lines), "")


def _part(line: Line, printed: str) -> Line:
    start = max(0, line.text.find(printed))
    return Line(printed, line.score, cut(line, start, start + len(printed)))

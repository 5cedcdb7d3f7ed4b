"""What the items of an invoice add up to, as far as every one of them was read for certain. Pure.

One row that the engine passed over makes an honest invoice look wrong, so nothing is said where a row is unsure: no
heading with 金额 over the items, a name without an amount, an amount without a name, a gap as high as a row, a
subtotal, a score that is not good. What is said then is worth a question to the claimant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from baohe.adapters.ocr.checks import MOST_SUGGESTIONS
from baohe.adapters.ocr.contracts import Line, ReadValue
from baohe.adapters.ocr.layout import plain
from baohe.adapters.ocr.printed import CONFUSED, fen_of, yuan_of
from baohe.adapters.ocr.rows import Row, rows_of

ROUNDING_FEN = 1
"""By which each item may be rounded to a fen before it is printed; the total is rounded once."""

_ITEMISED = ("medical_invoice", "vat_invoice", "repair_bill")
_LEAST_SCORE = 88
_LEAST_ITEMS = 2
_GAP = 1.6
"""Of the usual distance between two rows of items: above, a row is missing."""

_HEAD = re.compile(r"(项目|品名|名称|货物).*金额|金额.*(项目|品名)")
_AMOUNT_HEAD = re.compile(r"^金额(?:\(元\)|\(不含税\))?$")
_END = re.compile(r"合计|大写|小写|总计|总额|价税")
_UNSURE = re.compile(r"小计|折扣|优惠|减免|退费")
_AMOUNT = re.compile(r"^[¥￥]?(\d{1,3}(?:,\d{3})+|\d{1,7})\.(\d{2})$")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def items_sum(lines: Sequence[Line]) -> tuple[str, int] | None:
    """(what the items add up to, how many there are), or None where one of them is unsure."""
    rows = rows_of(lines)
    head = next((at for at, row in enumerate(rows) if _HEAD.search(plain(row.text))), None)
    if head is None:
        return None
    columns = [line for line in rows[head].lines if _AMOUNT_HEAD.match(plain(line.text))]
    items = _rows_of_items(rows[head + 1 :])
    if not columns or not items or not _evenly_spaced([rows[head], *items]):
        return None
    amounts: list[int] = []
    for row in items:
        found = _amounts(row, columns)
        if found is None:
            return None
        amounts += found
    return (yuan_of(sum(amounts)), len(amounts)) if len(amounts) >= _LEAST_ITEMS else None


def apart(total: str, items: tuple[str, int] | None) -> str:
    """The sum of the items where the total says otherwise by more than their rounding; empty where it does not, or
    where one of the two is not known."""
    fen = fen_of(total)
    if items is None or fen is None:
        return ""
    value, count = items
    return value if abs((fen_of(value) or 0) - fen) > ROUNDING_FEN * count else ""


def checked_by_items(kind: str, fields: Sequence[ReadValue], lines: Sequence[Line]) -> tuple[ReadValue, ...]:
    """The fields with a total that its items do not make asked for. The items of a VAT invoice are without tax."""
    values = {field.code: field.value for field in fields}
    if kind not in _ITEMISED or not values.get("total"):
        return tuple(fields)
    against = values.get("amount", "") if kind == "vat_invoice" else values["total"]
    other = apart(against, items_sum(lines))
    tax = fen_of(values.get("tax", "")) if kind == "vat_invoice" else 0
    if not other or tax is None:
        return tuple(fields)
    whole = yuan_of((fen_of(other) or 0) + tax)
    return tuple(_asked(field, whole) if field.code == "total" else field for field in fields)


def _asked(total: ReadValue, items: str) -> ReadValue:
    """A higher sum of the items is not proposed: whoever takes it is paid more, and a discount may have been meant."""
    lower = (fen_of(items) or 0) < (fen_of(total.value) or 0)
    known = (total.value, *(value for value in total.suggestions if value != total.value))
    suggestions = tuple(dict.fromkeys((items, *known) if lower else known))[:MOST_SUGGESTIONS]
    return replace(total, doubtful=True, suggestions=suggestions, items_sum=items)


def _rows_of_items(rows: Sequence[Row]) -> list[Row]:
    """Up to the row of the total; none where that row was not found or the table begins anew before it."""
    for at, row in enumerate(rows):
        text = plain(row.text)
        if _UNSURE.search(text) or _HEAD.search(text):
            return []
        if _END.search(text):
            return list(rows[:at])
    return []


def _evenly_spaced(rows: Sequence[Row]) -> bool:
    middles = [sum(line.middle for line in row.lines) / len(row.lines) for row in rows]
    gaps = [below - above for above, below in zip(middles, middles[1:], strict=False)]
    usual = min(gaps)
    return usual > 0 and max(gaps) <= _GAP * usual


def _amounts(row: Row, columns: Sequence[Line]) -> list[int] | None:
    """Fen of the row's items, one a column of amounts that has a name before it. None where one is unsure."""
    left, found = 0, []
    for column in columns:
        cells = [line for line in row.lines if left <= _centre(line) <= column.right + column.box[2] // 2]
        left = column.right + column.box[2] // 2
        if not cells:
            continue
        below = [line for line in cells if abs(_centre(line) - _centre(column)) <= 2 * column.box[2]]
        amount = next((hit for line in reversed(below) if (hit := _AMOUNT.match(_figures(line)))), None)
        named = any(_WORD.search(line.text) for line in cells)
        if amount is None or not named or min(line.score for line in cells) < _LEAST_SCORE:
            return None
        found.append(int(amount.group(1).replace(",", "") + amount.group(2)))
    return found or None


def _figures(line: Line) -> str:
    return "".join(line.text.translate(CONFUSED).split())


def _centre(line: Line) -> int:
    return line.box[0] + line.box[2] // 2

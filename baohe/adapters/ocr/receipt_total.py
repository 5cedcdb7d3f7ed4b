"""What was paid in a shop, among all the amounts that a till slip prints. Pure.

A total is named, and slips name several: before and after tax, before and after rounding to five sen. What is wanted is
what the customer owed in the end; cash less change, where both are printed, tells it as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from baohe.adapters.ocr.contracts import Found
from baohe.adapters.ocr.printed import fen_of, yuan_of

Row = tuple[str, Found]

_AMOUNT = re.compile(r"(?<![\d.])(-?)\s?(?:RM|\$|¥|￥)?\s?(\d{1,3}(?:,\d{3})+|\d{0,7})\s?[.,]\s?(\d{2})(?![\d.]|\s?%)")
_NAMED = (
    (
        re.compile(
            r"^\W*ROUNDING\s*(?:RM)?\W*[1-9]\d*\.\d\d|ROUND\w*\s*D?\s*TOTAL|TOTAL\s*(?:AMOUNT|AMT)?\s*(?:AFTER\s*)?(?:ROUND|RND)|AFTER\s*ROUND"
        ),
        12,
    ),
    (re.compile(r"GRAND\s*TOTAL|NETT?\s*(?:TOTAL|AMOUNT|AMT)|TOTAL\s*(?:DUE|PAYABLE|TO PAY)"), 10),
    (re.compile(r"(?:AMOUNT|AMT)\s*(?:DUE|PAYABLE|PAID INC)"), 10),
    (
        re.compile(
            r"TOTAL.{0,22}(?:INC|W/)|INCL\w*\s*(?:OF\s*)?GST.*TOTAL|TOTAL\s*(?:SALES|BILL)|(?:AMOUNT|AMT)\W*INC"
        ),
        9,
    ),
    (re.compile(r"实收|实付|应收|应付|总计|合计|总额|总金额"), 9),
    (re.compile(r"TOTAL|T0TAL|^\W*DUE\b"), 8),
    (re.compile(r"\bJUMLAH\b|TOTA[I1L]?\b|^\W*PAY\b"), 6),
)
_NOT_IT = re.compile(
    r"QTY|QUANTITY|\bITEMS?\b|DISC|SAVING|\bTAX\b(?!.*INC)|TOTAL\s*GST|GST\s*(?:AMT|AMOUNT)|POINT|CHANGE|TENDER|SERVICE"
    r"|S\.?CHARGE|SVC|INCLUDED\s*(?:GST|IN\b)|INCLUDES?\s*GST|ACCEPTED|件数|数量|优惠|折扣|找零"
)
_BEFORE = re.compile(r"SUB\s*-?\s*TOTAL|EXC|BEFORE|W/O|小计|WITHOUT")
_SUMMARY = re.compile(r"(?:GST|TAX)\s*(?:SUMMARY|ANALYSIS|CODE|RATE)|SUMMARY")
_CASH = re.compile(
    r"\bCASH\b(?!IER)|TENDER|\bPAID\b|PAYMENT|\bVISA\b|MASTER|CREDIT|DEBIT|RECEIVED|收款|现金|微信|支付宝|实收|实付"
)
_CHANGE = re.compile(r"CHANGE|找零|BAKI")
_ROUNDING = re.compile(r"R\w?OUND\w*(?!.*TOTAL)|RND|ROUNDING")
_PAID = 5
"""Points of what cash and change say, where no row names it."""
_MOST_ROUNDING = 4
"""Sen that rounding to five sen can take or give, with one of tolerance for a misprint of the shop's."""


@dataclass(frozen=True, slots=True)
class _Named:
    points: int
    value: str
    found: Found


def total_of(rows: Sequence[Row]) -> tuple[str, Found | None, bool | None]:
    """The total, where it stands, and whether other rows agree; empty when no amount is printed."""
    paid, tendered = _paid(rows)
    named = _named(rows)
    if paid and (at := next((found for text, found in rows if paid in _amounts(text)), None)):
        named.append(_Named(_PAID, paid, at))
    if not named:
        return _largest(rows, paid)
    counted = [value for text, _ in rows for value in _amounts(text)]
    rounded = _rounded(rows, named)
    best = max(
        named,
        key=lambda one: (
            one.points
            + 6 * (one.value == paid)
            - 6 * (one.value == tendered != paid)  # 实收 is what was handed over as often as what was owed
            + 4 * (one.value in rounded)
            + min(2, counted.count(one.value) - 1),
            fen_of(one.value) or 0,
        ),
    )
    return best.value, best.found, True if best.value == paid or counted.count(best.value) > 1 else None


def _named(rows: Sequence[Row]) -> list[_Named]:
    found, in_summary = [], False
    for at, (text, _) in enumerate(rows):
        upper = text.upper()
        in_summary = in_summary or (bool(_SUMMARY.search(upper)) and at > len(rows) // 3)
        points = next((points for pattern, points in _NAMED if pattern.search(upper)), 0)
        value, where = _value(rows, at)
        if not points or not value:
            continue
        points -= 8 * bool(_NOT_IT.search(upper)) + 5 * bool(_BEFORE.search(upper)) + 5 * in_summary
        found.append(_Named(points, value, where))
    return found


def _value(rows: Sequence[Row], at: int) -> tuple[str, Found]:
    """The last amount of a row, or of the next one where that is nothing but an amount."""
    values = _amounts(rows[at][0])
    if values:
        return values[-1], rows[at][1]
    if at + 1 < len(rows) and not re.search(r"[A-Z]{3}|[\u4e00-\u9fff]{2}", rows[at + 1][0].upper()):
        below = _amounts(rows[at + 1][0])
        if below:
            return below[-1], rows[at + 1][1]
    return "", rows[at][1]


def _amounts(text: str, also_negative: bool = False) -> list[str]:
    return [
        f"{int(whole.replace(',', '') or 0)}.{part}"
        for sign, whole, part in _AMOUNT.findall(text.upper())
        if also_negative or sign != "-"
    ]


def _paid(rows: Sequence[Row]) -> tuple[str, str]:
    """Cash less change, and cash, where both stand on the slip; some tills print cash as a negative amount."""
    cash = change = None
    for at, (text, _) in enumerate(rows):
        upper = text.upper()
        values = _amounts(text, also_negative=True) or [_value(rows, at)[0]]
        if not values[-1]:
            continue
        if _CHANGE.search(upper):
            change = fen_of(values[-1]) if change is None else change
        elif _CASH.search(upper) and "TOTAL" not in upper:
            cash = fen_of(values[-1])
    if cash is None or change is None or cash <= change:
        return "", ""
    return yuan_of(cash - change), yuan_of(cash)


def _rounded(rows: Sequence[Row], named: Sequence[_Named]) -> set[str]:
    """Totals that are another total with the printed rounding."""
    steps = {
        fen
        for text, _ in rows
        if _ROUNDING.search(text.upper())
        for value in _amounts(text, also_negative=True)
        if 0 < (fen := fen_of(value) or 0) <= _MOST_ROUNDING
    }
    values = {fen for one in named if (fen := fen_of(one.value)) is not None}
    return {
        yuan_of(fen)
        for fen in values
        for step in steps
        if fen % 5 == 0 and (fen - step in values or fen + step in values)
    }


def _largest(rows: Sequence[Row], paid: str) -> tuple[str, Found | None, bool | None]:
    """No row names a total: what was paid, or a doubtful guess."""
    seen = [(fen_of(value) or 0, value, found) for text, found in rows for value in _amounts(text)]
    if not seen:
        return "", None, None
    if paid:
        return paid, next((found for _, value, found in seen if value == paid), seen[-1][2]), None
    _, value, found = max(seen, key=lambda one: one[0])
    return value, found, False

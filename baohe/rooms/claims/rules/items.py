"""Items of an invoice that a contract limits by themselves, what others paid, and the days in hospital. Pure.

They are asked for only where the event counts them; on another claim nobody has to confirm a bed fee.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from baohe.adapters.ocr.contracts import Line
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import ClaimEvent
from baohe.rooms.claims.contracts import ReadField

MONEY_ITEMS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "bed": (Text("床位费", "Bed"), ("床位费",)),
    "drug": (Text("药品费", "Medicine"), ("西药费", "中成药费", "中草药费", "中药饮片", "药品费")),
    "exam": (Text("检查化验费", "Examinations"), ("检查费", "化验费", "放射费")),
    "nursing": (Text("护理费", "Nursing"), ("护理费",)),
}
DAYS = "days"
MOST_DAYS = 366
_DAYS_NAME = Text("住院天数", "Days in hospital")
_RECOVERED = ReadField("recovered", Text("其他保险已赔", "Paid by other insurers"), "money", "", "", 0, False)
"""Never printed on an invoice of a hospital: to be typed by whoever was paid elsewhere, and no doubt for the others."""
_AMOUNT = re.compile(r"(?<![\d.])(\d{1,7}\.\d{2})(?![\d.])")
_STAY = re.compile(r"(?:住院天数|住院日数)\D{0,3}(\d{1,3})|住院\s*(\d{1,3})\s*天")
_SURE = 85
_SAME_ROW = 60
"""How far apart, in 1/10,000 of the picture, the middles of an item and of its amount may stand."""


def item_fields(event: ClaimEvent | None, lines: Sequence[Line]) -> tuple[ReadField, ...]:
    """What others paid, the items and the days, where the event counts them, as far as the print gives them. An item
    or the days that were not found are asked for."""
    if event is None:
        return ()
    fields = [_RECOVERED] if event.subtracts_recovered else []
    fields += [_item(code, lines) for code in event.items]
    return (*fields, _days(lines)) if event.counts_days else tuple(fields)


def items_of(fields: Sequence[ReadField], fen: Mapping[str, int]) -> dict[str, int]:
    """Item → fen, of the fields that are items."""
    return {field.code: fen[field.code] for field in fields if field.code in MONEY_ITEMS}


def normal_days(field: ReadField, typed: str) -> str:
    """Whole days as typed. Raises `InvalidInput`."""
    if not typed.isdecimal() or int(typed) > MOST_DAYS:
        raise InvalidInput(
            field=field.code, reason_zh=f"应为 0–{MOST_DAYS} 天", reason_en=f"is a number of days up to {MOST_DAYS}"
        )
    return str(int(typed))


def _item(code: str, lines: Sequence[Line]) -> ReadField:
    name, labels = MONEY_ITEMS[code]
    found = [
        (line, amount)
        for line in lines
        if any(label in line.text for label in labels)
        for amount in _beside(line, lines)
    ]
    cents = sum(int(amount.replace(".", "")) for _, amount in found)
    value = f"{cents // 100}.{cents % 100:02d}" if found else ""
    score = min((line.score for line, _ in found), default=0)
    box = found[0][0].box if len(found) == 1 else ()
    return ReadField(code, name, "money", value, value, score, not found or score < _SURE, (), box)


def _beside(line: Line, lines: Sequence[Line]) -> list[str]:
    """The amount printed in the line itself, or in the nearest one to its right on the same row."""
    inside = _AMOUNT.findall(line.text)
    if inside:
        return inside[:1]
    right = [
        other
        for other in lines
        if other.box[0] >= line.right and abs(other.middle - line.middle) < _SAME_ROW and _AMOUNT.search(other.text)
    ]
    return _AMOUNT.findall(min(right, key=lambda other: other.box[0]).text)[:1] if right else []


def _days(lines: Sequence[Line]) -> ReadField:
    for line in lines:
        stay = _STAY.search(line.text)
        if stay:
            days = stay.group(1) or stay.group(2)
            return ReadField(DAYS, _DAYS_NAME, "days", days, days, line.score, line.score < _SURE, (), line.box)
    return ReadField(DAYS, _DAYS_NAME, "days", "", "", 0, True)

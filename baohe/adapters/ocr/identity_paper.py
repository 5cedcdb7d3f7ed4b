"""An identity card among the papers of a claim, either side or both on one sheet → fields. Pure."""

from __future__ import annotations

from datetime import date

from baohe.adapters.ocr.contracts import Page, ReadValue
from baohe.adapters.ocr.id_card import BACK, FRONT, labels_seen, read_side
from baohe.kernel.regions import provinces

_SEX = {"male": "男", "female": "女"}


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """Name, sex, nation, birth, address and number of the front; authority and days of the back, where it is shown.

    `sex` is 男 or 女, as printed; the number's check digit proves number, birth and sex.
    """
    fields: list[ReadValue] = []
    for side in (FRONT, BACK):
        if labels_seen(page.lines, side) >= 2:
            fields += read_side(page.lines, side, provinces(), today).fields
    return tuple(_as_printed(field) for field in fields)


def _as_printed(field: ReadValue) -> ReadValue:
    value = _SEX.get(field.value, field.value) if field.code == "sex" else field.value
    proved = field.code in ("number", "birth", "sex") and field.value
    confidence = max(field.confidence, 97) if proved else field.confidence
    return ReadValue(field.code, value, confidence, field.doubtful and not proved, field.suggestions, field.box)

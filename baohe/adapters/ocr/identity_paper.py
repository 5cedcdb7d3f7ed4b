"""An identity card among the papers of a claim, either side or both on one sheet → fields. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from baohe.adapters.ocr.contracts import Page, ReadValue
from baohe.adapters.ocr.id_card import BACK, FRONT, labels_seen, read_side
from baohe.adapters.ocr.layout import Sheet, field, plain, whole, worded
from baohe.adapters.ocr.printed import day_of
from baohe.kernel.regions import provinces

LABELS = worded({"sex": "性别", "birth": "出生日期 出生", "": "姓名 民族 住址 公民身份号码"})
_SEX = {"male": "男", "female": "女"}
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_BIRTH = re.compile(r"(\d{4})年?[-./]?(\d{1,2})月?[-./]?(\d{1,2})")


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """Name, sex, nation, birth, address and number of the front; authority and days of the back, where it is shown.

    `sex` is 男 or 女, as printed. The number's check digit proves number, birth and sex; where it is wrong they are
    told as printed, and not trusted.
    """
    fields: list[ReadValue] = []
    for side in (FRONT, BACK):
        if labels_seen(page.lines, side) >= 2:
            fields += read_side(page.lines, side, provinces(), today).fields
    return tuple(_proved(one) if one.value else _as_printed(page, one) for one in fields)


def _proved(one: ReadValue) -> ReadValue:
    if one.code not in ("number", "birth", "sex"):
        return one
    return replace(one, value=_SEX.get(one.value, one.value), confidence=max(one.confidence, 97), doubtful=False)


def _as_printed(page: Page, one: ReadValue) -> ReadValue:
    sheet = Sheet(page.lines, LABELS)
    if one.code == "number":
        seen = ((hit.group().upper(), line) for line in page.lines if (hit := _NUMBER.search(plain(line.text))))
        number, line = next(seen, ("", None))
        return field("number", number, whole(line) if line else None, False)
    if one.code == "birth":
        return field("birth", *sheet.first("birth", _birth), False)
    if one.code == "sex":
        return field("sex", *sheet.first("sex", lambda text: text[:1] if text[:1] in "男女" else ""), False)
    return one


def _birth(text: str) -> str:
    hit = _BIRTH.search(plain(text))
    return day_of(*hit.groups()) if hit else ""

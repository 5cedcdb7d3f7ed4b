"""From a reading to values that a person confirms. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from baohe.adapters.ocr.contracts import ReportReading
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.rooms.underwriting.contracts import ReadItem

NAMES: Mapping[str, Text] = {
    "name": Text("姓名", "Name"),
    "report_date": Text("报告日期", "Date of the report"),
    "height": Text("身高", "Height"),
    "weight": Text("体重", "Weight"),
    "systolic": Text("收缩压", "Systolic pressure"),
    "diastolic": Text("舒张压", "Diastolic pressure"),
    "fasting_glucose": Text("空腹血糖", "Fasting glucose"),
    "hba1c": Text("糖化血红蛋白", "HbA1c"),
    "uric_acid": Text("尿酸", "Uric acid"),
    "alt": Text("谷丙转氨酶 ALT", "ALT"),
    "ast": Text("谷草转氨酶 AST", "AST"),
    "ggt": Text("谷氨酰转移酶 GGT", "GGT"),
    "total_cholesterol": Text("总胆固醇", "Total cholesterol"),
    "triglycerides": Text("甘油三酯", "Triglycerides"),
    "ldl": Text("低密度脂蛋白胆固醇", "LDL cholesterol"),
    "hdl": Text("高密度脂蛋白胆固醇", "HDL cholesterol"),
}
_FINDING = Text("报告提到", "The report names")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
_LONGEST = 60


def items_of(reading: ReportReading) -> tuple[ReadItem, ...]:
    """In the order in which a person reads: who and when, then numbers, then what the report names."""
    order = list(NAMES)
    found = sorted(reading.values, key=lambda one: order.index(one.code) if one.code in NAMES else len(order))
    return tuple(
        ReadItem(
            code=one.code,
            name=NAMES.get(one.code, _FINDING),
            value=one.value,
            unit=one.unit,
            kind=one.kind,
            confidence=one.confidence,
            doubtful=one.doubtful,
            box=one.box,
        )
        for one in found
    )


def checked(items: Sequence[ReadItem], values: Mapping[str, str], today: date) -> dict[str, str]:
    """What the person said, for every value that was read and no other; "" takes a value back.

    Raises `InvalidInput` naming the value: unknown, missing, no number, a day to come.
    """
    known = {item.code: item for item in items}
    for code in values:
        if code not in known:
            raise InvalidInput(field=code[:40], reason_zh="这一页没有这一项", reason_en="is not on this page")
    said = {}
    for code, item in known.items():
        if code not in values:
            raise InvalidInput(field=code, reason_zh=f"{item.name.zh}还没有确认", reason_en="is not confirmed yet")
        said[code] = _checked(item, values[code].strip(), today)
    return said


def _checked(item: ReadItem, value: str, today: date) -> str:
    if not value:
        return ""
    if item.kind == "number" and not _NUMBER.fullmatch(value):
        raise InvalidInput(field=item.code, reason_zh=f"{item.name.zh}要写数字", reason_en="is a number")
    if item.kind == "date":
        return _day(item, value, today)
    if len(value) > _LONGEST or "\x00" in value:
        raise InvalidInput(field=item.code, reason_zh="太长", reason_en="is too long")
    return value


def _day(item: ReadItem, value: str, today: date) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day > today:
        raise InvalidInput(field=item.code, reason_zh="日期不对，不能晚于今天", reason_en="is a day up to today")
    return day.isoformat()

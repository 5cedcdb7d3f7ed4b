"""Lines of print → fields of an invoice. Pure: no engine, no clock.

A value stands behind its label in the same line ("票据号码 8707257965") or in the next box to the right of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from baohe.adapters.ocr.checks import doubts_of
from baohe.adapters.ocr.contracts import Found, InvoiceReading, Line, ReadValue

LABELS: dict[str, tuple[str, ...]] = {
    "patient": ("患者姓名", "就诊人", "交款人", "购买方名称", "付款人", "姓名"),
    "date": ("就诊日期", "开票日期", "收费日期", "日期"),
    "hospital": ("医疗机构", "就诊医院", "销售方名称", "医院"),
    "total": ("金额合计", "价税合计", "费用合计", "合计金额", "总金额", "合计"),
    "social_paid": ("医保统筹基金支付", "医保统筹支付", "统筹基金支付", "统筹支付", "医保支付"),
    "self_paid": ("自费金额", "个人自费", "自费"),
    "personal": ("个人支付金额", "个人支付", "个人现金支付"),
    "number": ("票据号码", "发票号码", "票据号", "NO."),
}
"""Longer labels first: "合计" would otherwise take the place of "金额合计"."""

MONEY = ("total", "social_paid", "self_paid", "personal")
OLDEST_YEARS = 5

_AMOUNT = re.compile(r"^[¥￥]?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?(?:元)?$")
_DATE = re.compile(r"(20\d{2})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?")
_NUMBER = re.compile(r"[0-9A-Z]{6,20}")
_CONFUSED = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "，": ",", "。": ".", "．": ".", "：": "", " ": ""})


def read_fields(lines: Sequence[Line], today: date) -> InvoiceReading:
    """Find, normalise, check. `today` is the business day of the upload."""
    found = {code: _find(lines, labels) for code, labels in LABELS.items()}
    found["hospital"] = found["hospital"] or _by_ending(lines)
    plain = {code: _plain(code, hit.text) if hit else "" for code, hit in found.items()}
    doubts = doubts_of(plain, found, earliest=today - timedelta(days=365 * OLDEST_YEARS), latest=today)
    fields = tuple(
        ReadValue(
            code=code,
            value=plain[code],
            confidence=hit.line.score if (hit := found[code]) else 0,
            doubtful=code in doubts,
            suggestions=doubts.get(code, ()),
            box=hit.line.box if hit else (),
        )
        for code in LABELS
        if code != "personal"  # printed only to check the others by
    )
    recognised = sum(1 for code in ("patient", "date", "total", "hospital") if plain[code])
    return InvoiceReading(fields, tuple(lines), legible=recognised >= 2)


def _find(lines: Sequence[Line], labels: tuple[str, ...]) -> Found | None:
    for label in labels:
        for line in lines:
            squeezed = line.text.replace(" ", "").replace("：", ":").upper()
            if not squeezed.startswith(label):
                continue
            behind = squeezed[len(label) :].lstrip(":")
            if behind:
                if not _continues_the_word(label, behind):
                    start = len(line.text) - len(behind)
                    return Found(behind, _cut(line, start), tuple(i - start for i in line.faint if i >= start))
            elif (beside := _right_of(line, lines)) is not None:
                return Found(beside.text, beside, beside.faint)
    return None


def _continues_the_word(label: str, behind: str) -> bool:
    """ "医院收费票据" is a heading and "合计大写" another cell, not values of 医院 and 合计."""
    return label in ("医院", "日期", "合计", "自费") and not re.match(r"[\d¥￥(（]", behind) and len(behind) < 8


def _right_of(label: Line, lines: Sequence[Line]) -> Line | None:
    """The nearest box to the right on the same row; rows may slope a little in a photograph taken by hand."""
    height = label.box[3]
    beside = [
        line
        for line in lines
        if line.box[0] >= label.right - height // 3 and abs(line.middle - label.middle) <= height * 7 // 10
    ]
    nearest = min(beside, key=lambda line: line.box[0], default=None)
    if nearest is None or any(nearest.text.startswith(word) for words in LABELS.values() for word in words):
        return None  # the next cell is another label: this one was left blank
    return nearest


def _cut(line: Line, start: int) -> Line:
    """The part of a line behind its label, its box cut in proportion to the letters."""
    x, y, width, height = line.box
    gone = width * start // max(1, len(line.text))
    return Line(line.text[start:], line.score, (x + gone, y, width - gone, height))


def _by_ending(lines: Sequence[Line]) -> Found | None:
    for line in lines:
        words = re.findall(r"[\u4e00-\u9fff]{3,25}(?:医院|卫生院|门诊部|诊所|卫生服务中心)", line.text)
        if words:
            return Found(words[0].removeprefix("收款单位"), line)
    return None


def _plain(code: str, text: str) -> str:
    if code in MONEY:
        return amount(text)
    if code == "date":
        return iso_date(text)
    if code == "number":
        hit = _NUMBER.search(text.translate(_CONFUSED))
        return hit.group() if hit else ""
    return re.sub(r"[^\w\u4e00-\u9fff·()（）]", "", text)[:40]


def amount(text: str) -> str:
    """`"¥1,286.4"` → `"1286.40"`; empty for what is no amount."""
    hit = _AMOUNT.match(text.translate(_CONFUSED))
    if hit is None:
        return ""
    return f"{int(hit.group(1).replace(',', ''))}.{(hit.group(2) or '0').ljust(2, '0')}"


def iso_date(text: str) -> str:
    """`"2026年11月20日"` → `"2026-11-20"`; empty for what is no date."""
    hit = _DATE.search(text.translate(_CONFUSED))
    try:
        return date(*(int(part) for part in hit.groups())).isoformat() if hit else ""
    except ValueError:
        return ""

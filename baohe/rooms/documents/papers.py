"""Papers of one subject: health declaration, statements, receipts. Pure: contracts in, plain data out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from baohe.kernel.dates import SHANGHAI, business_date
from baohe.kernel.money import yuan
from baohe.rooms.documents.contracts import Paper, PaperSection
from baohe.rooms.documents.rules import seal_name, signature_svg

HEADINGS = {
    "health_declaration": ("健康告知书", "HEALTH DECLARATION"),
    "statement": ("投保声明书", "STATEMENT OF THE POLICYHOLDER"),
    "premium_receipt": ("保险费收据", "PREMIUM RECEIPT"),
    "refund_note": ("退费通知书", "REFUND NOTE"),
}
"""Code of the template → its heading in Chinese and English."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def paper_content(data: Paper) -> dict[str, Any]:
    """The data of the paper's template. Raises `KeyError` for a code that is no such paper."""
    zh, en = HEADINGS[data.code]
    day = business_date(data.issued_at)
    return {
        "title": f"{zh} {data.number}",
        "heading": zh,
        "heading-en": en,
        "number-label": data.number_label,
        "number": data.number,
        "insurer": data.insurer_name,
        "sample": data.sample,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "amount": _amount(data),
        "facts": [{"label": label, "value": value} for label, value in data.facts],
        "sections": [_section(section) for section in data.sections],
        "signer": _signer(data),
        "sealed": data.sealed,
        "seal-name": seal_name(data.insurer_name),
        "issued": f"{_moment(data.issued_at)} 出具",
        "footer": f"{data.insurer_name}　{zh}　{data.number}",
        "marks": data.marks,
    }


def capital_words(fen: int) -> str:
    """Renminbi in the capital numerals of receipts: `壹仟贰佰捌拾陆元肆角整`. `fen` is not negative and below 10^16."""
    whole, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole_words(whole)}元" if whole or not fen else ""
    if not jiao and not cents:
        return f"{words}整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif whole:
        words += "零"
    return words + (f"{_DIGITS[cents]}分" if cents else "整")


def _whole_words(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    words, gap = "", False
    for group in reversed(range(len(_GROUPS))):
        part = number // 10_000**group % 10_000
        if part == 0:
            gap = gap or bool(words)
            continue
        if words and (gap or part < 1_000):
            words += _DIGITS[0]
        words, gap = words + _group_words(part) + _GROUPS[group], False
    return words


def _group_words(part: int) -> str:
    words, gap = "", False
    for place in reversed(range(len(_PLACES))):
        digit = part // 10**place % 10
        if digit == 0:
            gap = gap or bool(words)
            continue
        words += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return words


def _amount(data: Paper) -> dict[str, str] | None:
    if data.amount_fen is None:
        return None
    return {
        "label": data.amount_label,
        "figures": f"¥{yuan(data.amount_fen)}",
        "words": capital_words(data.amount_fen),
    }


def _section(section: PaperSection) -> dict[str, Any]:
    return {
        "title": section.title,
        "paragraphs": list(section.paragraphs),
        "columns": list(section.columns),
        "header": list(section.header),
        "rows": [list(row) for row in section.rows],
        "money": section.money,
    }


def _signer(data: Paper) -> dict[str, str] | None:
    if not data.signer_label:
        return None
    signed = data.signature
    if signed is None:
        return {"label": data.signer_label, "svg": "", "note": "未手写签名；内容由本人在线确认"}
    note = f"{signed.signer_name}　签于 {_moment(signed.signed_at)}"
    return {"label": data.signer_label, "svg": _drawn(signed.strokes), "note": note}


def _drawn(strokes: Sequence[Sequence[tuple[int, int]]]) -> str:
    return signature_svg(strokes) if any(strokes) else ""


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"

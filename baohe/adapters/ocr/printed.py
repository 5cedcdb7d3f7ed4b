"""Amounts and days as papers print them → as we write them. Pure."""

from __future__ import annotations

import re
from datetime import date

CONFUSED = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "，": ",", "。": ".", "．": ".", "：": "", " ": ""})
"""Letters that stand where a figure must: the engine's usual slips."""

_AMOUNT = re.compile(r"^[¥￥]?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?(?:元)?$")
_AMOUNT_WITHIN = re.compile(r"(?<![\d.,])-?(\d{1,3}(?:,\d{3})+|\d{1,9})\.\s?(\d{2})(?![\d.%])")
_WHOLE_AMOUNT = re.compile(r"[¥￥](\d{1,3}(?:,\d{3})+|\d{1,9})(?![\d.,%])|(?<![\d.,])(\d{1,9})元")
_DATE = re.compile(r"(?<!\d)(20\d{2})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?")
_NUMERALS = {
    numeral: value
    for numerals in ("零壹贰叁肆伍陆柒捌玖", "〇一二三四五六七八九", "零一貳叄肆伍陸柒捌玖", "零弌两參肆伍陆柒捌玖")
    for value, numeral in enumerate(numerals)
}
_TENS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1_000, "千": 1_000}
_CAPITAL = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万萬亿圆元角分整正貳參陸叄]{2,}")


def amount(text: str) -> str:
    """`"¥1,286.4"` → `"1286.40"`; empty for what is no amount."""
    hit = _AMOUNT.match(text.translate(CONFUSED))
    if hit is None:
        return ""
    return f"{int(hit.group(1).replace(',', ''))}.{(hit.group(2) or '0').ljust(2, '0')}"


def amounts_in(text: str) -> list[str]:
    """Every amount with a fraction in a line, or marked as money, in its order; those below nothing left out."""
    plain = text.translate(CONFUSED)
    found = [
        (hit.start(), f"{int(hit.group(1).replace(',', ''))}.{hit.group(2)}")
        for hit in _AMOUNT_WITHIN.finditer(plain)
        if not hit.group().startswith("-")
    ]
    if not found:
        found = [
            (hit.start(), f"{int((hit.group(1) or hit.group(2)).replace(',', ''))}.00")
            for hit in _WHOLE_AMOUNT.finditer(plain)
        ]
    return [value for _, value in sorted(found)]


def money_in(text: str) -> str:
    """The amount that a cell consists of, or the first one in a cell with other words."""
    return amount(text.strip(":：")) or next(iter(amounts_in(text)), "")


def capital_amount(text: str) -> str:
    """`"壹仟贰佰捌拾陆圆肆角整"` → `"1286.40"`; empty for what is no capital amount."""
    hit = max(_CAPITAL.findall(text.replace(" ", "")), key=len, default="")
    if not hit or not re.search("[圆元角分]", hit):
        return ""
    yuan, _, rest = re.sub("[圆元]", "圆", hit).partition("圆") if re.search("[圆元]", hit) else ("", "", hit)
    whole, fen = _whole(yuan.replace("萬", "万")), 0
    for numeral, unit in re.findall(r"([^零拾佰仟万整正])([角分])", rest):
        fen += _NUMERALS.get(numeral, 0) * (10 if unit == "角" else 1)
    return f"{whole}.{fen:02d}" if whole or fen else ""


def iso_date(text: str) -> str:
    """`"2026年11月20日"` → `"2026-11-20"`; empty for what is no date."""
    hit = _DATE.search(text.translate(CONFUSED))
    return day_of(*hit.groups()) if hit else ""


def day_of(year: str, month: str, day: str) -> str:
    """The day in ISO 8601; empty where there is no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def fen_of(value: str) -> int | None:
    """Whole fen of a normalised amount; None for an empty one."""
    if not value:
        return None
    yuan, _, fen = value.partition(".")
    return int(yuan) * 100 + int(fen)


def yuan_of(fen: int) -> str:
    """`128640` → `"1286.40"`."""
    return f"{fen // 100}.{fen % 100:02d}"


def _whole(text: str) -> int:
    total = section = digit = 0
    for letter in text:
        if letter in _TENS:
            section += (digit or 1) * _TENS[letter]
            digit = 0
        elif letter in "万亿":
            total = (total + section + digit) * (10_000 if letter == "万" else 100_000_000)
            section = digit = 0
        else:
            digit = _NUMERALS.get(letter, 0)
    return total + section + digit

"""What a sentence says it cost: a hint for what comes next, never a figure of a calculation. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CURRENCIES = (
    ("USD", r"美元|美金|美刀|USD|US\$|(?<![A-Za-z])\$"),
    ("JPY", r"日元|日圆|日币|JPY|yen\b"),
    ("HKD", r"港币|港元|港纸|HKD|HK\$"),
    ("EUR", r"欧元|EUR|€|euros?\b"),
    ("GBP", r"英镑|GBP|£|pounds?\b"),
    ("THB", r"泰铢|THB|baht\b"),
    ("KRW", r"韩元|韩币|KRW"),
    ("TWD", r"台币|新台币|TWD"),
    ("SGD", r"新加坡元|新币|SGD"),
)
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = {"": 1, "百": 100, "千": 1_000, "k": 1_000, "K": 1_000, "万": 10_000, "w": 10_000, "W": 10_000}
_PLAIN = re.compile(
    rf"(?:花了?|用了?|付了?|交了?|一共|总共|共|垫了?|自费|费用|¥|￥|RMB|CNY|cost(?: me)?|paid|spent|about)\s*"
    rf"(?:大概|差不多|约|快|将近|about|around|over|RMB|¥|￥)*\s*({_FIGURE})\s*([百千kKwW万]?)"
    rf"|({_FIGURE})\s*([百千kKwW万]?)\s*(?:多|来|余|几)*\s*(?:元|块|圆|RMB|CNY|yuan|塊)"
)
_WORDS = re.compile(
    r"(?<![第十])([一二两三四五六七八九])([百千万])([一二两三四五六七八九])?(?:([百千]))?(?:多|来|余|几)?(?:元|块|圆)?"
)
_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class AmountSaid:
    """`fen` is the hint in yuan, None where none was said or it is in another `currency` (ISO 4217)."""

    fen: int | None
    currency: str = "CNY"


def amount_said(sentence: str) -> AmountSaid:
    foreign = next((code for code, words in _CURRENCIES if re.search(words, sentence)), None)
    if foreign:
        return AmountSaid(None, foreign)
    match = _PLAIN.search(sentence)
    if match:
        figure, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
        return AmountSaid(round(float(figure.replace(",", "")) * 100) * _UNIT[unit])
    words = _WORDS.search(sentence)
    return AmountSaid(_in_words(*words.groups()) * 100 if words else None)


def _in_words(first: str, unit: str, second: str | None, under: str | None) -> int:
    whole = _UNIT[unit]
    rest = _DIGITS[second] * (_UNIT[under] if under else whole // 10) if second else 0
    return _DIGITS[first] * whole + rest

"""Row keys that follow an order: ages, bands of ages, policy years."""

from __future__ import annotations

import re
from functools import lru_cache

from baohe.rooms.filings.rules.numbers import narrow

_DAYS = r"(?:出生)?(?:满)?\d{1,3}(?:天|日|个月)(?:\(含[^()]*\))?(?:以上)?"
_ONE = re.compile(r"第?(\d{1,3})(?:周岁|岁|年度末?|年末?|年交|年期|类|)")
_BAND = re.compile(r"(\d{1,3})(?:周岁|岁)?(?:\(含\))?[-~—–―－至到]+(\d{1,3})(?:周岁|岁|年度?|类)?(?:\(含\))?")
_FROM_BIRTH = re.compile(
    rf"(?:0(?:周岁|岁)?)?(?:{_DAYS}|\(含?{_DAYS}\))(?:[-~—–―－至到]+(\d{{1,3}})(?:周岁|岁)?(?:\(含\))?)?"
)
_OPEN_UP = re.compile(r"(\d{1,3})(?:周岁|岁)?(?:\(含\))?(?:及|或)?以上|[≥>](\d{1,3})(?:周岁|岁)?")
_OPEN_DOWN = re.compile(r"(\d{1,3})(?:周岁|岁)?(?:\(含\))?(?:及|或)?以下|[≤<](\d{1,3})(?:周岁|岁)?")
_WORDED = re.compile(r"\d.*(?:天|日|月|岁|年|以上|以下|以内)")
OPEN_END = 999
"""Upper end of a band without one."""


@lru_cache(maxsize=1 << 14)
def span_of(text: str) -> tuple[int, int] | None:
    """First and last number that the key covers, both inclusive; None for a key without order."""
    said = narrow(text).replace(" ", "")
    if found := _ONE.fullmatch(said):
        return int(found[1]), int(found[1])
    if found := _BAND.fullmatch(said):
        first, last = int(found[1]), int(found[2])
        return (first, last) if first <= last else None
    if found := _FROM_BIRTH.fullmatch(said):
        return 0, int(found[1] or 0)
    if found := _OPEN_UP.fullmatch(said):
        return int(found[1] or found[2]), OPEN_END
    if found := _OPEN_DOWN.fullmatch(said):
        return 0, int(found[1] or found[2])
    return None


def is_age_like(text: str) -> bool:
    """A key that can be read, with or without a place in the order."""
    return span_of(text) is not None or _WORDED.search(narrow(text)) is not None

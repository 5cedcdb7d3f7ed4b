"""Amounts and texts as the desk prints them."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from baohe.kernel.decisions import Text
from baohe.kernel.money import BASIS, yuan

register = template.Library()


@register.filter
def money(fen: int | None) -> SafeString | str:
    """`128640` → ¥1,286.40; the sign is drawn by the style sheet."""
    return "—" if fen is None else format_html('<span class="money">{}</span>', yuan(fen))


@register.filter
def plain_yuan(fen: int | None) -> str:
    """For a form field: `1286.40`."""
    return "" if fen is None else yuan(fen).replace(",", "")


@register.filter
def zh(text: Text | None) -> str:
    return text.zh if text else ""


@register.filter
def percent(rate_bp: int) -> str:
    """`9000` → 90%."""
    whole, rest = divmod(rate_bp * 100, BASIS)
    return f"{whole}%" if not rest else f"{rate_bp * 100 / BASIS:g}%"


@register.filter
def whole_percent(typed: str) -> str:
    """A loading as it was typed, in bp: `2500` → 25%. What is no number stays as it is."""
    return percent(int(typed)) if typed.isascii() and typed.isdecimal() else typed


@register.filter
def box(parts: tuple[int, ...]) -> str:
    return ",".join(str(part) for part in parts)


@register.filter
def moment(text: str) -> str:
    """`2026-11-22T10:42:31+08:00` or `2026-11-22` → 11-22 10:42 or 11-22."""
    return text[5:16].replace("T", " ")


OUTCOMES = {
    "accept": "按标准承保",
    "load": "加费承保",
    "exclude": "除外承保",
    "postpone": "延期",
    "refer": "转人工",
    "declined_by_person": "不承保",
    "offer_declined": "客户没有接受条件",
    "offer_expired": "条件过期",
    "pay": "赔付",
    "ask": "要材料",
    "refuse": "不赔",
    "correct": "更正为",
}


@register.filter
def outcome(code: str) -> str:
    return OUTCOMES[code]


_WHY = {
    "refer": "为什么转人工",
    "ask": "还差什么",
    "pay": "为什么赔",
    "refuse": "为什么不赔",
    "correct": "为什么更正",
}


@register.filter
def why(code: str) -> str:
    """The heading over the reasons of a claim's decision."""
    return _WHY[code]

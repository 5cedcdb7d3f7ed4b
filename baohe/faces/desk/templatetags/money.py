"""Amounts of the books: signed, debit and credit, ratios."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from baohe.kernel.money import yuan

register = template.Library()


@register.filter
def amount(fen: int) -> str:
    """Plain text for a picture or a sentence: ¥1,286.40."""
    return f"¥{yuan(fen)}" if fen >= 0 else f"−¥{yuan(-fen)}"


@register.filter
def signed(fen: int) -> SafeString:
    """A balance: debit plain, credit with a minus; nothing is quiet."""
    return format_html('<span class="fen{}">{}</span>', "" if fen else " nil", amount(fen))


@register.filter
def turnover(fen: int) -> SafeString | str:
    """A sum of one side; nothing moved says nothing."""
    return format_html('<span class="fen">{}</span>', amount(fen)) if fen else ""


@register.filter
def debit(fen: int) -> SafeString | str:
    return turnover(max(fen, 0))


@register.filter
def credit(fen: int) -> SafeString | str:
    return turnover(max(-fen, 0))


@register.filter
def ratio(bp: int) -> str:
    """`5037` → 50.4%."""
    return f"{bp / 100:.1f}%"

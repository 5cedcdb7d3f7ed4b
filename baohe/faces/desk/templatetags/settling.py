"""How settlement prints states and amounts to and from a party."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from baohe.kernel.money import yuan

register = template.Library()

PARTIES = {"insurer": "保险公司", "partner": "合作方", "producer": "销售人员"}
STANDINGS = {
    "open": ("待确认", ""),
    "disputed": ("有异议", "wait"),
    "agreed": ("已确认", "good"),
    "replaced": ("有新版", ""),
}
HOW = {"party": "对方确认", "desk": "对方来函确认", "silence": "到期未提异议"}
DISPUTES = {
    "open": ("等答复", "wait"),
    "answered": ("等对方", ""),
    "accepted": ("对方接受", "good"),
    "corrected": ("已更正", "good"),
    "upheld": ("维持原账", ""),
}
STEPS = {"opened": "提出异议", "answered": "答复", "accepted": "接受答复", "corrected": "更正", "upheld": "维持原账"}
ITEMS = {
    "proposed": ("待复核", ""),
    "sent": ("付款中", "wait"),
    "done": ("已到账", "good"),
    "failed": ("未付出", "bad"),
    "dropped": ("已退回", ""),
}
BATCHES = {"proposed": ("等第二人", "wait"), "approved": ("已复核", "good"), "declined": ("已退回", "")}
ACCOUNTS = {
    "proposed": ("等第二人", "wait"),
    "approved": ("在用", "good"),
    "replaced": ("已更换", ""),
    "refused": ("已退回", ""),
}
COLLECTIONS = {"open": ("等到账", "wait"), "paid": ("已到账", "good"), "closed": ("已过期", "")}
_TABLES = {
    "standing": STANDINGS,
    "dispute": DISPUTES,
    "item": ITEMS,
    "batch": BATCHES,
    "account": ACCOUNTS,
    "collection": COLLECTIONS,
}


@register.filter
def tag(code: str, table: str) -> SafeString:
    words, tone = _TABLES[table][code]
    return format_html('<span class="tag {}">{}</span>', tone, words)


@register.filter
def party_kind(code: str) -> str:
    return PARTIES[code]


@register.filter
def agreed_how(code: str) -> str:
    return HOW.get(code, "")


@register.filter
def step(code: str) -> str:
    return STEPS[code]


@register.filter
def direction(fen: int) -> SafeString | str:
    """Positive is paid to the party, negative by it: 应付 ¥120.00, 应收 ¥3.33."""
    if not fen:
        return "—"
    return format_html(
        '<span class="fen"><span class="second small">{}</span> ¥{}</span>',
        "应付" if fen > 0 else "应收",
        yuan(abs(fen)),
    )

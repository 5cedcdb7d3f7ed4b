"""What the pages of reconciliation share: their frame, and an item in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from baohe.faces.desk.frame import show
from baohe.faces.desk.money.naming import PROVIDERS
from baohe.plumbing import clock
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.contracts import ItemView

READERS = ("finance", "auditor")

STATE_NAMES = {
    "waiting": ("等次日账单", ""),
    "open": ("待分配", "wait"),
    "assigned": ("处理中", "wait"),
    "explained": ("已说明", "good"),
    "booked": ("已出账", "good"),
}
MOVEMENT_NAMES = {"payment": "收款", "refund": "退款", "payout": "付款", "": ""}


def row_of(one: ItemView) -> dict[str, Any]:
    word, tone = STATE_NAMES[one.state]
    return {
        "item": one,
        "provider": PROVIDERS[one.provider],
        "difference": reconciliation.NAMES[one.difference].zh,
        "movement": MOVEMENT_NAMES.get(one.movement, one.movement),
        "word": word,
        "tone": tone,
        "late": one.is_live and one.deadline < clock.now(),
    }


def known_day(provider: str, text: str) -> date:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if provider not in PROVIDERS:
        raise Http404
    return on


def page(request: HttpRequest, name: str, **facts: object) -> HttpResponse:
    return show(request, f"desk/money/reconciliation_{name}.html", "reconciliation", page=name, **facts)

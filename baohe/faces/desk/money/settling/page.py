"""What the pages of settlement share: their frame, who acts, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from baohe.faces.desk.frame import show
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import staff_at
from baohe.kernel.dates import add_months
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.settlement.contracts import Actor

READERS = ("finance", "auditor")
PAGE = 50
MONTHS_BACK = 24


def page(request: HttpRequest, template: str, tab: str, **facts: object) -> HttpResponse:
    may_act = staff_at(request).has("finance")
    return show(request, f"desk/money/settlement_{template}.html", "settlement", page=tab, may_act=may_act, **facts)


def actor(request: HttpRequest) -> Actor:
    staff = staff_at(request)
    return Actor(staff.id, staff.name)


def acted(request: HttpRequest, act: Callable[[], str], where: str, *args: object) -> HttpResponse:
    """Do it, say what was done, and go to `where`; a refusal says why and has changed nothing."""
    try:
        messages.success(request, act())
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    return redirect(where, *args)


def months() -> list[date]:
    """Those that are over, the newest first."""
    running = clock.today().replace(day=1)
    return [add_months(running, -back) for back in range(1, MONTHS_BACK + 1)]


def month_of(request: HttpRequest, posted: bool = False) -> date:
    """`month=2026-10` → its first day; anything else is last month."""
    try:
        return date.fromisoformat(f"{(request.POST if posted else request.GET).get('month', '')}-01")
    except ValueError:
        return months()[0]

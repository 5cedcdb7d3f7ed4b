"""Reconciliation at the desk: the calendar of days and providers, a run, its items, what stands on suspense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import show
from baohe.faces.desk.money.exports import KINDS, Cell, download, yuan
from baohe.faces.desk.money.naming import PROVIDERS
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError, NotFound
from baohe.plumbing import clock
from baohe.rooms.people import facade as people
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.contracts import ItemView, Party

READERS = ("finance", "auditor")
DAYS = 7
PAGE = 50
EXPORT_LINES = 200

STATE_NAMES = {
    "waiting": ("等次日账单", ""),
    "open": ("待分配", "wait"),
    "assigned": ("处理中", "wait"),
    "explained": ("已说明", "good"),
    "booked": ("已出账", "good"),
}
MOVEMENT_NAMES = {"payment": "收款", "refund": "退款", "payout": "付款", "": ""}
OURS_NAMES = {
    "": "没有这一笔",
    "created": "未付",
    "checking": "核对中",
    "closed": "已关闭",
    "requested": "已申请",
    "paid": "已收",
    "done": "已完成",
    "failed": "失败",
    "told": "已冲回",
}
EVENT_NAMES = {
    "found": "发现",
    "opened": "转为差异",
    "assigned": "分配给",
    "proposed": "提交出账",
    "returned": "退回出账",
    "booked": "复核出账",
    "explained": "了结",
}


@require_GET
@at_desk(*READERS)
def calendar(request: HttpRequest) -> HttpResponse:
    yesterday = clock.today() - timedelta(days=1)
    last = min(_day(request.GET.get("last", ""), yesterday), yesterday)
    first = last - timedelta(days=DAYS - 1)
    page = _number(request)
    items, total = reconciliation.items(page, PAGE, live=True)
    return _page(
        request,
        "calendar",
        days=list(reconciliation.calendar(reconciliation.PROVIDERS, first, last).items()),
        providers=[PROVIDERS[code] for code in reconciliation.PROVIDERS],
        items=[_row(one) for one in items],
        total=total,
        number=page,
        more=page * PAGE < total,
        earlier=first - timedelta(days=1),
        later=None if last >= yesterday else min(last + timedelta(days=DAYS), yesterday),
    )


@require_GET
@at_desk(*READERS)
def day(request: HttpRequest, provider: str, text: str) -> HttpResponse:
    """One provider's day: both sums, the digest of the bill, its differences, ended ones too."""
    on, page = _known_day(provider, text), _number(request)
    items, total = reconciliation.items(page, PAGE, provider=provider, day=on)
    return _page(
        request,
        "day",
        run=reconciliation.current_run(provider, on),
        provider=provider,
        provider_name=PROVIDERS[provider],
        day=on,
        items=[_row(one) for one in items],
        total=total,
        number=page,
        more=page * PAGE < total,
    )


@require_GET
@at_desk(*READERS)
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    found = _found(item_id)
    staff = staff_at(request)
    bookings = reconciliation.bookings(item_id)
    waiting = next((one for one in bookings if one.outcome is None), None)
    return _page(
        request,
        "item",
        item=found,
        row=_row(found),
        ours_state=OURS_NAMES.get(found.ours_state, found.ours_state),
        history=[(event, EVENT_NAMES.get(event.what, event.what)) for event in reconciliation.history(item_id)],
        booking=waiting,
        may_act=staff.has("finance") and found.is_live,
        is_maker=waiting is not None and waiting.made_by.id == staff.id,
        colleagues=people.staff_with_role("finance") if staff.has("finance") else [],
    )


@require_GET
@at_desk(*READERS)
def suspense(request: HttpRequest) -> HttpResponse:
    page = _number(request)
    told = []
    for code in reconciliation.PROVIDERS:
        items, total = reconciliation.standing(code, page, PAGE)
        told.append((PROVIDERS[code], reconciliation.suspense(code), [_row(one) for one in items], total))
    longest = max(total for *_, total in told)
    return _page(request, "suspense", told=told, number=page, more=page * PAGE < longest)


@require_GET
@at_desk(*READERS)
def items_file(request: HttpRequest, kind: str) -> HttpResponse | FileResponse:
    """Items of one day (`provider` and `day`), or all live ones."""
    if kind not in KINDS:
        raise Http404
    provider, text = request.GET.get("provider", ""), request.GET.get("day", "")
    chosen: dict[str, Any] = {"live": True}
    if provider and text:
        chosen = {"provider": provider, "day": _known_day(provider, text)}
    head = (
        "渠道",
        "账单日",
        "差异",
        "类型",
        "我方单号",
        "渠道流水",
        "渠道金额",
        "我方金额",
        "差额",
        "待查账上",
        "状态",
        "负责人",
        "期限",
        "结果",
    )
    name = f"reconciliation-{provider}-{text}" if "day" in chosen else f"reconciliation-open-{clock.today()}"
    return download(kind, name, head, _file_rows(chosen))


@require_POST
@at_desk("finance")
def assign(request: HttpRequest, item_id: UUID) -> HttpResponse:
    owner = next((one for one in people.staff_with_role("finance") if f"{one.id}" == request.POST.get("owner")), None)
    if owner is None:
        raise Http404
    return _done(request, item_id, "已分配", lambda me: reconciliation.assign(item_id, Party(owner.id, owner.name), me))


@require_POST
@at_desk("finance")
def explain(request: HttpRequest, item_id: UUID) -> HttpResponse:
    text = request.POST.get("text", "")
    return _done(request, item_id, "已了结", lambda me: reconciliation.explain(item_id, text, me))


@require_POST
@at_desk("finance")
def propose(request: HttpRequest, item_id: UUID) -> HttpResponse:
    text = request.POST.get("text", "")
    return _done(request, item_id, "已提交，等另一位财务复核", lambda me: reconciliation.propose(item_id, text, me))


@require_POST
@at_desk("finance")
def decide(request: HttpRequest, item_id: UUID, booking_id: UUID) -> HttpResponse:
    confirm = request.POST.get("word") == "confirm"
    if all(one.id != booking_id for one in reconciliation.bookings(item_id)):
        raise Http404
    text = request.POST.get("text", "")
    said = "已出账" if confirm else "已退回"
    return _done(request, item_id, said, lambda me: reconciliation.decide(booking_id, me, confirm=confirm, text=text))


def _done(request: HttpRequest, item_id: UUID, said: str, act: Any) -> HttpResponse:
    staff = staff_at(request)
    try:
        act(Party(staff.id, staff.name))
    except NotFound:
        raise Http404 from None
    except BaoheError as refusal:
        messages.error(request, f"{refusal.message_zh}。{refusal.next_zh}")
    else:
        messages.success(request, said)
    return redirect("desk:reconciliation-item", item_id)


def _row(one: ItemView) -> dict[str, Any]:
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


def _file_rows(chosen: dict[str, Any]) -> Iterator[Sequence[Cell]]:
    page, left = 1, True
    while left:
        items, total = reconciliation.items(page, EXPORT_LINES, **chosen)
        for one in items:
            row = _row(one)
            yield (
                row["provider"],
                f"{one.day}",
                row["difference"],
                row["movement"],
                one.number,
                one.trade_no,
                "" if one.bill_fen is None else yuan(one.bill_fen),
                "" if one.ours_fen is None else yuan(one.ours_fen),
                yuan(one.diff_fen),
                yuan(one.standing_fen),
                row["word"],
                one.owner.name if one.owner else "",
                f"{one.deadline:%Y-%m-%d}",
                one.resolution,
            )
        left, page = page * EXPORT_LINES < total, page + 1


def _found(item_id: UUID) -> ItemView:
    try:
        return reconciliation.item(item_id)
    except NotFound:
        raise Http404 from None


def _known_day(provider: str, text: str) -> date:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if provider not in PROVIDERS:
        raise Http404
    return on


def _page(request: HttpRequest, page: str, **facts: object) -> HttpResponse:
    return show(request, f"desk/money/reconciliation_{page}.html", "reconciliation", page=page, **facts)


def _day(text: str, otherwise: date) -> date:
    try:
        return max(date.fromisoformat(text), date(2000, 1, 1))
    except ValueError:
        return otherwise


def _number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000 else 1

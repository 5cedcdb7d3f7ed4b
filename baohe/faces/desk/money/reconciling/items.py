"""One difference: its history, who has it, and what two people make of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.claim_money import HOW_NAMES
from baohe.faces.desk.money.reconciling.page import READERS, page, row_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError, NotFound
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.facade import ExpectedRecovery
from baohe.rooms.people import facade as people
from baohe.rooms.reconciliation import facade as reconciliation
from baohe.rooms.reconciliation.contracts import ItemView, Party

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
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    found = _found(item_id)
    staff = staff_at(request)
    bookings = reconciliation.bookings(item_id)
    waiting = next((one for one in bookings if one.outcome is None), None)
    return page(
        request,
        "item",
        item=found,
        row=row_of(found),
        ours_state=OURS_NAMES.get(found.ours_state, found.ours_state),
        history=[(event, EVENT_NAMES.get(event.what, event.what)) for event in reconciliation.history(item_id)],
        recoveries=_recoveries(found),
        booking=waiting,
        may_act=staff.has("finance") and found.is_live,
        is_maker=waiting is not None and waiting.made_by.id == staff.id,
        colleagues=people.staff_with_role("finance") if staff.has("finance") else [],
    )


def _recoveries(item: ItemView) -> list[tuple[ExpectedRecovery, str]]:
    """Money that named nobody may be a third party's insurer's: open recoveries of just that sum, in words."""
    nameless = item.is_live and item.difference == "provider_only" and item.movement == "payment" and not item.number
    if not nameless or item.provider != claims.RECOVERIES_AT or item.bill_currency != "CNY":
        return []
    return [(one, HOW_NAMES[one.kind]) for one in claims.recoveries_expecting(item.bill_fen or 0)]


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
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)
    return redirect("desk:reconciliation-item", item_id)


def _found(item_id: UUID) -> ItemView:
    try:
        return reconciliation.item(item_id)
    except NotFound:
        raise Http404 from None

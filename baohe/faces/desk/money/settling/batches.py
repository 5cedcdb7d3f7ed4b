"""Payment in batches: one person of finance makes them, another lets them go."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.money.settling.page import (
    PAGE,
    READERS,
    acted,
    actor,
    month_of,
    months,
    page,
)
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.flows import pay_settlement
from baohe.kernel.errors import BaoheError
from baohe.rooms.payments import facade as payments
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import ItemView

VERBS = ("approve", "decline")
_ON_THE_WAY = {"requested": "等银行受理", "checking": "等银行确认"}


@require_GET
@at_desk(*READERS)
def queue(request: HttpRequest) -> HttpResponse:
    chosen, number = month_of(request), number_of(request)
    found, total = settlement.batches(number, PAGE)
    candidates = settlement.candidates(chosen)
    return page(
        request,
        "batches",
        "batches",
        batches=found,
        candidates=candidates,
        ready_fen=sum(one.due_fen for one in candidates if not one.obstacle),
        month=chosen,
        months=months(),
        number=number,
        more=number * PAGE < total,
    )


@require_POST
@at_desk("finance")
def make(request: HttpRequest) -> HttpResponse:
    try:
        chosen = [UUID(text) for text in request.POST.getlist("statement")]
        made = settlement.make_batch(month_of(request, posted=True), chosen, actor(request))
    except (BaoheError, ValueError) as refusal:
        told = sentence(refusal) if isinstance(refusal, BaoheError) else "请重新选择"
        messages.error(request, told)
        return redirect("desk:settlement-batches")
    messages.success(request, "已提交，等另一位财务复核")
    return redirect("desk:settlement-batch", made.id)


@require_GET
@at_desk(*READERS)
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    one = settlement.batch(batch_id)
    return page(
        request,
        "batch",
        "batches",
        one=one,
        items=[(item, _progress(item)) for item in settlement.items(batch_id)],
        is_maker=one.made_by == staff_at(request).id,
    )


@require_POST
@at_desk("finance")
def decide(request: HttpRequest, batch_id: UUID, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404

    def act() -> str:
        if verb == "approve":
            return f"已复核，{pay_settlement.approve(batch_id, actor(request))} 笔转账发往银行"
        settlement.decline_batch(batch_id, request.POST.get("reason", ""), actor(request))
        return "已退回经办人"

    return acted(request, act, "desk:settlement-batch", batch_id)


def _progress(item: ItemView) -> str:
    """Of a payment on its way: what the bank has said so far."""
    if item.state != "sent":
        return ""
    payout = payments.payout(item.natural_key, pay_settlement.SHARD)
    return _ON_THE_WAY.get(payout.state, "入账中") if payout is not None else ""

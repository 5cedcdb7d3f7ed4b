"""What parties dispute: the nearest deadline first, and each with its whole history."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.money.settling.page import PAGE, READERS, acted, actor, page
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.session import at_desk
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import Actor

VERBS = ("answer", "accept", "correct", "uphold")


@require_GET
@at_desk(*READERS)
def queue(request: HttpRequest) -> HttpResponse:
    number, every = number_of(request), request.GET.get("all") == "1"
    found, total = settlement.disputes(number, PAGE, undecided=not every)
    return page(
        request,
        "disputes",
        "disputes",
        disputes=found,
        total=total,
        every=every,
        number=number,
        more=number * PAGE < total,
    )


@require_GET
@at_desk(*READERS)
def dispute(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    one = settlement.dispute(dispute_id)
    return page(request, "dispute", "disputes", one=one, statement=settlement.statement(one.statement_id))


@require_POST
@at_desk("finance")
def act(request: HttpRequest, dispute_id: UUID, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    text, by = request.POST.get("text", ""), actor(request)

    def do() -> str:
        if verb == "answer":
            settlement.answer(dispute_id, text, by)
            return "已答复，等对方接受"
        if verb == "accept":
            party = settlement.dispute(dispute_id).party.name
            settlement.accept(dispute_id, Actor(by.id, f"{by.name}（代{party}）"[:80]))
            return "已记下对方接受"
        if verb == "correct":
            _, told = settlement.correct(dispute_id, text, by)
            return f"已出第 {told.edition} 版，差额请在本月冲正，随下一张对账单结算"
        settlement.uphold(dispute_id, text, by)
        return "已维持原账"

    return acted(request, do, "desk:settlement-dispute", dispute_id)

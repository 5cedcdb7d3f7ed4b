"""参数理赔: where the machine stopped or the sources are apart, two handlers decide, each under their own name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.parametric.waiting import READERS
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.flows import settle_parametric
from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog.contracts import MEASURES
from baohe.rooms.parametric import facade as parametric

PAGE = 20
LATEST = 5
HANDLER = "claims_handler"
WHY = {
    "apart": "数据源说法不一",
    "silent": "窗口已过，说话的不够",
    "stopped": "数据源被熔断",
}
STATES = {
    "waiting": ("等数据", ""),
    "people": ("等人核定", "wait"),
    "agreed": ("赔付中", ""),
    "settled": ("已赔付", "good"),
    "nothing": ("不需赔付", "good"),
}
REASONS = {
    "stale": "没有心跳",
    "equivocates": "同一序号两种说法",
    "claims": "一小时件数到上限",
    "money": "一小时金额到上限",
}
KINDS = {"customer": "客户异议", "late": "事后上报", "correction": "数据更正"}


@require_GET
@at_desk(*READERS)
def overview(request: HttpRequest) -> HttpResponse:
    number = number_of(request)
    waiting = parametric.observations(1, LATEST, "waiting")
    people, disputes = parametric.observations(number, PAGE), parametric.disputes(number, PAGE)
    return show(
        request,
        "desk/parametric/overview.html",
        "parametric",
        sources=[(one, REASONS.get(one.stopped, one.stopped), _measured(one.measures)) for one in parametric.sources()],
        breakers=[(one, REASONS[one.reason]) for one in parametric.breakers()],
        people=[(one, WHY[one.why]) for one in people.items],
        disputes=[(one, what, KINDS[one.kind]) for one, what in disputes.items],
        paused=parametric.observations(1, PAGE, "agreed"),
        settled=parametric.observations(1, LATEST, "settled").items,
        waiting=sorted(waiting.items, key=lambda one: (one.what.zh, one.name.zh)),
        all_waiting=waiting.total,
        number=number,
        more=number * PAGE < max(people.total, disputes.total),
        may_decide=staff_at(request).has(HANDLER),
    )


@require_GET
@at_desk(*READERS)
def observation(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    found, staff = parametric.observation(observation_id), staff_at(request)
    words = dict(found.choices)
    disputed = any(one.answered_at is None for one in found.disputes)
    return show(
        request,
        "desk/parametric/observation.html",
        "parametric",
        one=found,
        reports=sorted(found.reports, key=lambda line: line.source),
        state=STATES[found.state],
        why=WHY.get(found.why, ""),
        outcomes=[(line, words[line.event]) for line in found.outcomes],
        ruled=words[found.ruling.event] if found.ruling else None,
        disputes=[(line, KINDS[line.kind]) for line in found.disputes],
        may_propose=staff.has(HANDLER) and found.ruling is None and (found.state == "people" or disputed),
        may_confirm=staff.has(HANDLER) and found.ruling is not None and found.ruling.maker_id != staff.id,
    )


@require_POST
@at_desk(HANDLER)
def propose(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    event, note = request.POST.get("event", ""), request.POST.get("note", "")
    return _do(
        request,
        lambda who: settle_parametric.propose(who, observation_id, event, note),
        "已提出，等另一位理赔员确认",
        redirect("desk:parametric-observation", observation_id),
    )


@require_POST
@at_desk(HANDLER)
def confirm(request: HttpRequest, ruling_id: UUID) -> HttpResponse:
    return _do(request, lambda who: settle_parametric.confirm(who, ruling_id), "已核定")


@require_POST
@at_desk(HANDLER)
def give_back(request: HttpRequest, ruling_id: UUID) -> HttpResponse:
    return _do(request, lambda who: settle_parametric.give_back(who, ruling_id), "已退回")


@require_POST
@at_desk(HANDLER)
def ask_reopen(request: HttpRequest, breaker_id: UUID) -> HttpResponse:
    return _do(request, lambda who: settle_parametric.ask_reopen(who, breaker_id), "已提出恢复，等另一位理赔员确认")


@require_POST
@at_desk(HANDLER)
def reopen(request: HttpRequest, breaker_id: UUID) -> HttpResponse:
    return _do(request, lambda who: settle_parametric.reopen(who, breaker_id), "已恢复，停下的接着办")


def _measured(measures: Iterable[str]) -> str:
    return "、".join(MEASURES[one].words.zh for one in measures)


def _do(
    request: HttpRequest, act: Callable[[UUID], object], said: str, then: HttpResponse | None = None
) -> HttpResponse:
    try:
        act(staff_at(request).id)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)
    return then or redirect("desk:parametric")

"""Commission at the desk: who is registered, under which terms, what they earned, and what is still to come."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import show
from baohe.faces.desk.money import due_chart
from baohe.faces.desk.money.commission_forms import KIND_NAMES, EndForm, ProducerForm, ScheduleForm
from baohe.faces.desk.money.naming import Names
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import ScheduleView

READERS = ("finance", "auditor")
PAGE = 50
_SHELF = 200

STATE_NAMES = {
    "proposed": ("待批准", "wait"),
    "registered": ("在册", "good"),
    "not_yet": ("未生效", "wait"),
    "ended": ("已注销", ""),
    "refused": ("未批准", "bad"),
    "approved": ("已批准", "good"),
}
REASON_NAMES = {
    "accrued": "收到保费",
    "earned": "递延到期",
    "refunded": "退保费扣回",
    "cancelled": "退保扣回",
    "endorsed": "批改减费扣回",
    "lapsed": "未续交终止扣回",
}


@require_GET
@at_desk(*READERS)
def producers(request: HttpRequest) -> HttpResponse:
    return _producers(request, ProducerForm(initial={"first_day": clock.today()}))


@require_POST
@at_desk("finance")
def add(request: HttpRequest) -> HttpResponse:
    form = ProducerForm(request.POST)
    if not form.is_valid():
        return _producers(request, form, status=422)
    try:
        commission.propose_producer(_me(request), **form.cleaned_data)
    except BaoheError as refusal:
        form.add_error(None, refusal.message_zh)
        return _producers(request, form, status=refusal.status)
    messages.success(request, "已提出登记，等另一位财务批准")
    return redirect("desk:commission")


@require_GET
@at_desk(*READERS)
def account(request: HttpRequest, producer_id: UUID) -> HttpResponse:
    return _account(request, producer_id, EndForm(initial={"last_day": clock.today()}))


@require_POST
@at_desk("finance")
def end(request: HttpRequest, producer_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _account(request, producer_id, form, status=422)
    said = form.cleaned_data
    return _done(
        request,
        lambda: commission.propose_end(_me(request), producer_id, said["last_day"], said["reason"]),
        "已提出注销，等另一位财务批准",
        "commission",
    )


@require_POST
@at_desk("finance")
def decide_change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    approve = request.POST.get("decision") == "approve"
    said = "已批准，登记册已更新" if approve else "没有批准"
    return _done(request, lambda: commission.decide_change(_me(request), change_id, approve), said, "commission")


@require_GET
@at_desk(*READERS)
def schedules(request: HttpRequest) -> HttpResponse:
    return _schedules(request, ScheduleForm(initial={"valid_from": clock.today()}))


@require_POST
@at_desk("finance")
def set_schedule(request: HttpRequest) -> HttpResponse:
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _schedules(request, form, status=422)
    try:
        commission.propose_schedule(
            _me(request),
            scope_kind=form.scope_kind,
            scope=form.cleaned_data["scope"],
            valid_from=form.cleaned_data["valid_from"],
            terms=form.terms(),
            pay_from=form.cleaned_data["pay_from"],
            pay_until=form.cleaned_data["pay_until"],
        )
    except BaoheError as refusal:
        form.add_error(None, sentence(refusal))
        return _schedules(request, form, status=refusal.status)
    messages.success(request, "已提出，等另一位财务批准")
    return redirect("desk:commission-schedules")


@require_POST
@at_desk("finance")
def decide_schedule(request: HttpRequest, schedule_id: UUID) -> HttpResponse:
    approve = request.POST.get("decision") == "approve"
    said = "已批准，从生效日起的新单按它计佣" if approve else "没有批准"
    return _done(
        request, lambda: commission.decide_schedule(_me(request), schedule_id, approve), said, "commission-schedules"
    )


@require_GET
@at_desk(*READERS)
def deferred(request: HttpRequest) -> HttpResponse:
    months = commission.calendar(clock.today().replace(day=1))
    return _page(
        request,
        "deferred",
        months=months,
        chart=due_chart.draw(months),
        platform_fen=sum(one.platform_fen for one in months),
        producer_fen=sum(one.producer_fen for one in months),
    )


def _producers(request: HttpRequest, form: ProducerForm, status: int = 200) -> HttpResponse:
    page = number_of(request)
    found, total = commission.accounts(page, PAGE)
    names = Names()
    me = staff_at(request)
    return _page(
        request,
        "producers",
        status,
        form=form,
        rows=[
            (
                one,
                KIND_NAMES[one.producer.kind],
                _affiliation(names, one.producer.affiliation),
                _state(one.producer.state),
            )
            for one in found
        ],
        changes=[(change, change.proposed_by != me.id) for change in commission.open_changes()],
        number=page,
        more=page * PAGE < total,
    )


def _account(request: HttpRequest, producer_id: UUID, form: EndForm, status: int = 200) -> HttpResponse:
    page, names = number_of(request), Names()
    try:
        found = commission.account(producer_id, page, PAGE)
    except NotFound as refusal:
        messages.error(request, refusal.message_zh)
        return redirect("desk:commission")
    producer = found.account.producer
    return _page(
        request,
        "account",
        status,
        form=form,
        found=found,
        producer=producer,
        kind=KIND_NAMES[producer.kind],
        state=_state(producer.state),
        affiliation=_affiliation(names, producer.affiliation),
        lines=[(move, REASON_NAMES[move.reason], names.owner(move.insurer)) for move in found.items],
        more=found.page * found.size < found.total,
        may_end=producer.valid_from is not None and producer.valid_until is None,
    )


def _schedules(request: HttpRequest, form: ScheduleForm, status: int = 200) -> HttpResponse:
    page = number_of(request)
    found, total = commission.schedules(page, PAGE)
    me, shelf = staff_at(request), _shelf()
    names = {entry.version_id: f"{entry.name_zh} {entry.version}" for entry in shelf}
    return _page(
        request,
        "schedules",
        status,
        form=form,
        rows=[(one, _scope_name(one, names), _state(one.state), one.proposed_by != me.id) for one in found],
        caps=[(entry, names[entry.version_id], catalog.version(entry.version_id).commission_bp) for entry in shelf],
        lines=sorted({entry.line: catalog.line_name(entry.line).zh for entry in shelf}.items()),
        number=page,
        more=page * PAGE < total,
    )


def _shelf() -> list[catalog.ShelfEntry]:
    """What may still be sold, of the first versions of the shelf: suggestions. A form takes any version by its id."""
    today = clock.today()
    return [entry for entry in catalog.shelf(1, _SHELF)[0] if entry.last_day is None or entry.last_day >= today]


def _scope_name(one: ScheduleView, names: dict[str, str]) -> str:
    if one.scope_kind == "line":
        return f"{catalog.line_name(one.scope).zh}（整个险种）"
    return names.get(one.scope, one.scope)


def _done(request: HttpRequest, act: Callable[[], object], said: str, back: str) -> HttpResponse:
    try:
        act()
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)
    return redirect(f"desk:{back}")


def _page(request: HttpRequest, page: str, status: int = 200, **facts: object) -> HttpResponse:
    may_write = staff_at(request).has("finance")
    template = f"desk/money/commission_{page}.html"
    return show(request, template, "commission", status, page=page, may_write=may_write, **facts)


def _me(request: HttpRequest) -> tuple[UUID, str]:
    staff = staff_at(request)
    return staff.id, staff.name


def _state(code: str) -> tuple[str, str]:
    return STATE_NAMES[code]


def _affiliation(names: Names, code: str) -> str:
    return "保和平台" if code == "platform" else names.owner(code)

"""The queue, one match with both people side by side, and the decision under one's own name."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError
from baohe.rooms.identification import facade as identification
from baohe.rooms.people import facade as people

READERS = ("compliance", "auditor")
PAGE = 20
HOW_NAMES = {"exact": "姓名、出生日期一致", "sound": "读音、出生日期一致", "near": "姓名或读音一致，出生日期相近或未知"}
STATE_NAMES = {"open": "待核查", "proposed": "等第二人复核", "confirmed": "已确认", "cleared": "已排除"}
WHAT_NAMES = {"found": "比中", "proposed": "提议确认", "confirmed": "复核确认", "cleared": "排除"}
_ANSWERS = {
    "clear": (identification.clear_hit, "已排除，这位客户可以继续"),
    "propose": (identification.propose_hit, "已提议确认，等另一位合规专员复核"),
    "confirm": (identification.confirm_hit, "已复核确认，请按内部规程上报"),
}


class DecisionForm(forms.Form):
    answer = forms.ChoiceField(choices=[(name, name) for name in _ANSWERS])
    reason = forms.CharField(label="理由", max_length=200)


class CheckForm(forms.Form):
    passed = forms.ChoiceField(label="结论", choices=(("yes", "是本人"), ("no", "不能确认")), widget=forms.RadioSelect)
    note = forms.CharField(label="怎样核实的", max_length=200)


@require_GET
@at_desk(*READERS)
def queue(request: HttpRequest) -> HttpResponse:
    staff, number = staff_at(request), number_of(request)
    hits, hit_count = identification.hits(number, PAGE)
    checks, check_count = identification.checks(number, PAGE)
    actor = f"staff:{staff.id}"
    return show(
        request,
        "desk/compliance.html",
        "compliance",
        hits=[(one, HOW_NAMES[one.how], STATE_NAMES[one.state]) for one in hits],
        checks=[
            (one, people.person(one.account_id, one.person_id, actor, "check_by_person"), CheckForm(auto_id=False))
            for one in checks
        ],
        current=identification.current_list(),
        more=number * PAGE < max(hit_count, check_count),
        number=number,
        may_decide=staff.has("compliance"),
    )


@require_GET
@at_desk(*READERS)
def hit(request: HttpRequest, hit_id: UUID) -> HttpResponse:
    return _hit_page(request, hit_id)


@require_POST
@at_desk("compliance")
def decide(request: HttpRequest, hit_id: UUID) -> HttpResponse:
    staff, form = staff_at(request), DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请写明理由，最多 200 字")
        return _hit_page(request, hit_id, status=422)
    act, said = _ANSWERS[form.cleaned_data["answer"]]
    try:
        act(hit_id, staff.id, staff.name, form.cleaned_data["reason"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _hit_page(request, hit_id, status=refusal.status)
    messages.success(request, said)
    return redirect("desk:compliance")


@require_POST
@at_desk("compliance")
def end_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    staff, form = staff_at(request), CheckForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选结论，并写明怎样核实的")
        return redirect("desk:compliance")
    passed = form.cleaned_data["passed"] == "yes"
    try:
        identification.end_check(check_id, staff.id, staff.name, passed, form.cleaned_data["note"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, "已记下结论，客户可以继续" if passed else "已记下：不能确认是本人")
    return redirect("desk:compliance")


def _hit_page(request: HttpRequest, hit_id: UUID, status: int = 200) -> HttpResponse:
    staff = staff_at(request)
    found = identification.hit(hit_id)
    person = people.person(found.account_id, found.person_id, f"staff:{staff.id}", "screening_hit")
    mine = found.proposed_by == staff.id
    return show(
        request,
        "desk/compliance_hit.html",
        "compliance",
        status=status,
        hit=found,
        how=HOW_NAMES[found.how],
        state=STATE_NAMES[found.state],
        history=[(line, WHAT_NAMES[line.what]) for line in found.events],
        person=person,
        may_propose=staff.has("compliance") and found.state == "open",
        may_second=staff.has("compliance") and found.state == "proposed" and not mine,
        mine=mine,
    )

"""Call-backs at the desk: whose deadline is near, and recording a call under one's own name (SALE-10)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.care.waiting import CALLERS
from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.flows import call_back as flow
from baohe.kernel.errors import BaoheError
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.call_backs.contracts import NOT_REACHED, UNCLEAR, UNDERSTOOD
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies

PAGE = 20
STATES = {
    "open": ("待回访", ""),
    "urgent": ("快到期", "wait"),
    "overdue": ("已过期", "bad"),
    "to_explain": ("要解释", "wait"),
    "done": ("已完成", "good"),
    "dropped": ("保单已终止", ""),
}
OUTCOMES = {UNDERSTOOD: "都清楚", UNCLEAR: "有不清楚的", NOT_REACHED: "没打通"}


class CallForm(forms.Form):
    """`unclear` is filled for one outcome alone; the room checks again."""

    outcome = forms.ChoiceField(label="结果", choices=(("", "请选"), *OUTCOMES.items()))
    unclear = forms.MultipleChoiceField(label="不清楚的", required=False, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(label="经过", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, questions: tuple[tuple[str, str], ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unclear"].choices = questions  # type: ignore[attr-defined]


@require_GET
@at_desk(*CALLERS)
def queue(request: HttpRequest) -> HttpResponse:
    page = call_backs.waiting(page=number_of(request), size=PAGE)
    known = {policy.id: policy for policy in policies.policies_by_ids([one.policy_id for one in page.items])}
    rows = [(one, known[one.policy_id], catalog.version(one.version_id).name, STATES[one.state]) for one in page.items]
    more = page.page * PAGE < page.total
    return show(request, "desk/care/call_backs.html", "call_backs", page=page, rows=rows, more=more)


@require_GET
@at_desk(*CALLERS)
def call_back(request: HttpRequest, call_back_id: UUID) -> HttpResponse:
    return _file_page(request, call_back_id)


@require_POST
@at_desk("service")
def record(request: HttpRequest, call_back_id: UUID) -> HttpResponse:
    form = CallForm(_choices(call_back_id), request.POST)
    if not form.is_valid():
        return _file_page(request, call_back_id, form, status=422)
    said = form.cleaned_data
    try:
        flow.record_call(staff_at(request).id, call_back_id, said["outcome"], tuple(said["unclear"]), said["note"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _file_page(request, call_back_id, form, status=refusal.status)
    messages.success(request, "已记下这次回访")
    return redirect("desk:call-backs")


def _choices(call_back_id: UUID) -> tuple[tuple[str, str], ...]:
    one = call_backs.by_id(call_back_id)
    contract = flow.contract_of(policies.policy_by_id(one.policy_id), one.last_day)
    return tuple((question.code, question.text.zh) for question in call_backs.questions(contract))


def _file_page(
    request: HttpRequest, call_back_id: UUID, form: CallForm | None = None, status: int = 200
) -> HttpResponse:
    """Opening it shows the telephone to who may call; the read is logged."""
    staff = staff_at(request)
    one = call_backs.by_id(call_back_id)
    policy = policies.policy_by_id(one.policy_id)
    questions = _choices(call_back_id)
    may_call = one.waits and staff.has("service")
    phone = people.phone_of(one.account_id, f"staff:{staff.id}", "call_back") if may_call else None
    names = dict(questions)
    return show(
        request,
        "desk/care/call_back.html",
        "call_backs",
        status=status,
        one=one,
        policy=policy,
        product=catalog.version(one.version_id),
        state=STATES[one.state],
        questions=questions,
        history=[
            (line, OUTCOMES[line.outcome], [names[code] for code in line.unclear if code in names])
            for line in one.answered
        ],
        phone=phone,
        may_call=may_call,
        form=form or CallForm(questions),
    )

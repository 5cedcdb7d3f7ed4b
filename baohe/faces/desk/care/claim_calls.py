"""Who asked to be called about a claim they could not report themselves. Staff call; nothing is decided here."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.care.waiting import CLAIM_CALLERS
from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError
from baohe.rooms.claims import facade as claims
from baohe.rooms.people import facade as people

PAGE = 20
REASONS = {"no_policy": "名下没有保单", "no_fit": "没有合适的保单", "talk": "想找人说"}
OUTCOMES = {"explained": "已说明", "reported": "已报案", "not_reached": "多次未接通"}


class EndForm(forms.Form):
    outcome = forms.ChoiceField(label="结果", choices=(("", "请选"), *OUTCOMES.items()))
    note = forms.CharField(label="经过", min_length=2, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


@require_GET
@at_desk(*CLAIM_CALLERS)
def queue(request: HttpRequest) -> HttpResponse:
    number = number_of(request)
    found, total = claims.calls_asked(number, PAGE)
    rows = [(one, REASONS[one.reason]) for one in found]
    more = number * PAGE < total
    return show(request, "desk/care/claim_calls.html", "claim_calls", rows=rows, total=total, number=number, more=more)


@require_GET
@at_desk(*CLAIM_CALLERS)
def file(request: HttpRequest, call_id: UUID) -> HttpResponse:
    return _file_page(request, call_id)


@require_POST
@at_desk(*claims.ANSWERING)
def end(request: HttpRequest, call_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _file_page(request, call_id, form, status=422)
    said = form.cleaned_data
    try:
        claims.end_call(staff_at(request).id, call_id, said["outcome"], said["note"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _file_page(request, call_id, form, status=refusal.status)
    messages.success(request, "已办结")
    return redirect("desk:claim-calls")


def _file_page(request: HttpRequest, call_id: UUID, form: EndForm | None = None, status: int = 200) -> HttpResponse:
    """Opening it shows the telephone to who may call; the read is logged."""
    staff = staff_at(request)
    one = claims.call_asked(call_id)
    may_act = one.ended_at is None and staff.has(*claims.ANSWERING)
    phone = people.phone_of(one.account_id, f"staff:{staff.id}", "claim_call") if may_act else None
    return show(
        request,
        "desk/care/claim_call.html",
        "claim_calls",
        status=status,
        one=one,
        reason=REASONS[one.reason],
        outcome=OUTCOMES.get(one.outcome, ""),
        phone=phone,
        may_act=may_act,
        form=form or EndForm(),
    )

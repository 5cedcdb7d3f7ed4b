"""Who has a claim: take it, hand it over, be away; and the picture of everybody's work."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk import work_chart
from baohe.faces.desk.frame import show
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import AGES


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因，留在案件里", min_length=2, max_length=200)


class HandOverForm(ReasonForm):
    to = forms.UUIDField(label="交给", widget=forms.Select)


class LeaveForm(forms.Form):
    first_day = forms.DateField(label="从", widget=forms.DateInput({"type": "date"}))
    last_day = forms.DateField(label="到（含）", widget=forms.DateInput({"type": "date"}))
    deputy_id = forms.UUIDField(label="代理人", widget=forms.Select)


def hand_over_form(me: UUID) -> HandOverForm:
    form = HandOverForm(auto_id="hand_%s")
    form.fields["to"].widget.choices = _others(me, here=True)  # type: ignore[attr-defined]
    return form


@require_POST
@at_desk("claims_handler")
def take(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    return _act(
        request,
        form,
        lambda: claims.take_claim(staff_at(request).id, claim_id, form.cleaned_data["reason"]),
        "这件理赔现在由你经办",
        redirect("desk:claim", claim_id=claim_id),
    )


@require_POST
@at_desk("claims_handler")
def hand_over(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    form = HandOverForm(request.POST)
    return _act(
        request,
        form,
        lambda: claims.hand_over(staff_at(request).id, claim_id, form.cleaned_data["to"], form.cleaned_data["reason"]),
        "已转交",
        redirect("desk:claim", claim_id=claim_id),
    )


@require_POST
@at_desk("claims_handler")
def told(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    return _act(
        request,
        forms.Form(request.POST),
        lambda: claims.told_by_hand(staff_at(request).id, claim_id),
        "已记下：客户已知道结论和理由",
        redirect("desk:claim", claim_id=claim_id),
    )


@require_GET
@at_desk("claims_handler", "auditor")
def workload(request: HttpRequest) -> HttpResponse:
    """Every number opens the list it counts."""
    work = claims.workload()
    return show(
        request,
        "desk/claims/workload.html",
        "workload",
        work=work,
        ages=[name for _, name in AGES],
        chart=work_chart.draw((work.nobody, *work.handlers)),
    )


@require_GET
@at_desk("claims_handler", "auditor")
def leave(request: HttpRequest) -> HttpResponse:
    return _leave_page(request, LeaveForm())


@require_POST
@at_desk("claims_handler")
def set_leave(request: HttpRequest) -> HttpResponse:
    form = LeaveForm(request.POST)
    if form.is_valid():
        try:
            claims.set_leave(staff_at(request).id, **form.cleaned_data)
        except BaoheError as refusal:
            messages.error(request, sentence(refusal))
            return _leave_page(request, form, refusal.status)
        messages.success(request, "已登记。从那天起你的案件由代理人经办，回来后自动还给你")
        return redirect("desk:leave")
    return _leave_page(request, form, 422)


@require_POST
@at_desk("claims_handler")
def cancel_leave(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    return _act(
        request,
        forms.Form(request.POST),
        lambda: claims.cancel_leave(staff_at(request).id, leave_id),
        "已取消，案件会还给你",
        redirect("desk:leave"),
    )


def _leave_page(request: HttpRequest, form: LeaveForm, status: int = 200) -> HttpResponse:
    me = staff_at(request)
    form.fields["deputy_id"].widget.choices = _others(me.id, here=False)  # type: ignore[attr-defined]
    leaves = claims.leaves()
    return show(
        request, "desk/claims/leave.html", "workload", status, form=form, leaves=leaves, may=me.has("claims_handler")
    )


def _others(me: UUID, here: bool) -> list[tuple[str, str]]:
    """Every other handler with what they have open; only those who are here, where a claim changes hands at once."""
    return [
        (str(one.id), f"{one.name}（在办 {one.open}）")
        for one in claims.handlers()
        if one.id != me and not (here and one.away_until)
    ]


def _act(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], done: str, back: HttpResponse
) -> HttpResponse:
    """Do it and go back; a refusal says why, and nothing was done."""
    if not form.is_valid():
        messages.error(
            request, "；".join(f"{form.fields[name].label}：{words[0]}" for name, words in form.errors.items())
        )
        return back
    try:
        act()
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return back
    messages.success(request, done)
    return back

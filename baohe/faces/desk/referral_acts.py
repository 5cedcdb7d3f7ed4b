"""What an underwriter does with a referral, each under one's own name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baohe.faces.desk.forms import ReferralForm
from baohe.faces.desk.referral_forms import PapersAskForm, ReturnForm
from baohe.faces.desk.referrals import file_page
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.errors import BaoheError
from baohe.rooms.underwriting import facade as underwriting


@require_POST
@at_desk("underwriter")
def decide(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    form = ReferralForm(request.POST)

    def act(said: dict[str, Any]) -> str:
        decided = underwriting.decide_referral(
            staff_at(request).id,
            declaration_id,
            said["outcome"],
            said["note"],
            loading_bp=form.loading_bp(),
            exclusions=form.exclusions(),
            clause=said["clause"],
        )
        return _DONE.get(decided.referral_state, "已决定，客户会收到通知")

    return _act(request, declaration_id, form, act)


@require_POST
@at_desk("underwriter")
def confirm(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    def act(said: dict[str, Any]) -> str:
        underwriting.confirm_verdict(staff_at(request).id, declaration_id)
        return "已复核，结论生效，客户会收到通知"

    return _act(request, declaration_id, forms.Form(request.POST), act)


@require_POST
@at_desk("underwriter")
def give_back(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    def act(said: dict[str, Any]) -> str:
        underwriting.return_verdict(staff_at(request).id, declaration_id, said["why"])
        return "已退回经办人"

    return _act(request, declaration_id, ReturnForm(request.POST), act)


@require_POST
@at_desk("underwriter")
def ask(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    form = PapersAskForm(request.POST)

    def act(said: dict[str, Any]) -> str:
        underwriting.ask_for_papers(staff_at(request).id, declaration_id, form.wanted())
        return "已一次告知客户，答复期限停止计算，等材料到"

    return _act(request, declaration_id, form, act)


_DONE = {"to_confirm": "超过单人权限，已转另一位核保员复核", "offered": "已给出承保条件，等客户答复"}


def _act(
    request: HttpRequest, declaration_id: UUID, form: forms.Form, act: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """Do it and go back to the file; a refusal keeps what was typed and says why."""
    if not form.is_valid():
        return file_page(request, declaration_id, failed=form, status=422)
    try:
        done = act(form.cleaned_data)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return file_page(request, declaration_id, failed=form, status=refusal.status)
    messages.success(request, done)
    return redirect("desk:referral", declaration_id=declaration_id)

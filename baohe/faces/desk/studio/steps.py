"""Steps of a draft and the end of a sale: each under one's own name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.faces.desk.studio.forms import ApproveForm, NumberForm, ReturnForm, StopForm
from baohe.faces.desk.studio.overview import draft_page, version_page
from baohe.flows import publish_product
from baohe.kernel.errors import BaoheError
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.contracts import ROLES


class RevisionForm(forms.Form):
    """Which revision the person read."""

    key = "submit"
    revision = forms.IntegerField(min_value=1)


class PlainForm(forms.Form):
    key = "plain"


@require_POST
@at_desk(*ROLES)
def submit(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    def step(said: dict[str, Any]) -> None:
        publish_product.submit(staff_at(request).id, draft_id, said["revision"])

    return _step(request, draft_id, RevisionForm(request.POST), step, "已送审，等另一位同事复核")


@require_POST
@at_desk(*ROLES)
def approve(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    def step(said: dict[str, Any]) -> None:
        publish_product.approve(staff_at(request).id, draft_id, said["note"])

    return _step(request, draft_id, ApproveForm(request.POST), step, "已批准，等备案号")


@require_POST
@at_desk(*ROLES)
def return_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    def step(said: dict[str, Any]) -> None:
        studio.return_draft(staff_at(request).id, draft_id, said["note"])

    return _step(request, draft_id, ReturnForm(request.POST), step, "已退回")


@require_POST
@at_desk(*ROLES)
def number(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    def step(said: dict[str, Any]) -> None:
        publish_product.enter_filing_number(staff_at(request).id, draft_id, said["filing_number"])

    return _step(request, draft_id, NumberForm(request.POST), step, "备案号已记下")


@require_POST
@at_desk(*ROLES)
def publish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    def step(said: dict[str, Any]) -> None:
        publish_product.publish(staff_at(request).id, draft_id)

    return _step(request, draft_id, PlainForm(request.POST), step, "已发布，内容从此不变")


@require_POST
@at_desk(*ROLES)
def withdraw(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    def step(said: dict[str, Any]) -> None:
        studio.withdraw(staff_at(request).id, draft_id)

    return _step(request, draft_id, PlainForm(request.POST), step, "草案已撤下")


@require_POST
@at_desk(*ROLES)
def stop(request: HttpRequest, version_id: str) -> HttpResponse:
    form = StopForm(request.POST)
    if not form.is_valid():
        return version_page(request, version_id, form, status=422)
    try:
        publish_product.stop_sale(staff_at(request).id, version_id, form.cleaned_data["last_day"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return version_page(request, version_id, form, status=refusal.status)
    messages.success(request, "停售日已登记，已有的保单不受影响")
    return redirect("desk:studio-version", version_id=version_id)


def _step(
    request: HttpRequest,
    draft_id: UUID,
    form: ApproveForm | ReturnForm | NumberForm | RevisionForm | PlainForm,
    step: Callable[[dict[str, Any]], None],
    done: str,
) -> HttpResponse:
    """Do it and show the draft; a refusal keeps what was typed and says why."""
    if not form.is_valid():
        return draft_page(request, draft_id, failed=form, status=422)
    try:
        step(form.cleaned_data)
    except BaoheError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, sentence(refusal))
        return draft_page(request, draft_id, failed=form, status=refusal.status)
    messages.success(request, done)
    return redirect("desk:studio-draft", draft_id=draft_id)

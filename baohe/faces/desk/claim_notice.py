"""代客报案: staff find the policy of a caller; what one sentence proposes is put right on one form.

What the caller says travels in bodies of requests alone: an address lies in logs and histories.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import show
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.flows import report_for_caller
from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import NOTICE_TAKERS, FirstNotice, Told, Understanding
from baohe.rooms.claims.errors import AlreadyReported
from baohe.rooms.policies.contracts import PolicyView

_STATES = {
    "cooling_off": "犹豫期内",
    "in_force": "保障中",
    "not_started": "还没开始",
    "suspended": "暂停",
    "lapsed": "已失效",
    "cancelled": "已退保",
    "ended": "已到期",
}


class LookForm(forms.Form):
    number = forms.CharField(label="保单号", max_length=30, required=False)
    phone = forms.CharField(
        label="投保人的手机号", max_length=20, required=False, widget=forms.TextInput({"type": "tel"})
    )
    name = forms.CharField(label="被保险人姓名，一字不差", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("number") and not (said.get("phone") and said.get("name")):
            raise forms.ValidationError("填保单号，或者同时填手机号和被保险人姓名")
        return said


class SaidForm(forms.Form):
    """One of the policies found, and the caller's own words."""

    policy_id = forms.UUIDField(label="哪一份保单", widget=forms.RadioSelect)
    sentence = forms.CharField(
        label="来电人说发生了什么，一句话", min_length=2, max_length=500, widget=forms.Textarea({"rows": 3})
    )


class NoticeForm(forms.Form):
    """`key` is new with every form: the same form sent twice is one claim."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    policy_id = forms.UUIDField(widget=forms.HiddenInput)
    sentence = forms.CharField(label="发生了什么", min_length=2, max_length=500, widget=forms.Textarea({"rows": 3}))
    event = forms.CharField(label="哪一类", max_length=40, widget=forms.Select)
    happened_on = forms.DateField(label="哪一天", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    another = forms.BooleanField(label="是另一件事，由理赔员核对", required=False)


@require_GET
@at_desk(*NOTICE_TAKERS)
def begin(request: HttpRequest) -> HttpResponse:
    return _found_page(request, LookForm(), None)


@require_POST
@at_desk(*NOTICE_TAKERS)
def look(request: HttpRequest) -> HttpResponse:
    """By the number, or by telephone and name; every look leaves a row in the read log (DATA-5)."""
    form = LookForm(request.POST)
    if not form.is_valid():
        return _found_page(request, form, None, 422)
    staff_id, said = staff_at(request).id, form.cleaned_data
    try:
        if said["number"]:
            found = report_for_caller.by_number(staff_id, said["number"])
        else:
            found = report_for_caller.by_phone(staff_id, said["phone"], said["name"])
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _found_page(request, form, None, refusal.status)
    return _found_page(request, form, found)


@require_POST
@at_desk(*NOTICE_TAKERS)
def understand(request: HttpRequest) -> HttpResponse:
    """What the sentence proposes, to be put right; nothing is kept."""
    form = SaidForm(request.POST)
    if not form.is_valid():
        messages.error(request, "选一份保单，再写一句发生了什么")
        return _found_page(request, LookForm(), None, 422)
    said = form.cleaned_data
    try:
        policy = report_for_caller.policy(staff_at(request).id, said["policy_id"])
        read = claims.understand(policy.account_id, Told(said["sentence"], policy_id=policy.id))
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _found_page(request, LookForm(), None, refusal.status)
    proposed = {"key": uuid4(), "event": read.event.value, "happened_on": read.day.value, **said}
    return _notice_page(request, policy, NoticeForm(initial=proposed), read)


@require_POST
@at_desk(*NOTICE_TAKERS)
def create(request: HttpRequest) -> HttpResponse:
    form = NoticeForm(request.POST)
    filled = form.is_valid()
    said = form.cleaned_data
    if not {"policy_id", "key"} <= said.keys():
        messages.error(request, "表单不完整，请重新找保单")
        return _found_page(request, LookForm(), None, 422)
    staff = staff_at(request)
    status, twice = 422, False
    if filled:
        notice = FirstNotice(*(said[name] for name in ("policy_id", "event", "sentence", "happened_on", "another")))
        try:
            claim = report_for_caller.report(staff.id, notice, str(said["key"]))
        except BaoheError as refusal:
            messages.error(request, sentence(refusal))
            status, twice = refusal.status, isinstance(refusal, AlreadyReported)
        else:
            messages.success(request, f"已报案，案号 {claim.number}。投保人登记的手机会收到材料清单和你的名字")
            if staff.has("claims_handler"):
                return redirect("desk:claim", claim_id=claim.id)
            return redirect("desk:new-claim")
    return _again(request, form, said["policy_id"], status, twice)


def _again(request: HttpRequest, form: NoticeForm, policy_id: UUID, status: int, twice: bool) -> HttpResponse:
    """The form as it was filled in. A policy that nobody may report for leads back to the look."""
    try:
        policy = report_for_caller.policy(staff_at(request).id, policy_id)
    except BaoheError:  # its sentence was said already
        return _found_page(request, LookForm(), None, status)
    return _notice_page(request, policy, form, None, status, twice)


def _found_page(
    request: HttpRequest, form: LookForm, found: tuple[PolicyView, ...] | None, status: int = 200
) -> HttpResponse:
    said = SaidForm(initial={"policy_id": found[0].id if found and len(found) == 1 else None})
    said.fields["policy_id"].widget.choices = [(one.id, _words(one)) for one in found or ()]  # type: ignore[attr-defined]
    return show(request, "desk/claims/new.html", "new_claim", status, look=form, found=found, said=said)


def _notice_page(
    request: HttpRequest,
    policy: PolicyView,
    form: NoticeForm,
    read: Understanding | None,
    status: int = 200,
    twice: bool = False,
) -> HttpResponse:
    """`another` is offered only where a claim of the same event stands in the way."""
    offered = claims.events_of(policy.account_id, policy.id)
    choices = [("", "请选择"), *((one.value, one.label.zh) for one in offered)]
    form.fields["event"].widget.choices = choices  # type: ignore[attr-defined]
    if not (twice or form.data.get("another") or (read and read.already)):
        del form.fields["another"]
    return show(
        request, "desk/claims/new_notice.html", "new_claim", status, policy=_words(policy), form=form, read=read
    )


def _words(policy: PolicyView) -> str:
    product, state = catalog.version(policy.version_id).name.zh, _STATES[policy.state]
    return f"{policy.insured_name} · {product} · {policy.number} · {policy.start} 至 {policy.last_day} · {state}"


urlpatterns = [
    path("claims/new/", begin, name="new-claim"),
    path("claims/new/look/", look, name="look-for-claim"),
    path("claims/new/understand/", understand, name="understand-for-claim"),
    path("claims/new/create/", create, name="create-claim"),
]

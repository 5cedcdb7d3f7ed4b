"""赔案的钱 at the desk: what is set aside, paid in advance, corrected, recovered; and what waits for a second name."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk import claim_shares
from baohe.faces.desk.forms import Yuan
from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.flows import claim_money
from baohe.kernel.errors import BaoheError, NotFound
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.facade import MoneyActView

READERS = ("claims_handler", "finance", "auditor")
ACTORS = ("claims_handler", "finance")
PAGE = 50
KIND_NAMES = {
    "estimate": "估损",
    "advance": "先予支付",
    "correction": "更正赔付",
    "recovery": "追偿立项",
    "receipt": "追偿到账",
    "write_off": "追偿核销",
    "reopen": "重新打开",
    "heirs": "核实继承人",
    "guardian": "监护人办理",
    "account": "填写收款账户",
}
HOW_NAMES = {
    "ask_back": "请客户退回",
    "write_off": "不追，直接核销",
    "subrogation": "代位追偿",
    "salvage": "残值",
    "coinsurer": "共保人分摊",
    "overpaid": "多付退回",
}
CAUSE_NAMES = {
    "notice": "报案",
    "calculated": "按计算",
    "estimate": "人工估损",
    "advance": "先予支付",
    "agreed": "同意赔付",
    "refused": "不予赔付",
    "withdrawn": "撤回",
    "kept": "维持原结果",
    "reopened": "重新打开",
}


class ReasonForm(forms.Form):
    """`key` is new with every form: the same form sent twice is one act."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label="理由", max_length=500)


class AmountForm(ReasonForm):
    amount_fen = Yuan(label="金额（元）", max_length=20)
    field_order = ("amount_fen", "reason")


class CorrectionForm(AmountForm):
    how = forms.ChoiceField(label="多付的部分", choices=[(how, HOW_NAMES[how]) for how in ("ask_back", "write_off")])


class RecoveryForm(AmountForm):
    how = forms.ChoiceField(
        label="向谁追", choices=[(how, HOW_NAMES[how]) for how in ("subrogation", "salvage", "coinsurer")]
    )
    debtor = forms.CharField(label="对方", max_length=80)


class WriteOffForm(AmountForm):
    recovery = forms.UUIDField(widget=forms.HiddenInput)


class ReceiptForm(WriteOffForm):
    bank_reference = forms.CharField(label="银行流水号", max_length=64)


FORMS: dict[str, type[forms.Form]] = {
    "estimate": AmountForm,
    "advance": AmountForm,
    "correction": CorrectionForm,
    "recovery": RecoveryForm,
    "receipt": ReceiptForm,
    "write_off": WriteOffForm,
    "reopen": ReasonForm,
    **claim_shares.FORMS,
}


_FACTS = ("how", "debtor", "recovery", "bank_reference", "heirs", "guardian", "share", "holder", "bank", "number")


@require_GET
@at_desk(*READERS)
def waiting(request: HttpRequest) -> HttpResponse:
    number = number_of(request)
    found, total = claims.waiting_acts(number, PAGE)
    rows = [(act, claim_number, KIND_NAMES[act.kind]) for act, claim_number in found]
    return show(
        request,
        "desk/claims/acts.html",
        "claim_money",
        rows=rows,
        total=total,
        number=number,
        more=number * PAGE < total,
    )


@require_GET
@at_desk(*READERS)
def page(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    return show(request, "desk/claims/money.html", "claim_money", claim=claims.claim_by_id(claim_id))


@require_POST
@at_desk(*ACTORS)
def act(request: HttpRequest, claim_id: UUID, kind: str) -> HttpResponse:
    if kind not in FORMS:
        raise NotFound(what="这种操作")
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        named = {str(form.fields[name].label): errors[0] for name, errors in form.errors.items() if name in form.fields}
        messages.error(request, "；".join(f"{label}：{why}" for label, why in named.items()))
        return _back(request, claim_id)
    said = form.cleaned_data
    facts = {name: str(said[name]) for name in _FACTS if name in said}
    amount_fen = said.get("amount_fen", 0)
    return _do(
        request,
        claim_id,
        lambda: claim_money.propose(
            staff_at(request).id, claim_id, kind, amount_fen, said["reason"], facts, said["key"]
        ),
    )


@require_POST
@at_desk(*ACTORS)
def confirm(request: HttpRequest, claim_id: UUID, act_id: UUID) -> HttpResponse:
    return _do(request, claim_id, lambda: claim_money.confirm(staff_at(request).id, claim_id, act_id))


@require_POST
@at_desk(*ACTORS)
def give_back(request: HttpRequest, claim_id: UUID, act_id: UUID) -> HttpResponse:
    return _do(request, claim_id, lambda: claim_money.give_back(staff_at(request).id, claim_id, act_id))


_SAID = {"waiting": "已提交，等另一个人复核", "done": "已办", "returned": "已退回经办人"}


def _do(request: HttpRequest, claim_id: UUID, perform: Callable[[], MoneyActView]) -> HttpResponse:
    try:
        done = perform()
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, f"{KIND_NAMES[done.kind]}：{_SAID[done.state]}")
    return _back(request, claim_id)


def _back(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """To where they can read: the file is not finance's."""
    return redirect("desk:claim" if staff_at(request).has("claims_handler") else "desk:claim-money", claim_id=claim_id)


urlpatterns = [
    path("claims/money/", waiting, name="money-acts"),
    path("claims/<uuid:claim_id>/money/", page, name="claim-money"),
    path("claims/<uuid:claim_id>/money/<slug:kind>/", act, name="money-act"),
    path("claims/<uuid:claim_id>/money/<uuid:act_id>/confirm/", confirm, name="confirm-money-act"),
    path("claims/<uuid:claim_id>/money/<uuid:act_id>/return/", give_back, name="return-money-act"),
]

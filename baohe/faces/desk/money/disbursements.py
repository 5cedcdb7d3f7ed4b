"""人工付款 at the desk: costs of claims and refunds that a provider refused, each on the word of two people."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.forms import Yuan
from baohe.faces.desk.frame import show
from baohe.faces.desk.money.naming import PROVIDERS
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import Staff, at_desk, staff_at
from baohe.flows import disburse
from baohe.kernel.dates import business_date
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.disbursements import facade as disbursements
from baohe.rooms.disbursements.contracts import OPEN, Actor, DisbursementView, Payee

READERS = ("finance", "claims_handler", "auditor")
RECORDERS = ("finance", "claims_handler")
PAGE = 50
COST_NAMES = {"survey": "查勘费", "appraisal": "鉴定费", "legal": "诉讼费"}
STATE_NAMES = {
    "open": ("等收款账户", "wait"),
    "proposed": ("等第二人复核", "wait"),
    "sent": ("付款中", ""),
    "done": ("已付出", "good"),
    "refused": ("已退回", ""),
}


STEP_NAMES = {
    "recorded": "登记",
    "opened": "开立",
    "account_entered": "填写账户",
    "approved": "复核通过",
    "declined": "退回",
    "paid": "银行已付出",
    "not_paid": "没有付出，仍欠着",
}


class AccountForm(forms.Form):
    holder = forms.CharField(label="户名", max_length=80)
    bank = forms.CharField(label="开户银行", max_length=80)
    number = forms.CharField(label="账号", max_length=40)

    def payee(self) -> Payee:
        return Payee(self.cleaned_data["bank"], self.cleaned_data["holder"], self.cleaned_data["number"])


class CostForm(AccountForm):
    """`key` is new with every form: the same form sent twice is one cost."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    claim = forms.CharField(label="理赔案号", max_length=40)
    cost = forms.ChoiceField(label="费用", choices=list(COST_NAMES.items()))
    amount_fen = Yuan(label="金额（元）", max_length=20)
    reason = forms.CharField(label="理由", max_length=200)

    field_order = ("key", "claim", "cost", "amount_fen", "reason", "holder", "bank", "number")


@require_GET
@at_desk(*READERS)
def page(request: HttpRequest) -> HttpResponse:
    return _page(request, _fresh_form())


@require_POST
@at_desk(*RECORDERS)
def record(request: HttpRequest) -> HttpResponse:
    form = CostForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    claim = next((one for one in claims.find(said["claim"]) if one.number == said["claim"].strip().upper()), None)
    if claim is None:
        form.add_error("claim", "没有这个案号")
        return _page(request, form, status=422)
    try:
        made = disburse.record_cost(
            said["key"], claim.id, said["cost"], said["amount_fen"], form.payee(), said["reason"], _actor(request)
        )
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _page(request, form, status=422)
    messages.success(request, f"{made.number} 已登记，等另一位财务复核")
    return redirect("desk:disbursements")


@require_POST
@at_desk("finance")
def account(request: HttpRequest, disbursement_id: UUID) -> HttpResponse:
    form = AccountForm(request.POST)
    if not form.is_valid():
        messages.error(request, "户名、开户银行、账号都要填写")
        return redirect("desk:disbursements")
    return _do(
        request,
        lambda actor: disburse.enter_account(disbursement_id, form.payee(), actor),
        "{} 的收款账户已填写，等另一位财务复核",
    )


@require_POST
@at_desk("finance")
def approve(request: HttpRequest, disbursement_id: UUID) -> HttpResponse:
    return _do(request, lambda actor: disburse.approve(disbursement_id, actor), "{} 已复核，转账已交给银行")


@require_POST
@at_desk("finance")
def decline(request: HttpRequest, disbursement_id: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _do(request, lambda actor: disbursements.decline(disbursement_id, reason, actor), "{} 已退回")


def _do(request: HttpRequest, act: Callable[[Actor], DisbursementView], said: str) -> HttpResponse:
    try:
        done = act(_actor(request))
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said.format(done.number))
    return redirect("desk:disbursements")


def _actor(request: HttpRequest) -> Actor:
    staff = staff_at(request)
    return Actor(staff.id, staff.name)


def _fresh_form() -> CostForm:
    return CostForm(initial={"key": clock.new_id()})


def _page(request: HttpRequest, form: CostForm, status: int = 200) -> HttpResponse:
    staff, number = staff_at(request), number_of(request)
    found = disbursements.page(number, PAGE)
    # an account in clear is for whoever has to compare it before approving, and for nobody else
    theirs = [one.id for one in found.items if _may_decide(staff, one)]
    payees = disbursements.payees(theirs)
    histories = disbursements.histories([one.id for one in found.items])
    today = clock.today()
    return show(
        request,
        "desk/money/disbursements.html",
        "disbursements",
        status,
        rows=[
            {
                "one": one,
                "what": COST_NAMES[one.cost] if one.cost else "退款改付",
                "route": "" if one.cost else f"{PROVIDERS.get(one.provider, one.provider)}退不回",
                "state": STATE_NAMES[one.state],
                "days": (today - business_date(one.made_at)).days if one.state in OPEN else None,
                "payee": payees.get(one.id),
                "history": [(line, STEP_NAMES[line.what]) for line in histories[one.id]],
            }
            for one in found.items
        ],
        form=form,
        account_form=AccountForm(auto_id=False),
        more=number * PAGE < found.total,
        number=number,
        may_record=staff.has(*RECORDERS),
        may_decide=staff.has("finance"),
    )


def _may_decide(staff: Staff, one: DisbursementView) -> bool:
    return staff.has("finance") and one.state == "proposed" and one.proposed_by != staff.id

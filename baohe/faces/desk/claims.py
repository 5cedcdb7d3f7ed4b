"""The claims handler's pages: the whole file, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.claim_hands import hand_over_form
from baohe.faces.desk.claim_messages import AsideForm, MessageForm, messages_panel
from baohe.faces.desk.forms import PapersForm, PayForm, RefusalForm
from baohe.faces.desk.frame import show
from baohe.faces.desk.fraud.panel import signals_panel
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import Staff, at_desk, staff_at
from baohe.flows import claim_messages, settle_claim
from baohe.kernel.errors import BaoheError
from baohe.kernel.money import yuan
from baohe.rooms.billing import facade as billing
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import ClaimFile
from baohe.rooms.notices import facade as notices
from baohe.rooms.notices.contracts import NoticeView
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonFile
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

PAGE = 20
_SENT = 50


@require_GET
@at_desk("claims_handler", "auditor")
def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    return _file_page(request, claim_id)


@require_GET
@at_desk("claims_handler", "auditor")
def picture(request: HttpRequest, claim_id: UUID, paper_id: UUID) -> HttpResponse:
    content = claims.picture_for_staff(staff_at(request).id, claim_id, paper_id)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    return response


@require_POST
@at_desk("claims_handler")
def pay(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    form = PayForm(request.POST)
    return _act(
        request,
        claim_id,
        form,
        lambda said: settle_claim.decide_by_person(
            staff_at(request).id, claim_id, said["amount_fen"], said["note"], said["seen"]
        ),
        "已决定赔付",
    )


@require_POST
@at_desk("claims_handler")
def propose_refusal(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    form = RefusalForm(request.POST)
    return _act(
        request,
        claim_id,
        form,
        lambda said: settle_claim.propose_refusal(staff_at(request).id, claim_id, **said),
        "已提交复核，等另一名理赔员确认",
    )


@require_POST
@at_desk("claims_handler")
def confirm_refusal(request: HttpRequest, claim_id: UUID, proposal_id: UUID) -> HttpResponse:
    return _act(
        request,
        claim_id,
        forms.Form(request.POST),
        lambda said: settle_claim.confirm_refusal(staff_at(request).id, claim_id, proposal_id),
        "已复核",
    )


@require_POST
@at_desk("claims_handler")
def return_refusal(request: HttpRequest, claim_id: UUID, proposal_id: UUID) -> HttpResponse:
    return _act(
        request,
        claim_id,
        forms.Form(request.POST),
        lambda said: settle_claim.return_refusal(staff_at(request).id, claim_id, proposal_id),
        "已退回经办人",
    )


@require_POST
@at_desk("claims_handler")
def keep_result(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    return _act(
        request,
        claim_id,
        forms.Form(request.POST),
        lambda said: settle_claim.keep_result(staff_at(request).id, claim_id),
        "已告诉客户维持原结果",
    )


@require_POST
@at_desk("claims_handler")
def pay_again(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    return _act(
        request,
        claim_id,
        forms.Form(request.POST),
        lambda said: settle_claim.pay_again(staff_at(request).id, claim_id),
        "已重新付款",
    )


@require_POST
@at_desk("claims_handler")
def ask_for_papers(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    return _act(
        request,
        claim_id,
        PapersForm(request.POST),
        lambda said: settle_claim.ask_for_papers(staff_at(request).id, claim_id, tuple(said["kinds"]), said["note"]),
        "已一次告知客户要补的材料",
    )


@require_POST
@at_desk("claims_handler")
def answer_message(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    return _act(
        request,
        claim_id,
        MessageForm(request.POST, auto_id="message_%s"),
        lambda said: claim_messages.answer(
            staff_at(request).id, claim_id, said["text"], str(said["key"]), said["seen"]
        ),
        "已发给客户",
    )


@require_POST
@at_desk("claims_handler")
def put_messages_aside(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    return _act(
        request,
        claim_id,
        AsideForm(request.POST),
        lambda said: claim_messages.put_aside(staff_at(request).id, claim_id, said["seen"]),
        "已记为看过",
    )


def _act(
    request: HttpRequest, claim_id: UUID, form: forms.Form, act: Callable[[dict[str, Any]], object], done: str
) -> HttpResponse:
    """Do it and go back to the file; a refusal keeps what was typed and says why."""
    if not form.is_valid():
        return _file_page(request, claim_id, failed=form, status=422)
    try:
        act(form.cleaned_data)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _file_page(request, claim_id, failed=form, status=refusal.status)
    messages.success(request, done)
    return redirect("desk:claim", claim_id=claim_id)


def _file_page(
    request: HttpRequest, claim_id: UUID, failed: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    staff = staff_at(request)
    file = claims.file_of(staff.id, claim_id)
    person = _insured(staff, file)
    forms_here = {f.__class__.__name__: f for f in (_pay_form(file), _refusal_form(file), PapersForm())}
    if failed is not None:
        forms_here[failed.__class__.__name__] = failed
    return show(
        request,
        "desk/claim.html",
        "to_decide" if file.claim.state == "with_person" else "",
        status=status,
        file=file,
        claim=file.claim,
        person=person,
        owed_fen=billing.owed_fen(file.claim.policy_id, file.claim.happened_on),
        open_joint=next((j for j in file.joint_decisions if not j.confirmed_at and not j.returned_at), None),
        contract=_contract(file),
        sent=_sent(file),
        claim_due=next((one for one in file.deadlines if one.ended_at is None and one.state != "standing"), None),
        hand_over=hand_over_form(staff.id),
        is_handler=staff_at(request).has("claims_handler"),
        may_decide=file.claim.state == "with_person" and staff_at(request).has("claims_handler"),
        forms=forms_here,
        **signals_panel(staff, claim_id),
        **messages_panel(request, staff, file),
        page=claims.queue("to_decide", page=1, size=PAGE),
    )


def _insured(staff: Staff, file: ClaimFile) -> PersonFile | None:
    """Who the claim is about; opening the file leaves a row in the read log (DATA-5). Bulk cover insures no person."""
    policy = policies.policy_by_id(file.claim.policy_id)
    if policy.person_id is None:
        return None
    return people.person(policy.account_id, policy.person_id, actor=f"staff:{staff.id}", purpose="assess_claim")


def _contract(file: ClaimFile) -> PolicyView:
    """The cover of the day of the event: a sum lowered since then does not count."""
    return policies.as_of(policies.policy_by_id(file.claim.policy_id), file.claim.happened_on)


def _sent(file: ClaimFile) -> list[NoticeView]:
    """What the claimant was told of this claim, newest first; messages of other matters stay closed to the desk."""
    if file.claim.by_partner:
        return []
    return [one for one in notices.notices_of(file.claim.account_id, size=_SENT) if file.claim.number in one.body.zh]


def _pay_form(file: ClaimFile) -> PayForm:
    amount = file.claim.decision.amount_fen if file.claim.decision else None
    return PayForm(initial={"amount_fen": yuan(amount) if amount else ""})


def _refusal_form(file: ClaimFile) -> RefusalForm:
    return RefusalForm(initial={"pay_fen": "0.00"})

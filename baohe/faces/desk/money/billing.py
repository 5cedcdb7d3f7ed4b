"""Later premiums at the desk: what is overdue, what is suspended, who wants cover back (SERV-8, SERV-9)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.faces.desk.waiting import BILLING_READERS
from baohe.flows import reinstate
from baohe.flows.billing_notices import OTHER, REASONS
from baohe.flows.cancel import leaving_today
from baohe.flows.collect_instalment import DEDUCTION
from baohe.kernel.errors import BaoheError
from baohe.rooms.billing import facade as billing
from baohe.rooms.billing.contracts import InstalmentView
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

PAGE = 50
DECIDERS = ("underwriter",)


@require_GET
@at_desk(*BILLING_READERS)
def overdue(request: HttpRequest) -> HttpResponse:
    page = number_of(request)
    found, total = billing.overdue(page, PAGE)
    known = {policy.id: policy for policy in policies.policies_by_ids([one.policy_id for one in found])}
    rows = [(one, known[one.policy_id], _product(known[one.policy_id]), _word(one)) for one in found]
    return _page(request, "overdue", page, total, rows=rows)


@require_GET
@at_desk(*BILLING_READERS)
def suspended(request: HttpRequest) -> HttpResponse:
    page = number_of(request)
    found, total = policies.suspended(page, PAGE)
    rows = [
        (
            policy,
            _product(policy),
            billing.days.reinstate_until(policy.suspended_since) if policy.suspended_since else None,
            sum(one.amount_fen for one in reinstate.owed(policy.id)),
            leaving_today(policy.account_id, policy.id) if reinstate.may_be_ended(policy) else None,
        )
        for policy in found
    ]
    return _page(request, "suspended", page, total, rows=rows)


@require_POST
@at_desk(*DECIDERS)
def end(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """End a contract whose time of reinstatement is over; its cash value goes back."""
    staff, amount = staff_at(request), request.POST.get("refund_fen", "")
    try:
        ended = reinstate.end_contract(
            staff.id,
            staff.name,
            policy_id,
            int(amount) if amount.isascii() and amount.isdigit() and len(amount) < 16 else -1,
            request.POST.get("note", ""),
        )
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, f"{ended.policy.number} 已终止，现金价值原路退回")
    return redirect("desk:billing-suspended")


@require_GET
@at_desk(*BILLING_READERS)
def requests(request: HttpRequest) -> HttpResponse:
    page = number_of(request)
    found, total = billing.requests(page, PAGE)
    known = {policy.id: policy for policy in policies.policies_by_ids([one.policy_id for one in found])}
    rows = [
        (one, known[one.policy_id], _product(known[one.policy_id]), billing.days.answer_by(one.asked_at))
        for one in found
    ]
    return _page(request, "requests", page, total, rows=rows)


@require_GET
@at_desk("underwriter", "auditor")
def request_file(request: HttpRequest, reinstatement_id: UUID) -> HttpResponse:
    """One request with what the customer says of their health: only for who decides and who audits (DATA-5)."""
    return _file(request, reinstatement_id)


@require_POST
@at_desk(*DECIDERS)
def decide(request: HttpRequest, reinstatement_id: UUID) -> HttpResponse:
    staff, allowed = staff_at(request), request.POST.get("decision") == "allow"
    try:
        reinstate.decide(staff.id, staff.name, reinstatement_id, allowed, request.POST.get("note", ""))
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _file(request, reinstatement_id, refusal.status)
    messages.success(request, "已决定，客户会收到通知")
    return redirect("desk:billing-requests")


def _file(request: HttpRequest, reinstatement_id: UUID, status: int = 200) -> HttpResponse:
    wish = billing.reinstatement(reinstatement_id)
    policy = policies.policy_by_id(wish.policy_id)
    may_decide = wish.state == "asked" and staff_at(request).has(*DECIDERS)
    return show(
        request,
        "desk/money/billing_request.html",
        "billing",
        status=status,
        wish=wish,
        policy=policy,
        product=_product(policy),
        plan=[(one, _word(one)) for one in reinstate.owed(policy.id)],
        owed_fen=sum(one.amount_fen for one in reinstate.owed(policy.id)),
        until=billing.days.reinstate_until(policy.suspended_since) if policy.suspended_since else None,
        may_decide=may_decide,
    )


def _word(one: InstalmentView) -> str:
    if one.payment_id is not None:
        return "银行正在扣款" if one.provider == DEDUCTION else "客户正在付款"
    if one.reason:
        return f"没有扣成：{REASONS.get(one.reason, OTHER).zh}"
    return "扣款日再试" if one.tries and one.next_try_on else "等客户付款"


def _product(policy: PolicyView) -> str:
    return catalog.version(policy.version_id).name.zh


def _page(request: HttpRequest, name: str, number: int, total: int, **facts: object) -> HttpResponse:
    return show(
        request,
        f"desk/money/billing_{name}.html",
        "billing",
        tab=name,
        number=number,
        total=total,
        more=number * PAGE < total,
        may_decide=staff_at(request).has(*DECIDERS),
        **facts,
    )

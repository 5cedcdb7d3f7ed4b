"""The pay plan of the customer's own policies: pay now, allow or stop deductions, bind an account, reinstate."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Header, Path, Router, Status

from baohe.faces.shop import billing_page
from baohe.faces.shop.payments import started
from baohe.faces.shop.schemas.billing import AgreementStarted, PayPlan, ReinstatementIn
from baohe.faces.shop.schemas.sale import PaymentStarted
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import collect_instalment, reinstate, who_pays
from baohe.flows.stop_deduction import allow_deduction
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies

router = Router(tags=["billing"], auth=signed_in)


@router.get("policies/{uuid:policy_id}/plan", response=PayPlan)
def show(request: HttpRequest, policy_id: UUID) -> PayPlan:
    return _plan(request, policy_id)


@router.post("policies/{uuid:policy_id}/plan/{number}/payment", response={201: PaymentStarted})
def pay(
    request: HttpRequest,
    policy_id: UUID,
    number: int = Path(ge=2, le=10_000),
    idempotency_key: str = Header(alias="Idempotency-Key"),
) -> Status[PaymentStarted]:
    return Status(201, started(collect_instalment.pay_by_hand(account_id(request), policy_id, number, idempotency_key)))


@router.post("policies/{uuid:policy_id}/deduction/consent", response=PayPlan)
def allow(request: HttpRequest, policy_id: UUID) -> PayPlan:
    """Agree again to the deductions of this policy, under the text that was agreed to when it was bought (SALE-3)."""
    allow_deduction(account_id(request), policy_id)
    return _plan(request, policy_id)


@router.post("policies/{uuid:policy_id}/deduction/account", response=AgreementStarted)
def bind(request: HttpRequest, policy_id: UUID) -> AgreementStarted:
    """Sign an agreement at the bank; it is the account's and serves all policies whose deductions are allowed."""
    owner = account_id(request)
    policies.policy(owner, policy_id)
    _, url = payments.sign_agreement(
        owner, who_pays.policyholder(owner), f"{settings.BAOHE_ORIGIN}/policies/{policy_id}/plan?signed=1"
    )
    return AgreementStarted(url=url)


@router.post("policies/{uuid:policy_id}/deduction/account/check", response=PayPlan)
def check(request: HttpRequest, policy_id: UUID) -> PayPlan:
    """Back from the bank's page: ask the bank what became of it."""
    owner = account_id(request)
    policies.policy(owner, policy_id)
    for agreement in payments.agreements_of(owner):
        if agreement.state == "waiting":
            payments.refresh_agreement(agreement.id)
    return _plan(request, policy_id)


@router.delete("policies/{uuid:policy_id}/deduction/account/{uuid:agreement_id}", response=PayPlan)
def unbind(request: HttpRequest, policy_id: UUID, agreement_id: UUID) -> PayPlan:
    """One step, and nothing is deducted from that account any more."""
    payments.end_agreement(account_id(request), agreement_id)
    return _plan(request, policy_id)


@router.post("policies/{uuid:policy_id}/reinstatement", response=PayPlan)
def ask(request: HttpRequest, policy_id: UUID, body: ReinstatementIn) -> PayPlan:
    reinstate.ask(account_id(request), policy_id, body.health_unchanged, body.statement, body.health_consent)
    return _plan(request, policy_id)


@router.post("policies/{uuid:policy_id}/reinstatement/payment", response={201: PaymentStarted})
def pay_owed(
    request: HttpRequest, policy_id: UUID, idempotency_key: str = Header(alias="Idempotency-Key")
) -> Status[PaymentStarted]:
    return Status(201, started(reinstate.pay(account_id(request), policy_id, idempotency_key)))


def _plan(request: HttpRequest, policy_id: UUID) -> PayPlan:
    return billing_page.plan(policies.policy(account_id(request), policy_id))

"""Paying a proposal: the app is sent to the provider's cashier and then asks here for the truth."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Header, Router, Status

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas.basis import Text
from baohe.faces.shop.schemas.sale import PaidPolicy, PaymentIn, PaymentStarted, PaymentState
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import collect_instalment, purchase, reinstate, who_pays
from baohe.flows.settle_payment import settle_by_query
from baohe.kernel.errors import NotFound
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.payments.errors import AlreadyPaid, PaymentClosed
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

router = Router(tags=["payments"], auth=signed_in)

_OPEN = ("created", "checking")
_LATER = {collect_instalment.KIND: collect_instalment, reinstate.KIND: reinstate}
"""Payments after the sale: each belongs to a policy that stands already."""

_RETURNED = Text(
    zh="这笔付款没有出单，钱会原路退回", en="This payment bought no policy; the money goes back the way it came"
)


@router.post("proposals/{uuid:proposal_id}/payment", response={201: PaymentStarted})
def pay(
    request: HttpRequest, proposal_id: UUID, body: PaymentIn, idempotency_key: str = Header(alias="Idempotency-Key")
) -> Status[PaymentStarted]:
    intent = purchase.start_payment(
        account_id(request), proposal_id, body.instalment, body.deduction_agreed, idempotency_key, body.provider
    )
    return Status(201, started(intent))


@router.get("payments/{uuid:payment_id}", response=PaymentState)
def state(request: HttpRequest, payment_id: UUID) -> PaymentState:
    """While the truth is unknown the provider is asked, never the customer told "failed"."""
    owner = account_id(request)
    intent = _own(owner, payment_id)
    if intent.state == "checking":
        settle_by_query(payment_id)
        intent = _own(owner, payment_id)
    cashier = None
    if intent.state in _OPEN:
        try:
            cashier = cashier_of(intent)
        except (AlreadyPaid, PaymentClosed):  # the callback came since we looked: that is the news, not a refusal
            intent = _own(owner, payment_id)
    return _state(intent, cashier)


@router.post("payments/{uuid:payment_id}/stop", response=PaymentState)
def stop(request: HttpRequest, payment_id: UUID) -> PaymentState:
    """The customer will not pay this after all. What the provider does not confirm as closed stays "checking"."""
    intent = _own(account_id(request), payment_id)
    if intent.kind in _LATER:
        _LATER[intent.kind].stop_payment(intent)
    else:
        purchase.stop_payment(account_id(request), payment_id)
    return _state(_own(account_id(request), payment_id), None)


def _state(intent: IntentView, cashier: str | None) -> PaymentState:
    bought = _bought(intent) if intent.state == "paid" else []
    return PaymentState(
        id=str(intent.id),
        state=_word(intent),
        amount_fen=intent.amount_fen,
        provider=intent.provider,
        policy_id=str(bought[0].id) if bought else None,
        proposal_id=str(intent.subject_id) if intent.kind == purchase.INTENT_KIND else "",
        plan_of=str(_LATER[intent.kind].policy_of(intent)) if intent.kind in _LATER else "",
        basket=intent.kind == purchase.BASKET_KIND,
        policies=[
            PaidPolicy(
                id=str(policy.id),
                product_name=shapes.text(catalog.version(policy.version_id).name),
                insured_name=policy.insured_name,
                paid_fen=policy.first_fen,
                later=len(policy.unpaid),
            )
            for policy in bought
        ],
        cashier_url=cashier,
        note=_note(intent),
    )


def _note(intent: IntentView) -> Text | None:
    if who_pays.another_paid(intent):
        return shapes.text(who_pays.what_happened(intent))
    return _RETURNED if intent.surplus else None


def _bought(intent: IntentView) -> list[PolicyView]:
    """The policies a payment bought, or the one whose later premium it paid."""
    if intent.kind in _LATER:
        return [policies.policy(intent.account_id, _LATER[intent.kind].policy_of(intent))]
    return policies.policies_of_payment(intent.id, intent.shard_key)


def _word(intent: IntentView) -> str:
    """Money that came too late for a policy is closed for the customer: it is on its way back."""
    if intent.state in _OPEN:
        return "checking"
    return "paid" if intent.state == "paid" and not intent.surplus else "closed"


def _own(owner: UUID, payment_id: UUID) -> IntentView:
    intent = payments.intent(payment_id)
    if intent.account_id != owner or intent.kind not in purchase.KINDS | _LATER.keys():
        raise NotFound(what="付款")
    return intent


def started(intent: IntentView) -> PaymentStarted:
    return PaymentStarted(
        payment_id=str(intent.id),
        provider=intent.provider,
        amount_fen=intent.amount_fen,
        cashier_url=cashier_of(intent),
    )


def cashier_of(intent: IntentView) -> str:
    """Where the customer pays; raises what `payments.cashier_url` raises."""
    return payments.cashier_url(intent.id, f"{settings.BAOHE_ORIGIN}/pay/{intent.id}")

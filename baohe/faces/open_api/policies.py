"""Issue cover for a partner's own orders, and look it up."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from baohe.faces.open_api.items import read_items, reference_of
from baohe.faces.open_api.schemas import (
    ClaimState,
    PolicyAnswer,
    PolicyCall,
    PolicyItem,
    PolicyOutcome,
    PolicyState,
    Problem,
)
from baohe.faces.open_api.signed import partner_of
from baohe.flows.issue_in_bulk import Order, Outcome, issue_in_bulk
from baohe.kernel.errors import BaoheError
from baohe.rooms.claims import facade as claims
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import OrderInsured

router = Router(tags=["policies"])


@router.post(
    "policies",
    response=PolicyAnswer,
    summary="Issue cover for one to 1,000 orders",
)
def issue_policies(request: HttpRequest, call: PolicyCall) -> PolicyAnswer:
    """Every item is decided alone. Repeat the call freely: a reference issues once."""
    read = read_items(call.items, PolicyItem)
    orders = [_order(item) for item in read if isinstance(item, PolicyItem)]
    decided = iter(issue_in_bulk(partner_of(request), orders))
    results = [
        _outcome(next(decided)) if isinstance(item, PolicyItem) else _unreadable(raw, item)
        for raw, item in zip(call.items, read, strict=True)
    ]
    return PolicyAnswer(
        issued=sum(result.status == "issued" for result in results),
        repeated=sum(result.status == "repeated" for result in results),
        refused=sum(result.status == "refused" for result in results),
        results=results,
    )


@router.get(
    "policies/{reference}",
    response=PolicyState,
    summary="Look up a policy by your reference",
)
def policy_state(request: HttpRequest, reference: str) -> PolicyState:
    policy = policies.policy_of_reference(partner_of(request).id, reference)
    return PolicyState(
        reference=reference,
        policy_number=policy.number,
        product=policy.product_code,
        version=policy.version_id,
        state=policy.state,
        start=policy.start,
        last_day=policy.last_day,
        premium_fen=policy.premium_fen,
        issued_at=policy.issued_at,
        claims=[
            ClaimState(
                number=claim.number,
                event=claim.event,
                state=claim.state,
            )
            for claim in claims.claims_of_policy(policy.id)
        ],
    )


def _order(item: PolicyItem) -> Order:
    who = item.insured
    named = None if who is None else OrderInsured(who.name, who.phone, who.identity_last)
    return Order(item.reference, item.product, item.start, item.inputs, named)


def _outcome(outcome: Outcome) -> PolicyOutcome:
    return PolicyOutcome(
        reference=outcome.reference,
        status=outcome.status,
        policy_number=outcome.number,
        premium_fen=outcome.premium_fen,
        start=outcome.start,
        last_day=outcome.last_day,
        problem=problem(outcome.error),
    )


def _unreadable(raw: object, error: BaoheError) -> PolicyOutcome:
    return PolicyOutcome(reference=reference_of(raw), status="refused", problem=problem(error))


def problem(error: BaoheError | None) -> Problem | None:
    """The problem document of one item."""
    return None if error is None else Problem.model_validate(error.problem())

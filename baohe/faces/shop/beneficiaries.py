"""Who receives, and changing it after issue (SALE-13)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from baohe.faces.shop import insured_consent, proposal_page, shapes
from baohe.faces.shop.schemas import parties as schema
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import change_beneficiaries
from baohe.kernel.decisions import Text
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BeneficiaryChangeView, PolicyView

router = Router(tags=["beneficiaries"], auth=signed_in)

_OVER = Text("保单已结束，不能再变更", "The policy is over; nothing can be changed")
_EVENT = Text("已经报过身故理赔，受益人不能再变更", "The death was notified; the beneficiaries cannot be changed")
_NO_DEATH = Text("这份保单没有身故保障，没有受益人", "It pays nothing after a death, so nobody is named")


@router.get("policies/{uuid:policy_id}/beneficiaries", response=schema.BeneficiaryHistory)
def show(request: HttpRequest, policy_id: UUID) -> schema.BeneficiaryHistory:
    return _history(account_id(request), policy_id)


@router.post("policies/{uuid:policy_id}/beneficiaries", response={201: schema.BeneficiaryHistory})
def change(
    request: HttpRequest, policy_id: UUID, body: schema.BeneficiaryChangeIn
) -> Status[schema.BeneficiaryHistory]:
    """In force at once for oneself and one's own minor child; else it waits for the insured's own yes."""
    owner = account_id(request)
    change_beneficiaries.ask(owner, policy_id, proposal_page.choices(body.beneficiaries))
    return Status(201, _history(owner, policy_id))


@router.post("policies/{uuid:policy_id}/beneficiaries/link", response={202: schema.BeneficiaryHistory})
def send(request: HttpRequest, policy_id: UUID, body: schema.ChangeLinkIn) -> Status[schema.BeneficiaryHistory]:
    owner = account_id(request)
    change_beneficiaries.send(owner, policy_id, body.phone)
    return Status(202, _history(owner, policy_id))


def _history(owner: UUID, policy_id: UUID) -> schema.BeneficiaryHistory:
    policy = policies.policy(owner, policy_id)
    version = catalog.version(policy.version_id)
    waiting = next((one for one in policy.beneficiary_changes if one.state == "waiting"), None)
    why_not = _why_not(policy, policies.death_cover_fen(version, policy.inputs) > 0)
    return schema.BeneficiaryHistory(
        policy_number=policy.number,
        insured_name=policy.insured_name,
        insured_id=None if policy.person_id is None else str(policy.person_id),
        product_name=shapes.text(version.name),
        now=proposal_page.beneficiaries(policy.beneficiaries),
        may_change=why_not is None,
        why_not=None if why_not is None else shapes.text(why_not),
        asks_insured=policies.asks_insured(policy),
        waiting=None if waiting is None else _change(waiting),
        link=None if waiting is None else insured_consent.link(change_beneficiaries.link_of(waiting)),
        changes=[_change(one) for one in reversed(policy.beneficiary_changes)],
    )


def _why_not(policy: PolicyView, covers_death: bool) -> Text | None:
    if not covers_death:
        return _NO_DEATH
    if policy.state in ("cancelled", "lapsed", "ended"):
        return _OVER
    return _EVENT if change_beneficiaries.death_known(policy.id) else None


def _change(value: BeneficiaryChangeView) -> schema.BeneficiaryChange:
    return schema.BeneficiaryChange(
        number=value.number,
        state=value.state,
        consent_by=value.consent_by,
        beneficiaries=proposal_page.beneficiaries(value.beneficiaries),
        asked_at=value.asked_at,
        ended_at=value.ended_at,
        digest=value.digest,
    )

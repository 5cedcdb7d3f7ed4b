"""Stop later deductions: withdrawn online in one step, as it was given in one (SALE-3)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import Conflict
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import DEDUCTION, PolicyView


def stop_deduction(account_id: UUID, policy_id: UUID) -> PolicyView:
    """Withdraw the consent to deduct this policy's later instalments. Repeating it changes nothing.

    The cover stays as far as it is paid. Raises `NotFound`, also for policies of others, and `Conflict` when
    nothing was ever to be deducted.
    """
    policy = policies.policy(account_id, policy_id)
    if not policy.dues or policy.proposal_id is None:
        raise Conflict(reason_zh="这份保单没有后续扣款", reason_en="this policy has no later deductions")
    with transaction.atomic():
        policies.hold(policy.id)  # a charge reads the consent under this lock: after us none is opened
        if not deduction_stands(policy):
            return policy
        consent.withdraw(account_id, DEDUCTION, subject=str(policy.proposal_id))
        evidence.append("deduction_stopped", str(policy.id), {"number": policy.number}, policy.shard_key)
    return policy


def allow_deduction(account_id: UUID, policy_id: UUID) -> PolicyView:
    """Agree again to the same deductions, under the same text. Repeating it changes nothing. Raises as above."""
    policy = policies.policy(account_id, policy_id)
    if (
        not policy.unpaid
        or policy.proposal_id is None
        or policy.cancelled_at
        or policy.lapsed_on
        or policy.ended_by_claim_on
    ):
        raise Conflict(reason_zh="这份保单没有后续扣款", reason_en="this policy has no later deductions")
    paper = next(one for one in policies.proposal(account_id, policy.proposal_id).papers if one.code == DEDUCTION)
    with transaction.atomic():
        policies.hold(policy.id)
        if not deduction_stands(policy):
            consent.grant(account_id, DEDUCTION, paper.digest, subject=str(policy.proposal_id))
            evidence.append("deduction_allowed", str(policy.id), {"number": policy.number}, policy.shard_key)
    return policy


def deduction_stands(policy: PolicyView) -> bool:
    """Whether a later instalment may be deducted: asked again before every charge."""
    return policy.proposal_id is not None and consent.is_granted(
        policy.account_id, DEDUCTION, subject=str(policy.proposal_id)
    )

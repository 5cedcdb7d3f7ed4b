"""Lowering a sum insured as the phone shows it: the choices with their calculation, and what stands."""

from __future__ import annotations

from uuid import UUID

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import policies as schema
from baohe.flows import endorse
from baohe.kernel.decisions import Text
from baohe.rooms.documents import facade as documents
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import EndorsementView, LowerChoice, PolicyView
from baohe.rooms.policies.errors import EndorsementNotPossible


def lower_sums(account_id: UUID, policy_id: UUID) -> schema.LowerSums:
    """The choices of today, or why there are none. Raises `NotFound`."""
    policy = policies.policy(account_id, policy_id)
    last = policy.endorsements[-1].after.sum_insured_fen if policy.endorsements else policy.sum_insured_fen
    now = shapes.text(policies.sum_insured_in_words(last))  # also before it is valid: lower means lower than this
    try:
        choices = endorse.lower_choices(account_id, policy_id)
    except EndorsementNotPossible as refusal:
        reason = Text(f"这份保单{refusal.facts['reason_zh']}", f"This policy {refusal.facts['reason_en']}")
        return schema.LowerSums(sum_insured=now, reason=shapes.text(reason), choices=[])
    return schema.LowerSums(sum_insured=now, choices=[_choice(one) for one in choices])


def endorsement(policy: PolicyView, one: EndorsementView) -> schema.Endorsement:
    document = documents.endorsement_document_of(policy.id, one.number)
    printed = document is not None and document.state == "ready"
    return schema.Endorsement(
        number=one.number,
        recorded_at=one.recorded_at,
        valid_from=one.valid_from,
        before=shapes.text(policies.sum_insured_in_words(one.before.sum_insured_fen)),
        after=shapes.text(policies.sum_insured_in_words(one.after.sum_insured_fen)),
        refund_fen=one.refund_fen,
        refunded=endorse.is_back(policy, one),
        document_url=f"/api/shop/v1/policies/{policy.id}/endorsements/{one.number}/document.pdf" if printed else None,
    )


def _choice(one: LowerChoice) -> schema.LowerSum:
    return schema.LowerSum(
        value=one.value,
        sum_insured=shapes.text(one.sum_insured),
        refund_fen=one.refund_fen,
        valid_from=one.valid_from,
        lines=[schema.CalculationStep(label=shapes.text(line.label), amount_fen=line.amount_fen) for line in one.lines],
    )

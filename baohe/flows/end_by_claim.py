"""A paid claim that ends its contract (a death, a total loss): nothing more is asked for, deducted or refunded."""

from __future__ import annotations

from baohe.flows import collect_instalment
from baohe.plumbing import clock, outbox
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import ClaimView
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import DEDUCTION


def finish(claim: ClaimView) -> None:
    """The whole is paid: who waits for it hears of it, and a contract whose event this was has ended."""
    outbox.publish("claims.paid", claim.id, claim.shard_key, {"claim_id": str(claim.id)})
    if claims.ends_contract(claim.id):
        end(claim)


def end(claim: ClaimView) -> None:
    """Inside the transaction in which the claim was paid, or the first share of a death benefit. A contract that had
    ended before stays as it ended."""
    policy = policies.hold(claim.policy_id)
    today = clock.today()
    if not policies.end_by_claim(policy.id, today):
        return
    if policy.proposal_id is not None:
        consent.withdraw(policy.account_id, DEDUCTION, subject=str(policy.proposal_id))
        collect_instalment.drop(policy, today)
        call_backs.drop(policy.id, policy.shard_key)
    evidence.append(
        "policy_ended_by_claim", str(policy.id), {"number": policy.number, "claim": claim.number}, policy.shard_key
    )
    outbox.publish("policies.ended_by_claim", policy.id, policy.shard_key, {"policy_id": str(policy.id)})

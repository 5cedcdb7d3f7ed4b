"""What anyone may learn of a policy document: the verdict, the policy's state, and the proof that it is on record."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from baohe.flows import sign_proposal
from baohe.flows.deliver_policy import LEAF
from baohe.flows.policy_papers import LEAF as PAPER_LEAF
from baohe.kernel.errors import NotFound
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.contracts import Verdict
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence.contracts import ProofView
from baohe.rooms.evidence.errors import LogRefusesToSign
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import Finding, PolicyView


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """`state` is the policy's state today; `proof` is None in the first second, or while the log is halted;
    `signature` says of each part of the policyholder's own signature whether it still is what was signed."""

    verdict: Verdict
    state: str | None
    proof: ProofView | None
    signature: tuple[Finding, ...] = ()


def check_token(token: str) -> CheckedDocument:
    return _complete(documents.verify_token(token))


def check_file(content: bytes) -> CheckedDocument:
    """Raises `FileTooLarge`."""
    return _complete(documents.verify_bytes(content))


def _complete(verdict: Verdict) -> CheckedDocument:
    if not verdict.genuine or verdict.policy_id is None:
        return CheckedDocument(verdict, None, None)
    policy = _policy(verdict.policy_id)
    signed = sign_proposal.examine(policy.proposal_id) if policy and policy.proposal_id else ()
    return CheckedDocument(verdict, policy.state if policy else None, _proof(verdict), signed)


def _policy(policy_id: UUID) -> PolicyView | None:
    try:
        return policies.policy_by_id(policy_id)
    except NotFound:
        return None


def _proof(verdict: Verdict) -> ProofView | None:
    """The proof whose opening names exactly this file; another digest under the policy proves nothing about it."""
    try:
        found = [
            *evidence.proofs(str(verdict.policy_id), LEAF),
            *evidence.proofs(str(verdict.document_id), PAPER_LEAF),
        ]
    except LogRefusesToSign:
        return None
    for proof in found:
        if proof.opening is not None and proof.opening.facts.get("document_sha256") == verdict.sha256:
            return proof
    return None

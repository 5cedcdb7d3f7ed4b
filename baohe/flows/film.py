"""A sale as a film: its recordings, what our own rows say happened beside them, and whether both still hold (SALE-5).

Opening one leaves a row that says who and why, before anything is read (DATA-5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baohe.flows.record_sale import LEAF
from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.kernel.money import yuan
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.evidence.contracts import ProofView
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView, ProposalView
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.contracts import Finding, HoldView, Reel, ViewingView
from baohe.rooms.underwriting import facade as underwriting


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact from our own rows, at the server's time."""

    at: datetime
    what: Text


@dataclass(frozen=True, slots=True)
class SaleFile:
    """What may be known of a recorded sale without opening its film. `recorded` names the kinds of page on record."""

    policy: PolicyView
    product_name: Text
    reels: tuple[Reel, ...]
    recorded: frozenset[str]
    findings: tuple[Finding, ...]
    proof: ProofView | None
    timeline: tuple[Happened, ...]
    hold: HoldView | None
    viewings: tuple[ViewingView, ...]


def sale_file(policy_id: UUID) -> SaleFile:
    """Read and check everything of a sale. The reels are for whoever has written down why. Raises `NotFound`."""
    policy = policies.policy_by_id(policy_id)
    reels = tuple(recordings.reels(policy_id))
    proof = evidence.proof(str(policy_id), LEAF)
    committed = proof.opening.facts if proof is not None and proof.opening is not None else None
    wanted = _subjects(policy)
    return SaleFile(
        policy=policy,
        product_name=catalog.version(policy.version_id).name,
        reels=reels,
        recorded=frozenset(
            page.kind for reel in reels for page in reel.pages if not page.subjects or wanted & set(page.subjects)
        ),
        findings=tuple(recordings.findings(policy_id, committed)),
        proof=proof,
        timeline=tuple(sorted(_happened(policy), key=lambda one: one.at)),
        hold=recordings.hold_of(policy_id),
        viewings=tuple(recordings.viewings(policy_id)),
    )


def parts(policy_id: UUID) -> dict[UUID, tuple[bytes, ...]]:
    """The plain parts of each recording as they were sent: what a file that proves itself must carry."""
    return recordings.contents(policy_id)


def _subjects(policy: PolicyView) -> set[UUID]:
    if policy.proposal_id is None:
        return set()
    return {policy.proposal_id, policies.proposal_by_id(policy.proposal_id).quote_id}


def _happened(policy: PolicyView) -> Iterable[Happened]:
    if policy.proposal_id is None:
        return
    proposal = policies.proposal_by_id(policy.proposal_id)
    yield from _before_the_signature(proposal)
    if proposal.signed_at is not None:
        digest = (proposal.document_digest or "")[:16]
        yield Happened(proposal.signed_at, Text(f"签名，投保单摘要 {digest}", f"Signed, digest {digest}"))
    yield from _payment(policy)
    yield Happened(policy.issued_at, Text(f"出单 {policy.number}", f"Policy {policy.number}"))


def _before_the_signature(proposal: ProposalView) -> Iterable[Happened]:
    for quote in quoting.quotes_by_ids(proposal.account_id, [proposal.quote_id]):
        price, version = yuan(quote.premium_fen), quote.version_id
        yield Happened(quote.created_at, Text(f"报价 ¥{price}，{version}", f"Quote ¥{price}, {version}"))
    try:
        declared = underwriting.declaration(proposal.account_id, proposal.declaration_id)
    except NotFound:  # erased on the customer's wish, or declared on paper
        declared = None
    if declared is not None:
        yield Happened(declared.created_at, Text("健康告知，已作出决定", "Declaration, decided"))
    yield Happened(proposal.created_at, Text("生成投保单", "Proposal drafted"))
    for paper in proposal.papers:
        if paper.confirmed_at is not None:
            title = paper.title
            yield Happened(paper.confirmed_at, Text(f"确认：{title.zh}", f"Confirmed: {title.en}"))


def _payment(policy: PolicyView) -> Iterable[Happened]:
    if policy.payment_id is None:
        return
    intent = payments.intent(policy.payment_id)
    if intent.paid_at is not None:
        paid = yuan(intent.amount_fen)
        yield Happened(intent.paid_at, Text(f"付款 ¥{paid}，{intent.provider}", f"Paid ¥{paid}, {intent.provider}"))

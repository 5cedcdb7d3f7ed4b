"""The sale, from the signed paper to the policy.

`start_payment` locks the proposal and opens the payment; `settle` is called by the money flow when the wallet's word
has been checked, inside its transaction: policy, postings, evidence and event stand or fall together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from baohe.flows import (
    bookkeeping,
    call_back,
    collect_instalment,
    identify,
    limited,
    readiness,
    record_sale,
    sign_proposal,
    who_pays,
)
from baohe.flows.sign_proposal import Given
from baohe.kernel.canonical import digest
from baohe.kernel.dates import business_date
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, outbox
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.baskets import facade as baskets
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.commission import facade as commission
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import CodeRequested
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import (
    DEDUCTION,
    BeneficiaryChoice,
    IssuedView,
    PaymentPlan,
    PolicyView,
    ProposalView,
)
from baohe.rooms.policies.errors import AgreementNeeded, CannotIssue, FamilyNeeded, PaidElsewhere
from baohe.rooms.underwriting import facade as underwriting

INTENT_KIND = "premium"
BASKET_KIND = "basket"
KINDS = frozenset({INTENT_KIND, BASKET_KIND})
OPEN = frozenset({"created", "checking", "paid"})


@dataclass(frozen=True, slots=True)
class Settled:
    """A policy, or the reason why the money must go back."""

    policy: PolicyView | None
    refusal: CannotIssue | None = None


def draft(
    account_id: UUID,
    declaration_id: UUID,
    beneficiaries: Sequence[BeneficiaryChoice],
    start: date | None,
    instalment: str,
    insured_object: Mapping[str, str] | None = None,
    adviser: str = "",
) -> ProposalView:
    """Draft the proposal of an accepted declaration; `adviser` is the code of who sells it, shown before the
    signature (OVER-2). Raises what `policies.draft_proposal` and `commission.attribute` raise."""
    declaration = underwriting.declaration(account_id, declaration_id)
    insured = people.person_view(account_id, declaration.person_id)
    with transaction.atomic():
        proposal = policies.draft_proposal(
            account_id, declaration, insured, beneficiaries, start, instalment, insured_object
        )
        commission.attribute(proposal.id, adviser)
        identify.screen_parties(proposal)
    return proposal


def send_signing_code(account_id: UUID, proposal_id: UUID, document_sha256: str, ip: str) -> CodeRequested:
    """The code for the file that was shown, once every step before the signature is done. Raises `StepsMissing` and
    what `sign_proposal.send_code` raises."""
    proposal = policies.proposal(account_id, proposal_id)
    identify.screen_parties(proposal)  # beneficiaries may have been named since
    readiness.refuse_unready(proposal, "sign")
    return sign_proposal.send_code(account_id, proposal_id, document_sha256, ip)


def sign(account_id: UUID, proposal_id: UUID, given: Given) -> ProposalView:
    """Sign the file that was shown. Raises `StepsMissing` and what `sign_proposal.sign` raises."""
    proposal = policies.proposal(account_id, proposal_id)
    identify.screen_parties(proposal)
    readiness.refuse_unready(proposal, "sign")
    return sign_proposal.sign(account_id, proposal_id, given)


def start_payment(
    account_id: UUID,
    proposal_id: UUID,
    instalment: str,
    deduction_agreed: bool,
    idempotency_key: str,
    provider: str = "wallet",
) -> IntentView:
    """Lock the proposal and open its one payment, at the wallet or by bank transfer. The payer is the policyholder:
    the intent carries the name, another's money goes back, and every refund returns to the same payment (SALE-9).

    Raises `AgreementNeeded` when later instalments are not agreed to (SALE-3), what `policies.start_paying` and
    `payments.open_intent` raise, and `KeyReused`.
    """

    def act() -> Answer:
        intent = _open(account_id, proposal_id, instalment, deduction_agreed, provider)
        return Answer(201, {"payment_id": str(intent.id)})

    request = {
        "proposal": str(proposal_id),
        "instalment": instalment,
        "deduction_agreed": deduction_agreed,
        "provider": provider,
    }
    answer = answer_once(f"account:{account_id}:pay", idempotency_key, request, act)
    return payments.intent(UUID(answer.body["payment_id"]))


def settle(intent: IntentView, paid_at: datetime) -> Settled:
    """Policy, entry, evidence and event for a paid intent, once for ever; inside the caller's transaction.

    A repeat, also a simultaneous one, returns the policy and writes nothing. When the proposal can no longer become
    a policy, it is given up and `refusal` says why: the caller gives the money back.
    """
    try:
        issued = policies.issue(intent.subject_id, paid_at, intent.id)
    except CannotIssue as refusal:
        limited.give_up([intent.subject_id], intent.id)
        return Settled(None, refusal)
    record([issued], paid_at, intent.provider)
    return Settled(issued.policy)


def record(issued: Sequence[IssuedView], paid_at: datetime, provider: str) -> None:
    """Postings, leaf and event of each policy that was written just now, and its place in the basket freed; inside
    the transaction of the settlement. Policies that stood before are left alone."""
    new = [item for item in issued if not item.already]
    for item in new:
        _record(item.policy, paid_at, provider)
        record_sale.close(item.policy, item.quote_id)
    for account_id in sorted({item.policy.account_id for item in new}):
        identify.follow_contracts(account_id)
    if new:
        baskets.bought(new[0].policy.account_id, [item.quote_id for item in new])


def payment_closed(event: outbox.Event) -> None:
    """Handler of `payments.closed`: the customer may pay the proposals again."""
    release(UUID(event.payload["intent_id"]), event.payload["kind"], UUID(event.payload["subject_id"]))


def stop_payment(account_id: UUID, intent_id: UUID) -> IntentView:
    """The customer will not make this payment after all: close it at its provider and let its proposals go.

    It stays as it is when it was paid meanwhile or the answer is unknown. Calls the provider: not in a
    transaction. Raises `NotFound`, also for another account's.
    """
    intent = payments.intent(intent_id)
    if intent.account_id != account_id or intent.kind not in KINDS:
        raise NotFound(what="付款")
    if payments.close(intent_id):
        release(intent_id, intent.kind, intent.subject_id)
    return payments.intent(intent_id)


def release(intent_id: UUID, kind: str, subject_id: UUID) -> None:
    """The payment is closed for certain: what it was for may be paid, changed or taken out again."""
    limited.release(proposals_paid_by(intent_id, kind, subject_id), intent_id)


def proposals_paid_by(intent_id: UUID, kind: str, subject_id: UUID) -> list[UUID]:
    """What an intent buys: one proposal, or those of its lines."""
    if kind == INTENT_KIND:
        return [subject_id]
    return [line.subject_id for line in payments.lines_of(intent_id)] if kind == BASKET_KIND else []


def start_paying(account_id: UUID, proposal_id: UUID, instalment: str) -> PaymentPlan:
    """`policies.start_paying`, after letting go of a payment that closed and whose event has not come yet. Raises
    `StepsMissing` too, unless a payment is open already."""
    plan = policies.start_paying(account_id, proposal_id, instalment)
    if plan.payment_id is not None and not _stands(payments.intent(plan.payment_id)):
        policies.payment_closed(proposal_id, plan.payment_id)
        plan = policies.start_paying(account_id, proposal_id, instalment)
    if plan.payment_id is None:
        readiness.refuse_unready(policies.proposal(account_id, proposal_id), "pay")
    return plan


def _stands(intent: IntentView) -> bool:
    return intent.state in OPEN and not intent.surplus


def issued_facts(policy: PolicyView, content_hash: str) -> dict[str, Any]:
    """What the log commits to: no personal data, and enough to rebuild it from the policy's own row."""
    return {
        "number": policy.number,
        "version": policy.version_id,
        "content_hash": content_hash,
        "start": policy.start.isoformat(),
        "end": policy.end.isoformat(),
        "premium_fen": policy.premium_fen,
        "inputs": digest(dict(policy.inputs)),
        "signed_document": policy.document_digest or "",
    }


def _open(account_id: UUID, proposal_id: UUID, instalment: str, deduction_agreed: bool, provider: str) -> IntentView:
    with transaction.atomic():
        plan = start_paying(account_id, proposal_id, instalment)
        if plan.payment_id is not None:
            standing = payments.intent(plan.payment_id)
            if standing.kind != INTENT_KIND:
                raise PaidElsewhere()
            return standing
        if plan.family_size > 1:
            raise FamilyNeeded(people=plan.family_size)
        if plan.due_later:
            agree_to_deductions(account_id, proposal_id, deduction_agreed)
        intent = payments.open_intent(
            kind=INTENT_KIND,
            subject_id=proposal_id,
            shard_key=plan.shard_key,
            account_id=account_id,
            payee=plan.insurer_code,
            payee_name=plan.insurer_name.zh,
            amount_fen=plan.amount_fen,
            description=description(plan),
            payer=who_pays.policyholder(account_id),
            provider=provider,
        )
        policies.payment_opened(proposal_id, intent.id)
        limited.reserve([plan])
        return intent


def agree_to_deductions(account_id: UUID, proposal_id: UUID, agreed: bool) -> None:
    """SALE-3: the stored consent names the text with every day and sum."""
    paper = next(paper for paper in policies.proposal(account_id, proposal_id).papers if paper.code == DEDUCTION)
    if not agreed:
        raise AgreementNeeded(title=paper.title.zh)
    consent.grant(account_id, DEDUCTION, paper.digest, subject=str(proposal_id))


def description(plan: PaymentPlan) -> str:
    if plan.instalment.count > 1:
        return f"{plan.product_name.zh} 第 1/{plan.instalment.count} 期"
    return plan.product_name.zh


def _record(policy: PolicyView, paid_at: datetime, provider: str) -> None:
    version = catalog.version(policy.version_id)
    bookkeeping.premium(policy, policy.paid_fen, str(policy.id), provider, business_date(paid_at))
    limited.keep(policy)
    collect_instalment.plan(policy)
    call_back.plan(policy)
    evidence.append("policy_issued", str(policy.id), issued_facts(policy, version.content_hash), policy.shard_key)
    outbox.publish(
        "policies.issued",
        policy.id,
        policy.shard_key,
        {"policy_id": str(policy.id), "account_id": str(policy.account_id), "at": clock.now().isoformat()},
    )

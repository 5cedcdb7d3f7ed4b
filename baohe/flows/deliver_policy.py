"""After the sale: the policy document, its place in the evidence log, and a message to the customer.

Handles the event `policies.issued`. Every step finds its own earlier work, so a repeated event changes nothing.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from baohe.flows.proposal_paper import carriers, conditions, insured_thing
from baohe.flows.signer import drawn_signature
from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.plumbing.outbox import Event
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.contracts import (
    BeneficiaryLine,
    ClauseSection,
    CoverageLine,
    CustomerSignature,
    DocumentView,
    Insurer,
    Party,
    PaymentPlan,
    PolicyDocument,
)
from baohe.rooms.documents.errors import TimeStampAway
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

EVENT = "policies.issued"
LEAF = "document_issued"
LATE = timedelta(minutes=10)
"""How long a paper waits before the round looks after it."""


def deliver_policy(event: Event) -> None:
    """Print and sign the document, record its digest, tell the policyholder.

    A partner's bulk policies get no paper here: the partner's system holds their data, and a thousand documents
    nobody opens would only delay the one somebody waits for.
    """
    deliver(UUID(event.subject))


def late() -> int:
    """Deliver what waits for its time stamp since more than ten minutes, when the outbox has long given up: the round
    `documents.late`. Stops at the first paper that still gets none. Returns how many were delivered."""
    delivered = 0
    for policy_id in documents.waiting(clock.now() - LATE):
        try:
            deliver(policy_id)
        except TimeStampAway:
            break
        delivered += 1
    return delivered


def deliver(policy_id: UUID) -> None:
    """Print and sign the document, record its digest, tell the policyholder; each once. Raises `TimeStampAway`."""
    policy = policies.policy_by_id(policy_id)
    policy = policies.as_of(policy, business_date(policy.issued_at))  # the contract as it was concluded
    if policy.partner_id is not None:
        return
    version = catalog.version(policy.version_id)
    document = documents.issue_policy_document(policy_document(policy, version))
    with transaction.atomic():
        if evidence.leaf_of(str(policy.id), LEAF) is not None:
            return
        evidence.append_once(LEAF, str(policy.id), _facts(policy, document), policy.shard_key)
        _tell(policy, version)


def policy_document(policy: PolicyView, version: ProductVersion) -> PolicyDocument:
    """Everything the paper says, from the rooms that know it."""
    holder = policies.policyholder(policy.account_id)
    phone = people.phone_of(policy.account_id, "flow:deliver_policy", "电子保单")
    return PolicyDocument(
        policy_id=policy.id,
        shard_key=policy.shard_key,
        number=policy.number,
        insurer=insurer_of(version),
        product_name=version.name,
        clause_name=version.clause_name,
        filing_number=version.filing_number,
        version_id=version.id,
        policyholder=Party(
            holder.name,
            holder.identity_masked,
            phone_masked=people.mask_phone(phone) if phone else "",
            birth=holder.birth,
            sex=holder.sex,
        ),
        insured=Party(policy.insured_name, policy.identity_masked, birth=policy.insured_birth, sex=policy.insured_sex),
        beneficiaries=tuple(
            BeneficiaryLine(item.name, item.relation, item.rank, item.share_percent) for item in policy.beneficiaries
        ),
        start=policy.start,
        end=policy.end,
        sum_insured=policy.sum_insured.zh,
        coverages=tuple(
            CoverageLine(item.name.zh, item.detail.zh, item.limit.zh, item.clause)
            for item in version.coverages_of(policy.inputs)
        ),
        premium_fen=policy.premium_fen,
        payment=_payment(policy, version),
        special_exclusions=tuple(text.zh for text in policy.special_exclusions),
        cooling_off_days=version.cooling_off_days,
        cooling_off_last_day=policy.cooling_off_ends,
        waiting_days=version.waiting_days,
        waiting_last_day=policy.waiting_ends - timedelta(days=1) if policy.waiting_ends else None,
        clauses=tuple(ClauseSection(part.number, part.title, part.body, part.exclusion) for part in version.clauses),
        issued_at=policy.issued_at,
        signature=_signature(policy, holder.name),
        conditions=conditions(version, policy.inputs),
        sample=version.sample,
        insured_object=insured_thing(version, policy.insured_object),
        covers_death=policies.death_cover_fen(version, policy.inputs) > 0,
        carriers=carriers(version),
    )


def insurer_of(version: ProductVersion) -> Insurer:
    """The lead, as its papers name it."""
    insurer = version.insurer
    return Insurer(
        insurer.code,
        insurer.name,
        insurer.licence,
        insurer.service_phone,
        insurer.complaint_phone,
        insurer.signature,
    )


def _payment(policy: PolicyView, version: ProductVersion) -> PaymentPlan:
    plan = next((item for item in version.instalments if item.code == policy.instalment), None)
    return PaymentPlan(
        name=plan.name.zh if plan else "一次交清",
        count=1 + len(policy.dues),
        each_fen=policy.dues[0].amount_fen if policy.dues else policy.premium_fen,
        paid_fen=policy.first_fen,
        paid_at=policy.issued_at,
        next_due=policy.dues[0].on if policy.dues else None,
    )


def _signature(policy: PolicyView, signer_name: str) -> CustomerSignature | None:
    signed = policies.signature_of(policy.proposal_id) if policy.proposal_id else None
    if signed is None:
        return None
    digest = signed.document_sha256 or signed.document_digest
    return drawn_signature(signed.strokes, digest, signed.signed_at, signer_name)


def _facts(policy: PolicyView, document: DocumentView) -> dict[str, object]:
    return {
        "document_id": str(document.id),
        "document_sha256": document.sha256 or "",
        "policy_id": str(policy.id),
        "size": document.size or 0,
    }


def _tell(policy: PolicyView, version: ProductVersion) -> None:
    phone = people.phone_of(policy.account_id, "flow:deliver_policy", "承保通知")
    if phone is None:
        return
    notices.send(
        phone,
        "policy_issued",
        {"product": version.name.zh, "number": policy.number, "start": policy.start.isoformat()},
        policy.account_id,
        {"product": version.name.en},
    )

"""After an endorsement: its document (批单), signed like the policy, and the document's place in the evidence log.

Handles the event `policies.endorsed`. Every step finds its own earlier work, so a repeated event changes nothing.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.flows import endorse
from baohe.flows.deliver_policy import LATE, insurer_of
from baohe.plumbing import clock
from baohe.plumbing.outbox import Event
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.contracts import EndorsementDocument, Party, Side
from baohe.rooms.documents.errors import TimeStampAway
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import EndorsementView, PolicyView, Terms

EVENT = endorse.EVENT
LEAF = "endorsement_document_issued"


def deliver_endorsement(event: Event) -> None:
    """Print and sign the document and record its digest. Raises `TimeStampAway`."""
    one = policies.endorsement(UUID(event.subject))
    _deliver(policies.policy_by_id(one.policy_id), one)


def late() -> int:
    """Deliver what waits for its time stamp since more than ten minutes, as with the policies' own papers: the round
    `documents.late_endorsements`. Returns how many were delivered."""
    delivered = 0
    for policy_id, number in documents.waiting_endorsements(clock.now() - LATE):
        policy = policies.policy_by_id(policy_id)
        try:
            _deliver(policy, next(one for one in policy.endorsements if one.number == number))
        except TimeStampAway:
            break
        delivered += 1
    return delivered


def _deliver(policy: PolicyView, one: EndorsementView) -> None:
    document = documents.issue_endorsement_document(endorsement_document(policy, one))
    facts = {
        "document_id": str(document.id),
        "document_sha256": document.sha256 or "",
        "policy_id": str(policy.id),
        "endorsement": one.number,
        "size": document.size or 0,
    }
    with transaction.atomic():
        evidence.append_once(LEAF, str(one.id), facts, policy.shard_key)


def endorsement_document(policy: PolicyView, one: EndorsementView) -> EndorsementDocument:
    """Everything the paper says, from the rooms that know it."""
    version = catalog.version(policy.version_id)
    holder = policies.policyholder(policy.account_id)

    def side(terms: Terms) -> Side:
        return Side(
            sum_insured=policies.sum_insured_in_words(terms.sum_insured_fen).zh,
            premium_fen=terms.total_fen,
            limits=tuple((item.name.zh, item.limit.zh) for item in version.coverages_of(terms.inputs)),
        )

    return EndorsementDocument(
        policy_id=policy.id,
        shard_key=policy.shard_key,
        policy_number=policy.number,
        number=one.number,
        insurer=insurer_of(version),
        product_name=version.name,
        clause_name=version.clause_name,
        filing_number=version.filing_number,
        version_id=version.id,
        policyholder=Party(holder.name, holder.identity_masked),
        insured=Party(policy.insured_name, policy.identity_masked),
        start=policy.start,
        end=policy.end,
        before=side(one.before),
        after=side(one.after),
        valid_from=one.valid_from,
        recorded_at=one.recorded_at,
        calculation=tuple((line.label.zh, line.amount_fen) for line in one.lines),
        refund_fen=one.refund_fen,
        sample=version.sample,
    )

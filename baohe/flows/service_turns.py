"""Whose turn it is: what the customer of a personal line waits for from us, and since when (SERV-4).

One function for each kind of thing reads its whole story from the rooms that know it. The story is read, not
remembered: told twice or late, a clock comes to the same (decision 0150).

A thing of another line has no story here, nor has what waits for the customer or somebody else from the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from baohe.flows import cancel, endorse
from baohe.kernel.decisions import Text
from baohe.kernel.lines import PERSONAL_LINES
from baohe.plumbing import clock
from baohe.rooms.billing import facade as billing
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.disbursements import facade as disbursements
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.contracts import DocumentView
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import EndorsementView, PolicyView
from baohe.rooms.service_clocks import facade as service_clocks
from baohe.rooms.service_clocks.contracts import OURS, OVER, Subject, Turn
from baohe.rooms.underwriting import facade as underwriting

SALES = frozenset({"premium", "basket"})
REINSTATEMENT = "reinstatement"


@dataclass(frozen=True, slots=True)
class Story:
    subject: Subject
    turns: tuple[Turn, ...]

    @property
    def is_over(self) -> bool:
        return self.turns[-1].whose == OVER


def follow(kind: str, subject_id: UUID, *, if_over: bool = True) -> bool:
    """Bring the clock of a subject to where its story stands, in the transaction of an act or in one of its own; says
    whether it has one. None for a line that is not personal, and without `if_over` none for what is over. Raises
    `NotFound`."""
    with transaction.atomic():
        service_clocks.hold(kind, subject_id)
        story = _STORIES[kind](subject_id)
        if story is None or (story.is_over and not if_over):
            return False
        service_clocks.follow(story.subject, story.turns)
        return True


def _referral(declaration_id: UUID) -> Story | None:
    """With an underwriter since the rules or the customer sent it there; papers and offers are the customer's turn."""
    told = underwriting.referral_turns(declaration_id)
    version = catalog.version(told.version_id)
    if version.line not in PERSONAL_LINES:
        return None
    subject = Subject("referral", declaration_id, told.shard_key, told.account_id, version.name, told.handler_id)
    return Story(subject, tuple(Turn(at, whose) for at, whose in told.turns))


def _sale_payment(intent_id: UUID) -> Story | None:
    """Money that came and paid for nothing yet. Of a basket the first personal cover counts for all."""
    intent = payments.intent(intent_id)
    since = payments.stopped_since(intent_id)
    sold = [line.subject_id for line in payments.lines_of(intent_id)] or [intent.subject_id]
    versions = (catalog.version(policies.proposal_by_id(proposal_id).version_id) for proposal_id in sold)
    version = next((one for one in versions if one.line in PERSONAL_LINES), None)
    if since is None or version is None:
        return None
    subject = Subject("sale_payment", intent.id, intent.shard_key, intent.account_id, version.name)
    return Story(subject, (Turn(since, OURS), *_settled(intent.state)))


def _reinstatement_payment(intent_id: UUID) -> Story | None:
    """All that was owed is paid, and cover does not run again."""
    intent = payments.intent(intent_id)
    since = payments.stopped_since(intent_id)
    policy = policies.policy_by_id(billing.reinstatement(intent.subject_id).policy_id)
    if since is None or not _is_personal(policy):
        return None
    return Story(_of_policy("reinstatement_payment", intent.id, policy), (Turn(since, OURS), *_settled(intent.state)))


def _settled(state: str) -> tuple[Turn, ...]:
    return () if state in ("created", "checking") else (Turn(clock.now(), OVER),)


def _policy_paper(policy_id: UUID) -> Story | None:
    """A partner's bulk policies get no paper from us (`deliver_policy`)."""
    policy = policies.policy_by_id(policy_id)
    if policy.partner_id is not None or not _is_personal(policy):
        return None
    paid_at = payments.paid_at(policy.payment_id) if policy.payment_id else None
    since = Turn(paid_at or policy.issued_at, OURS)
    return Story(_of_policy("policy_paper", policy.id, policy), (since, *_ready(documents.document_of(policy.id))))


def _endorsement_paper(endorsement_id: UUID) -> Story | None:
    one, policy = _endorsement(endorsement_id)
    if not _is_personal(policy):
        return None
    paper = documents.endorsement_document_of(policy.id, one.number)
    subject = _of_policy("endorsement_paper", one.id, policy)
    return Story(subject, (Turn(one.recorded_at, OURS), *_ready(paper)))


def _ready(paper: DocumentView | None) -> tuple[Turn, ...]:
    if paper is None or paper.state != "ready":
        return ()
    return (Turn(paper.stamped_at or clock.now(), OVER),)


def _reinstatement(request_id: UUID) -> Story | None:
    """From the asking to the decision of a named person, or until the contract ended. What follows an agreement is
    the customer's payment, and with it cover runs again at once."""
    request = billing.reinstatement(request_id)
    policy = policies.policy_by_id(request.policy_id)
    if not _is_personal(policy):
        return None
    over = () if request.state == "asked" else (Turn(request.decided_at or clock.now(), OVER),)
    return Story(_of_policy("reinstatement", request.id, policy), (Turn(request.asked_at, OURS), *over))


def _end_refund(policy_id: UUID) -> Story | None:
    policy = policies.policy_by_id(policy_id)
    if policy.cancelled_at is None or not _is_personal(policy):
        return None
    over = () if policy.refunded_at is None else (Turn(policy.refunded_at, OVER),)
    handler = disbursements.proposer_of(cancel.refund_keys(policy), policy.shard_key)
    subject = _of_policy("end_refund", policy.id, policy, handler)
    return Story(subject, (Turn(policy.cancelled_at, OURS), *over))


def _endorsement_refund(endorsement_id: UUID) -> Story | None:
    one, policy = _endorsement(endorsement_id)
    if not _is_personal(policy):
        return None
    over = (Turn(clock.now(), OVER),) if endorse.is_back(policy, one) else ()
    handler = disbursements.proposer_of(endorse.refund_keys(policy, one), policy.shard_key)
    return Story(
        _of_policy("endorsement_refund", one.id, policy, handler),
        (Turn(one.recorded_at, OURS), *over),
    )


def _endorsement(endorsement_id: UUID) -> tuple[EndorsementView, PolicyView]:
    one = policies.endorsement(endorsement_id)
    return one, policies.policy_by_id(one.policy_id)


def _is_personal(policy: PolicyView) -> bool:
    return catalog.version(policy.version_id).line in PERSONAL_LINES


def _of_policy(kind: str, subject_id: UUID, policy: PolicyView, handler: UUID | None = None) -> Subject:
    name = Text(policy.number, policy.number)
    return Subject(kind, subject_id, policy.shard_key, policy.account_id, name, handler)


_STORIES: Mapping[str, Callable[[UUID], Story | None]] = {
    "referral": _referral,
    "sale_payment": _sale_payment,
    "policy_paper": _policy_paper,
    "reinstatement": _reinstatement,
    "reinstatement_payment": _reinstatement_payment,
    "end_refund": _end_refund,
    "endorsement_refund": _endorsement_refund,
    "endorsement_paper": _endorsement_paper,
}

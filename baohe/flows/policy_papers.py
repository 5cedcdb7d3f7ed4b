"""The papers of a policy (单据): which there are, and the file of each.

The policy and its endorsements are printed by the worker. Receipt, refund note, health declaration and own choice are
printed, signed and kept when somebody opens them first: most are never opened, and a sale waits for none of them. From
then on they are the same file, and the verify page knows them like the policy (SERV-1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from baohe.flows.declared_paper import declared_paper
from baohe.flows.deliver_policy import insurer_of
from baohe.flows.own_choice_paper import own_choice_paper
from baohe.flows.premium_papers import premium_receipt, receipt_number, received_at, refund_note
from baohe.kernel.dates import business_date
from baohe.kernel.errors import NotFound
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.contracts import DocumentView, Paper, PolicyPaper
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView, ProposalView
from baohe.rooms.suitability import facade as suitability
from baohe.rooms.suitability.contracts import OWN_CHOICE
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import AnswerLine, DeclarationView

LEAF = "paper_issued"
POLICY, ENDORSEMENT, PROPOSAL = "policy", "endorsement", "proposal"
DECLARED, RECEIPT, REFUND = "health_declaration", "receipt", "refund"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in the list. `kind` is policy | endorsement | proposal | health_declaration | own_choice | receipt |
    refund; `number` that of an endorsement or receipt. `document` is None before it was first opened or printed;
    `size` in bytes; `proposal_id` and `shown_sha256` name the file of a proposal, which the customer signed and no
    insurer."""

    kind: str
    on: date
    number: int | None = None
    document: DocumentView | None = None
    size: int | None = None
    proposal_id: UUID | None = None
    shown_sha256: str = ""


def papers_of(account_id: UUID, policy_id: UUID) -> tuple[PaperLine, ...]:
    """Every paper of the policy. Prints nothing. Raises `NotFound`, also for another account's."""
    policy = _own(account_id, policy_id)
    lines = [*_contract(policy), *_of_the_sale(policy), *_of_money(policy)]
    issued = documents.papers_of(policy.id, [_kind(line.kind, line.number) for line in lines])
    return tuple(_with_document(line, issued.get(_kind(line.kind, line.number))) for line in lines)


def declaration_of(proposal: ProposalView) -> DeclarationView | None:
    """What was declared for it; None for a product that asks nothing."""
    if not catalog.version(proposal.version_id).questionnaire:
        return None
    found = underwriting.declarations_of_quotes(proposal.account_id, [proposal.quote_id])
    return next((one for one in found if one.id == proposal.declaration_id), None)


def own_choice_at(proposal: ProposalView) -> datetime | None:
    """When the own choice was signed last; None where nobody had to choose."""
    stated = suitability.stated(proposal.id, proposal.shard_key)
    return max((at for (code, _), at in stated.items() if code == OWN_CHOICE), default=None)


def receipt(account_id: UUID, policy_id: UUID) -> bytes:
    """The receipt of every premium that came in. Raises `NotFound`, `TimeStampAway`."""
    policy = _own(account_id, policy_id)
    return _kept(policy, _kind(RECEIPT, receipt_number(policy)), lambda: premium_receipt(policy))


def refund(account_id: UUID, policy_id: UUID) -> bytes:
    """The note of what goes back. Raises `NotFound`, also for a policy that was not left, `TimeStampAway`."""
    left = policies.cancelled(account_id, policy_id)
    return _kept(left.policy, REFUND, lambda: refund_note(left))


def declared(account_id: UUID, policy_id: UUID) -> bytes:
    """The health declaration of a policy. Raises `NotFound`, also where nothing was asked, `TimeStampAway`."""
    proposal = _proposal_of(_own(account_id, policy_id))
    return declared_before(account_id, proposal.id)


def declared_before(account_id: UUID, proposal_id: UUID) -> bytes:
    """The health declaration of a proposal; once it is a policy, the signed paper. Raises as `declared`."""
    proposal = policies.proposal(account_id, proposal_id)
    declaration = declaration_of(proposal)
    if declaration is None:
        raise NotFound(what="健康告知书")
    answers = underwriting.own_answers(account_id, declaration.id)
    return _declared(declaration, answers, proposal.insured_name, proposal)


def declared_for_desk(staff_id: UUID, declaration_id: UUID, insured: str) -> bytes:
    """The same for an underwriter or auditor; the face logs the read and knows the name of the insured. Raises
    `NotAllowed`, `NotFound`, `TimeStampAway`."""
    answers = underwriting.referral_answers(staff_id, declaration_id)
    declaration = underwriting.declaration_by_id(declaration_id)
    made = policies.proposals_of_quotes(declaration.account_id, [declaration.quote_id])
    of_it = [one for one in made if one.declaration_id == declaration_id]
    sold = next((one for one in of_it if one.policy_id is not None), None)
    return _declared(declaration, answers, insured, sold or (of_it[-1] if of_it else None))


def own_choice(account_id: UUID, policy_id: UUID) -> bytes:
    """The own choice signed by hand. Raises `NotFound`, also where there is none, `TimeStampAway`."""
    return own_choice_of(_proposal_of(_own(account_id, policy_id)))


def own_choice_of(proposal: ProposalView) -> bytes:
    """The same by its proposal; printed unsigned while there is no policy. The caller has checked who is asking."""
    if proposal.policy_id is None:
        return documents.print_paper(own_choice_paper(proposal))
    policy = policies.policy_by_id(proposal.policy_id)
    return _kept(policy, OWN_CHOICE, lambda: own_choice_paper(proposal))


def _declared(
    declaration: DeclarationView, answers: Sequence[AnswerLine], insured: str, proposal: ProposalView | None
) -> bytes:
    def paper() -> Paper:
        return declared_paper(declaration, answers, insured, proposal)

    if proposal is None or proposal.policy_id is None:
        return documents.print_paper(paper())
    return _kept(policies.policy_by_id(proposal.policy_id), DECLARED, paper)


def _kept(policy: PolicyView, kind: str, paper: Callable[[], Paper]) -> bytes:
    """The paper of this kind, made the first time. Every step finds its own earlier work."""
    issued = documents.papers_of(policy.id, [kind]).get(kind)
    if issued is None or issued.state != "ready":
        issued = documents.issue_policy_paper(_to_sign(policy, kind, paper()))
    facts = {
        "document_id": str(issued.id),
        "document_sha256": issued.sha256 or "",
        "policy_id": str(policy.id),
        "kind": kind,
        "size": issued.size or 0,
    }
    with transaction.atomic():
        evidence.append_once(LEAF, str(issued.id), facts, policy.shard_key)
    return documents.bytes_of(issued.id)


def _to_sign(policy: PolicyView, kind: str, paper: Paper) -> PolicyPaper:
    version = catalog.version(policy.version_id)
    return PolicyPaper(
        kind=kind,
        policy_id=policy.id,
        shard_key=policy.shard_key,
        policy_number=policy.number,
        insurer=insurer_of(version),
        product_name=version.name,
        insured_name=policy.insured_name,
        start=policy.start,
        last_day=policy.last_day,
        paper=paper,
    )


def _contract(policy: PolicyView) -> Iterator[PaperLine]:
    yield PaperLine(POLICY, business_date(policy.issued_at))
    for one in policy.endorsements:
        yield PaperLine(ENDORSEMENT, business_date(one.recorded_at), one.number)


def _of_the_sale(policy: PolicyView) -> Iterator[PaperLine]:
    if policy.proposal_id is None:
        return
    proposal = _proposal_of(policy)
    signed = policies.signature_of(proposal.id)
    shown = documents.shown(proposal.id, signed.document_sha256) if signed is not None else None
    if signed is not None and shown is not None:
        on = business_date(signed.signed_at)
        yield PaperLine(PROPOSAL, on, size=shown.size, proposal_id=proposal.id, shown_sha256=shown.sha256)
    declaration = declaration_of(proposal)
    if declaration is not None:
        yield PaperLine(DECLARED, business_date(declaration.decided_at or declaration.created_at))
    chosen_at = own_choice_at(proposal)
    if chosen_at is not None:
        yield PaperLine(OWN_CHOICE, business_date(chosen_at))


def _of_money(policy: PolicyView) -> Iterator[PaperLine]:
    yield PaperLine(RECEIPT, business_date(received_at(policy)), receipt_number(policy))
    if policy.cancelled_at is not None and policy.refund_fen is not None:
        yield PaperLine(REFUND, business_date(policy.cancelled_at))


def _with_document(line: PaperLine, document: DocumentView | None) -> PaperLine:
    if document is None or document.state != "ready":
        return line
    return replace(line, document=document, size=document.size)


def _kind(kind: str, number: int | None) -> str:
    return kind if number is None else f"{kind}-{number}"


def _own(account_id: UUID, policy_id: UUID) -> PolicyView:
    """A partner's bulk policies have no papers: the partner's system holds their data."""
    policy = policies.policy(account_id, policy_id)
    if policy.partner_id is not None:
        raise NotFound(what="单据")
    return policy


def _proposal_of(policy: PolicyView) -> ProposalView:
    if policy.proposal_id is None:
        raise NotFound(what="投保单")
    return policies.proposal_by_id(policy.proposal_id)

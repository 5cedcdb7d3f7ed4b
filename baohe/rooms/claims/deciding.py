"""From the rows of a claim to a stored decision of the rules. Called with the claim's row locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ClaimEvent, ClaimExclusion, ProductVersion
from baohe.rooms.claims import locks, records, reserves, sealing
from baohe.rooms.claims.asked import on_hand
from baohe.rooms.claims.contracts import PaperView, PayOrder, Settled
from baohe.rooms.claims.cover_use import used_before
from baohe.rooms.claims.models import Claim, ClaimDecision, ClaimPaper
from baohe.rooms.claims.paper_uses import used_again
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.claims.rules.assess import Assessment, Case, Cover, InvoiceFacts, assess
from baohe.rooms.claims.rules.counting import counted_periods
from baohe.rooms.claims.rules.excluding import spoken_of
from baohe.rooms.claims.rules.figures import Contract
from baohe.rooms.claims.rules.papers import COUNTED_KINDS, READ_KINDS, needed_papers
from baohe.rooms.claims.rules.reading import invoice_facts
from baohe.rooms.claims.shapes.claim import paper_view
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView


@dataclass(frozen=True, slots=True)
class Considered:
    """What the rules saw and said, before anything is written."""

    assessment: Assessment
    periods: dict[str, date]
    papers: int
    case: Case


def consider(
    row: Claim,
    policy: PolicyView,
    asked_for_person: bool = False,
    fraud_signal: bool = False,
    used: Mapping[str, int] | None = None,
) -> Considered:
    """Assess the claim as it stands. Locks the policy and the papers until the transaction ends.

    `used` is given where the caller holds the policy and read for many at once what was used of its counted limits.
    """
    version = catalog.version(row.version_id)
    policy = policies.as_of(policy, row.happened_on)
    event = event_of(version, policy, row.event)
    # A reported fact has no papers; thousands of them come at once, so the look is spared.
    papers = [] if row.reference else list(row.papers.filter(removed_at=None).order_by("added_at", "id"))
    together = bought_together(event, policy)
    if used is None:
        locks.policy(*together)
    locks.papers(mark for paper in papers for mark in _marks(paper))
    again = used_again(row, event, policy, papers)
    views = [paper_view(paper) for paper in papers]
    listed = needed_papers(on_hand(row, event.papers) if event else (), views, row.asked_kinds)
    periods = counted_periods(event, policy.start, row.happened_on) if event else {}
    case = Case(
        event=event,
        happened_on=row.happened_on,
        cover=cover_of(policy, row.happened_on),
        contract=Contract(policy.inputs, policy.sum_insured_fen),
        invoices=_invoices(row, papers, views, again),
        missing=tuple(paper.title for paper in listed if paper.state == "missing"),
        being_read=any(paper.state == "reading" for paper in papers if paper.kind in _waited_for(event)),
        used_elsewhere=any(paper.kind not in COUNTED_KINDS for paper in again),
        picture_doubts=tuple(code for paper in papers for code in paper.doubts),
        used_before=used_before(row.policy_id, together, periods, besides=row) if used is None else dict(used),
        asked_for_person=asked_for_person,
        fraud_signal=fraud_signal,
        another_event=row.another_event,
        rule_version=version.claim_rules.rule_version,
        excluded=_spoken_of(row, event, views),
        special_exclusions=policy.special_exclusions,
        # only a claim that was submitted before can have been paid something
        advanced=row.submitted_at is not None and row.payments.exists(),
    )
    return Considered(assess(case), periods, len(views), case)


def cover_of(policy: PolicyView, happened_on: date) -> Cover:
    """The days of the policy as far as they matter to something that happened on that day."""
    return Cover(
        start=policy.start,
        end=policy.end,
        issued_on=_premium_taken_on(policy, happened_on),
        waiting_ends=policy.waiting_ends,
        cancelled=policy.state == "cancelled",
        suspended=policy.without_cover_on(happened_on),
    )


def _premium_taken_on(policy: PolicyView, happened_on: date) -> date:
    """SALE-14: the day on which the premium left the payer. The provider's word may come days later, and the policy
    with it; what happened between is not outside of what was paid for. Asked only where it could matter."""
    issued_on = business_date(policy.issued_at)
    if policy.payment_id is None or happened_on >= min(policy.start, issued_on):
        return issued_on
    taken = payments.paid_at(policy.payment_id)
    return issued_on if taken is None else min(issued_on, business_date(taken))


def settle(row: Claim, considered: Considered) -> Settled:
    """Write the decision and what follows from it: the claim stays a draft, goes to a person, or is being paid."""
    decision, calculation = considered.assessment.decision, considered.assessment.calculation
    previous = ClaimDecision.objects.filter(claim=row).order_by("-number").first()
    asked = previous is not None and previous.outcome == decision.outcome == "ask"
    if previous is not None and asked and previous.input_hash == decision.input_hash:
        return records.settled(row, previous, None, fresh=False)
    amount = calculation.amount_fen if calculation else None
    stored = records.decision(
        row,
        decision.outcome,
        decision.reasons,
        calculation.lines if calculation else (),
        amount,
        decision.rule_version,
        decision.input_hash,
        number=previous.number + 1 if previous else 1,
    )
    order = None
    if decision.outcome == "ask":
        records.milestone(row, "asked", decision=stored.number)
    else:
        row.calculated_fen = amount
        order = _after(row, stored, considered)
    return records.settled(row, stored, order, fresh=True)


def event_of(version: ProductVersion, policy: PolicyView, code: str) -> ClaimEvent | None:
    """The filed event of this code under this contract, as it stood on the day of the event; None for "other"."""
    return next((event for event in version.claim_events_of(policy.inputs) if event.code == code), None)


def policy_of(row: Claim) -> PolicyView:
    """The contract of the day of the event: a sum lowered since then does not lower this claim."""
    return policies.as_of(policies.policy_by_id(row.policy_id), row.happened_on)


def mark_submitted(row: Claim, papers: int) -> None:
    """The papers are complete: the legal clocks start (SERV-5)."""
    moment = clock.now()
    row.submitted_at = row.submitted_at or moment
    row.decide_by = row.decide_by or deadlines.decide_by(moment)
    row.advance_by = row.advance_by or deadlines.advance_by(moment)
    if not row.reference:
        records.milestone(row, "submitted", papers=papers)


def _after(row: Claim, stored: ClaimDecision, considered: Considered) -> PayOrder | None:
    mark_submitted(row, considered.papers)
    calculation = considered.assessment.calculation
    if stored.outcome == "pay" and calculation is not None:
        if considered.papers:
            records.milestone(row, "checked")
        version = stored.rule_version.rpartition("/")[2]
        records.milestone(row, "agreed_by_rules", amount_fen=stored.amount_fen, version=version, decision=stored.number)
        records.use_cover(row, stored.number, calculation.used, considered.periods)
        return records.pay(row, stored)
    if considered.papers:
        records.milestone(row, "checked_with_doubt")
    records.milestone(row, "referred", decision=stored.number)
    row.state = "with_person"
    row.reply_by = deadlines.reply_by(clock.now())
    row.save()
    reserves.calculated(row, row.calculated_fen)
    return None


def _invoices(
    row: Claim, papers: list[ClaimPaper], views: list[PaperView], again: set[ClaimPaper]
) -> tuple[InvoiceFacts, ...]:
    insured = sealing.insured_name(row)
    seen: set[bytes] = set()
    facts = []
    for paper, view in zip(papers, views, strict=True):
        if paper.kind not in COUNTED_KINDS or paper.state == "reading":
            continue
        mark = bytes(paper.number_index or b"") or paper.sha256.encode()
        facts.append(invoice_facts(view.fields, insured, used_before=mark in seen or paper in again))
        seen.add(mark)
    return tuple(facts)


def _marks(paper: ClaimPaper) -> list[bytes]:
    return [paper.sha256.encode(), *(bytes(mark) for mark in (paper.number_index, paper.facts_index) if mark)]


def _waited_for(event: ClaimEvent | None) -> tuple[str, ...]:
    """Papers whose print must be known before the rules decide: those with sums, and where the contract excludes
    something, every one that may speak of it."""
    return READ_KINDS if event is not None and event.exclusions else COUNTED_KINDS


def bought_together(event: ClaimEvent | None, policy: PolicyView) -> tuple[UUID, ...]:
    """The policies whose claims count together: the policy, and where a deductible is the family's, all of the same
    version that one payment bought."""
    if event is None or not event.shares_with_family or policy.payment_id is None:
        return (policy.id,)
    family = policies.policies_of_payment(policy.payment_id, policy.shard_key)
    return tuple(one.id for one in family if one.version_id == policy.version_id)


def _spoken_of(row: Claim, event: ClaimEvent | None, views: list[PaperView]) -> tuple[ClaimExclusion, ...]:
    if event is None or not event.exclusions:
        return ()
    told = [sealing.sentence(row), *(field.value for view in views for field in view.fields)]
    return spoken_of(event.exclusions, told)

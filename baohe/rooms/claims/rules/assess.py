"""Pay, ask for papers, or refer to a person. There is no fourth answer: a machine never refuses (SERV-9). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from baohe.kernel.decisions import Decision, Reason, Text, hash_inputs
from baohe.kernel.money import yuan
from baohe.rooms.catalog.contracts import ClaimEvent, ClaimExclusion
from baohe.rooms.claims.rules.calculation import Calculation, calculate
from baohe.rooms.claims.rules.figures import Contract, Figures, Visit
from baohe.rooms.claims.rules.odd_places import ODD
from baohe.rooms.claims.rules.reasons import reason

RULES = "claims-2026-01"
LATEST_INVOICE_DAYS = 180
"""An invoice this long after the event is looked at by a person."""

DEATH = "death"
EDITED = "picture_edited"


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """What counts of one invoice. No names: whether they agree was settled before."""

    day: date | None
    total_fen: int | None
    social_paid_fen: int
    self_paid_fen: int
    patient_is_insured: bool
    doubt_unconfirmed: bool = False
    raised: bool = False
    used_before: bool = False
    contradicted: bool = False
    """Figures of the paper disagree with each other, and the claimant confirmed them as they stand."""
    items_apart: bool = False
    """The items, every one of them read, make another total than the one that was confirmed."""
    recovered_fen: int = 0
    items: Mapping[str, int] = field(default_factory=dict)
    days: int = 0

    @property
    def visit(self) -> Visit:
        return Visit(
            self.total_fen or 0, self.social_paid_fen, self.self_paid_fen, self.recovered_fen, self.items, self.days
        )


@dataclass(frozen=True, slots=True)
class Cover:
    """The policy's days. `waiting_ends` and `end` are the first days after."""

    start: date
    end: date
    issued_on: date
    waiting_ends: date | None = None
    cancelled: bool = False
    suspended: bool = False
    """The day lies in a time without cover for an unpaid premium (SERV-8)."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the rules see. `event` is None for something the product's list does not name."""

    event: ClaimEvent | None
    happened_on: date
    cover: Cover
    contract: Contract
    invoices: tuple[InvoiceFacts, ...] = ()
    missing: tuple[Text, ...] = ()
    being_read: bool = False
    used_elsewhere: bool = False
    picture_doubts: tuple[str, ...] = ()
    """Codes of what was doubted in pictures at their arrival and kept all the same."""
    used_before: Mapping[str, int] = field(default_factory=dict)
    asked_for_person: bool = False
    fraud_signal: bool = False
    """Found around the claim: a person looks, and that is all it can do."""
    another_event: bool = False
    """The claimant said that this is another event than the open claim of the same kind and days."""
    rule_version: str = RULES
    excluded: tuple[ClaimExclusion, ...] = ()
    """Filed exclusions of which the sentence or a paper speaks."""
    advanced: bool = False
    """Something was paid in advance: whether the rest is owed is a person's to say."""
    special_exclusions: tuple[Text, ...] = ()
    """What underwriting took out of this person's cover."""


@dataclass(frozen=True, slots=True)
class Assessment:
    decision: Decision
    calculation: Calculation | None


def assess(case: Case) -> Assessment:
    """The decision of the rules, with its calculation wherever one can be made."""
    waits_for = _asks(case)
    calculation = None if waits_for else _calculation(case)
    if waits_for and not case.asked_for_person:
        return _answer(case, "ask", waits_for, None)
    doubts = _referrals(case, calculation)
    if doubts:
        return _answer(case, "refer", doubts, calculation)
    paid = reason("within_rules") if case.invoices else reason("reported_fact")
    return _answer(case, "pay", (paid,), calculation)


def _answer(case: Case, outcome: str, reasons: Sequence[Reason], calculation: Calculation | None) -> Assessment:
    detail = {"amount_fen": calculation.amount_fen} if calculation else {}
    return Assessment(
        Decision(outcome, tuple(reasons), case.rule_version, hash_inputs(_plain(asdict(case))), detail), calculation
    )


def _asks(case: Case) -> tuple[Reason, ...]:
    """SERV-5: everything that is still missing is named at once."""
    asks = []
    if case.missing:
        asks.append(
            reason(
                "papers_missing",
                "、".join(paper.zh for paper in case.missing),
                ", ".join(paper.en for paper in case.missing),
            )
        )
    if case.being_read:
        asks.append(reason("papers_being_read"))
    return tuple(asks)


def _calculation(case: Case) -> Calculation | None:
    if case.event is None or not case.event.steps:
        return None
    by_day = sorted(case.invoices, key=lambda invoice: invoice.day or case.happened_on)
    figures = Figures(tuple(invoice.visit for invoice in by_day))
    return calculate(case.event, figures, case.contract, case.used_before)


def _referrals(case: Case, calculation: Calculation | None) -> tuple[Reason, ...]:
    """Every reason for which a person must look; empty means: pay."""
    codes: list[str] = []
    if case.asked_for_person:
        codes.append("asked_for_person")
    if case.fraud_signal:
        codes.append("fraud_signal")
    if case.advanced:
        codes.append("paid_in_advance")
    if case.another_event:
        codes.append("another_event")
    if case.event is not None and case.event.code == DEATH:
        codes.append("death")
    elif case.event is None or not case.event.steps or case.event.instant_limit_fen is None:
        codes.append("needs_a_person_by_rule")
    codes += cover_doubts(case.event, case.cover, case.happened_on)
    codes += _paper_doubts(case)
    found = [reason(code) for code in dict.fromkeys(codes)]
    found += [reason("may_be_excluded", one.label.zh, one.label.en, one.clause) for one in case.excluded]
    found += [reason("special_exclusion", text.zh, text.en) for text in case.special_exclusions]
    limit = case.event.instant_limit_fen if case.event else None
    if calculation is not None and limit is not None and calculation.amount_fen > limit:
        found.append(reason("over_instant_limit", yuan(calculation.amount_fen)))
    if calculation is not None and calculation.amount_fen == 0:
        found.append(reason("nothing_payable_by_rules"))
    return tuple(found)


def cover_doubts(event: ClaimEvent | None, cover: Cover, day: date) -> list[str]:
    """Codes of why a person looks whether that day is covered; also told when the claim is only reported."""
    doubts = []
    if cover.cancelled:
        doubts.append("policy_cancelled")
    if cover.suspended:
        doubts.append("policy_suspended")
    if cover.issued_on <= day < cover.start:
        doubts.append("premium_taken_before_cover")  # SALE-14
    elif not cover.start <= day < cover.end:
        doubts.append("outside_cover")
    elif event is not None and event.waiting_applies and cover.waiting_ends and day < cover.waiting_ends:
        # An accident may waive the waiting period; whether it was one is not for a machine to believe.
        doubts.append("in_waiting_period")
    return doubts


def _paper_doubts(case: Case) -> list[str]:
    doubts = []
    if case.used_elsewhere or any(invoice.used_before for invoice in case.invoices):
        doubts.append("used_before")
    doubts += [code if code in (EDITED, ODD) else "picture_doubted" for code in case.picture_doubts]
    for invoice in case.invoices:
        if not invoice.patient_is_insured:
            doubts.append("patient_is_not_insured")
        if invoice.doubt_unconfirmed:
            doubts.append("unconfirmed_doubt")
        if invoice.raised:
            doubts.append("raised_by_claimant")
        if invoice.contradicted or not _adds_up(invoice):
            doubts.append("figures_disagree")
        if invoice.items_apart:
            doubts.append("items_disagree")
        if not _fits(invoice.day, case.happened_on):
            doubts.append("invoice_date_unlikely")
    return doubts


def _adds_up(invoice: InvoiceFacts) -> bool:
    parts = invoice.social_paid_fen + invoice.self_paid_fen + invoice.recovered_fen
    whole = max(parts, sum(invoice.items.values()))
    return invoice.total_fen is not None and invoice.total_fen > 0 and whole <= invoice.total_fen


def _fits(day: date | None, happened_on: date) -> bool:
    return day is not None and happened_on <= day <= happened_on + timedelta(days=LATEST_INVOICE_DAYS)


def _plain(value: Any) -> Any:
    """Dataclass content in the few types that have a canonical form."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value

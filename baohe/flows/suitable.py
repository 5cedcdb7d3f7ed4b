"""Suitability of a proposal (SALE-7, SALE-8): what is asked, what was found, and which steps the sale waits for.

The steps are worked out anew each time from the proposal, the latest check and the policies held, so a statement
counts for exactly what is sold now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from baohe.flows import basket
from baohe.flows.need import Need
from baohe.flows.twice import cover_of
from baohe.kernel.dates import Period, age_on, business_date
from baohe.kernel.decisions import Text
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView, ProposalView
from baohe.rooms.policies.errors import ProposalClosed
from baohe.rooms.rating import facade as rating
from baohe.rooms.suitability import facade as suitability
from baohe.rooms.suitability.contracts import (
    DUPLICATE,
    ELDER_CARE,
    ELSEWHERE,
    OWN_CHOICE,
    STOPPED,
    Answers,
    AssessmentView,
    Cover,
    StatementText,
    Terms,
)
from baohe.rooms.suitability.errors import NothingToState

NEEDS = "needs"
_OPEN = frozenset({"draft", "signed"})


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a proposal stands. `assessment` is the check that counts for the terms of today, None when the questions
    have to be answered (again); `statements` are those that the sale waits for, `done` the digests already stated."""

    proposal: ProposalView
    version: ProductVersion
    terms: Terms
    examined: bool
    assessment: AssessmentView | None
    held: tuple[Cover, ...]
    statements: tuple[StatementText, ...]
    done: frozenset[tuple[str, str]]
    large_type: bool

    def is_done(self, statement: StatementText) -> bool:
        return (statement.code, statement.digest) in self.done


def needs(proposal: ProposalView) -> Iterator[Need]:
    """The steps of this proposal, in the order in which the customer does them. Contracts of property and casualty
    and terms up to a year have none, but for a duplicate or from 65."""
    if proposal.state == "issued":
        return
    picture = picture_of(proposal)
    order = (ELDER_CARE, DUPLICATE, NEEDS, OWN_CHOICE)
    steps = {statement.code: _statement_step(picture, statement) for statement in picture.statements}
    if picture.examined:
        steps[NEEDS] = _needs_step(picture)
    yield from (steps[code] for code in order if code in steps)


def offers_large_type(proposal: ProposalView) -> bool:
    """SALE-8: whether the policyholder is of an age at which larger type is offered; it is never forced."""
    age = age_on(policies.policyholder(proposal.account_id).birth, proposal.start)
    return age >= suitability.limits_on(business_date(proposal.created_at)).fitting_pages_from


def picture_of(proposal: ProposalView) -> Picture:
    version = catalog.version(proposal.version_id)
    holder = policies.policyholder(proposal.account_id)
    terms = terms_of(proposal, version, age_on(holder.birth, proposal.start))
    limits = suitability.limits_on(terms.on)
    examined = suitability.is_examined(version.line, proposal.start, proposal.end)
    assessment = _counting(proposal, terms) if examined else None
    held = _held_twice(proposal, version)
    return Picture(
        proposal=proposal,
        version=version,
        terms=terms,
        examined=examined,
        assessment=assessment,
        held=held,
        statements=tuple(_statements(proposal, version, terms, holder.name, assessment, held)),
        done=frozenset(suitability.stated(proposal.id, proposal.shard_key)),
        large_type=terms.age >= limits.fitting_pages_from,
    )


def terms_of(proposal: ProposalView, version: ProductVersion, age: int) -> Terms:
    """The contract as the check sees it; how it is paid within a year changes nothing."""
    years = max(rating.pay_term(version, proposal.inputs, plan.code) for plan in proposal.instalments)
    return Terms(
        version_id=version.id,
        line=version.line,
        design=version.design,
        premium_fen=proposal.premium_fen,
        pay_years=years,
        age=age,
        on=business_date(proposal.created_at),
    )


def answer(account_id: UUID, proposal_id: UUID, answers: Answers, keep: bool = False, reused: bool = False) -> Picture:
    """Check the proposal with these answers. `keep`: the customer wants them kept for the next purchase.

    Raises `InvalidInput`, `NothingToState` for a contract that is not examined, `ProposalClosed`, `NotFound`.
    """
    picture = picture_of(_changeable(account_id, proposal_id))
    if not picture.examined:
        raise NothingToState()
    proposal = picture.proposal
    suitability.assess(account_id, proposal.id, proposal.shard_key, picture.terms, answers, reused)
    if keep:
        suitability.keep(account_id, answers)
    return picture_of(proposal)


def state(
    account_id: UUID,
    proposal_id: UUID,
    code: str,
    digest: str,
    strokes: Sequence[Sequence[Mapping[str, int]]] = (),
) -> Picture:
    """State what the page with this digest says; the own choice with a signature. Raises `NothingToState`,
    `StatementChanged`, `OwnSignatureNeeded`, `ProposalClosed`, `NotFound`."""
    picture = picture_of(_changeable(account_id, proposal_id))
    statement = next((one for one in picture.statements if one.code == code), None)
    if statement is None:
        raise NothingToState()
    suitability.state(account_id, proposal_id, picture.proposal.shard_key, statement, digest, strokes)
    return picture_of(picture.proposal)


def stop(account_id: UUID, proposal_id: UUID) -> None:
    """The customer follows the advice; recorded, and nothing else is asked. Raises `NothingToState`, `ProposalClosed`,
    `NotFound`."""
    picture = picture_of(_changeable(account_id, proposal_id))
    if picture.assessment is None or not picture.assessment.advises_to_stop:
        raise NothingToState()
    text = suitability.stopped(picture.version.name, picture.terms, picture.assessment.decision)
    suitability.state(account_id, proposal_id, picture.proposal.shard_key, text, text.digest)


def _changeable(account_id: UUID, proposal_id: UUID) -> ProposalView:
    proposal = policies.proposal(account_id, proposal_id)
    if proposal.state not in _OPEN:
        words = {"paying": ("正在付款", "is being paid"), "issued": ("已经出单", "has become a policy")}
        zh, en = words.get(proposal.state, ("已过期", "has expired"))
        raise ProposalClosed(reason_zh=zh, reason_en=en)
    return proposal


def _counting(proposal: ProposalView, terms: Terms) -> AssessmentView | None:
    """The latest check, while the contract is what it was then."""
    latest = suitability.latest(proposal.id, proposal.shard_key)
    return latest if latest is not None and latest.terms == terms else None


def _held_twice(proposal: ProposalView, version: ProductVersion) -> tuple[Cover, ...]:
    """What reimburses the same costs: the account's own policies, those elsewhere as far as they may be told, and what
    lies before this one in the basket."""
    new = cover_of(version, proposal.inputs, _days(proposal), proposal.insured_object)
    if not new.reimburses:
        return ()
    return suitability.duplicates(new, chain(_own(proposal), _elsewhere(proposal), basket.same_person_before(proposal)))


def _own(proposal: ProposalView) -> Iterator[Cover]:
    for held in policies.covering(proposal.account_id, proposal.person_id):
        version = catalog.version(held.version_id)
        yield cover_of(version, held.inputs, _days(held), held.insured_object, number=held.number)


def _elsewhere(proposal: ProposalView) -> Iterator[Cover]:
    for held in policies.covers_elsewhere(proposal.account_id, proposal.id):
        version = catalog.version(held.version_id)
        kind, days = catalog.line_name(version.line), Period(held.start, held.end)
        yield cover_of(version, held.inputs, days, name=kind, place=ELSEWHERE)


def _days(contract: ProposalView | PolicyView) -> Period:
    return Period(contract.start, contract.end)


def _statements(
    proposal: ProposalView,
    version: ProductVersion,
    terms: Terms,
    holder: str,
    assessment: AssessmentView | None,
    held: tuple[Cover, ...],
) -> Iterator[StatementText]:
    if terms.age >= suitability.limits_on(terms.on).extra_care_from:
        yield suitability.elder_care(version.name, terms, version.disclosure.surrender)
    if held:
        yield suitability.duplicate(version.name, proposal.insured_name, held)
    if assessment is not None and assessment.advises_to_stop:
        yield suitability.own_choice(holder, version.name, terms, assessment.decision)


def _needs_step(picture: Picture) -> Need:
    return _need(
        picture,
        NEEDS,
        Text("合不合适", "Does it fit"),
        Text("四个小问题，一分钟", "Four short questions, a minute"),
        picture.assessment is not None,
        "suitability",
    )


_TITLES = {
    ELDER_CARE: (Text("先看这几句话", "First, a few sentences"), Text("也可以先和人说说", "Or talk to a person first")),
    DUPLICATE: (
        Text("已经有同类保障", "Similar cover exists"),
        Text("报销型保障不能重复赔", "Costs are reimbursed only once"),
    ),
    OWN_CHOICE: (
        Text("我们建议你不要投保", "We advise you not to buy"),
        Text("看过原因，停下或自己决定", "See why; stop, or decide for yourself"),
    ),
}
_PAGES = {ELDER_CARE: "care", DUPLICATE: "duplicate", OWN_CHOICE: "own-choice", STOPPED: "own-choice"}


def _statement_step(picture: Picture, statement: StatementText) -> Need:
    title, detail = _TITLES[statement.code]
    return _need(picture, statement.code, title, detail, picture.is_done(statement), _PAGES[statement.code])


def _need(picture: Picture, code: str, title: Text, detail: Text, done: bool, page: str) -> Need:
    """Whatever comes up after the signature (other answers, a policy bought meanwhile) holds up the payment."""
    return Need(
        code=code,
        title=title,
        detail=detail,
        done=done,
        before="sign" if picture.proposal.state == "draft" else "pay",
        path=f"/buy/proposal/{picture.proposal.id}/{page}",
    )

"""Draft a proposal, or change one that is not being paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import death_cover, parties
from baohe.rooms.policies.contracts import Beneficiary, BeneficiaryChoice, ObjectLine, ProposalView
from baohe.rooms.policies.errors import DecisionNeeded, PartiesNotPossible, ProposalClosed
from baohe.rooms.policies.locks import proposal_for_update
from baohe.rooms.policies.models import Proposal
from baohe.rooms.policies.parties import Parties
from baohe.rooms.policies.rules import parties as may
from baohe.rooms.policies.rules import periods
from baohe.rooms.policies.rules.insured_object import object_lines
from baohe.rooms.policies.rules.sale_window import refuse_withdrawn
from baohe.rooms.policies.rules.sums import death_cover_fen
from baohe.rooms.policies.shapes import parties_of, plans_as_json, plans_of, proposal_state, proposal_view
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting.contracts import DeclarationView

ACCEPTED = frozenset({"accept", "load", "exclude"})
REFERRAL_VALID = timedelta(days=15)
"""How long an underwriter's acceptance may be used; the same version and inputs give the same price."""
PAY_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class _Draft:
    version: ProductVersion
    quote: QuoteView
    insured: PersonView
    start: date
    end: date
    covers_fen: int


def draft_proposal(
    account_id: UUID,
    declaration: DeclarationView,
    person: PersonView,
    beneficiaries: Sequence[BeneficiaryChoice],
    start: date | None,
    instalment: str,
    insured_object: Mapping[str, str] | None = None,
) -> ProposalView:
    """The one proposal of a declaration. Drafting again replaces a draft (and its signature), so the customer may
    go back and change their mind.

    Raises `DecisionNeeded`, `QuoteExpired`, `VersionWithdrawn` (PUB-2), `StartNotPossible`, `AgeOutsideProduct`,
    `PartiesNotPossible` (SALE-11), `MinorDeathCoverLimit` (SALE-12), `BeneficiariesDoNotAddUp` (SALE-13),
    `InsuredObjectNeeded`, `ProposalClosed` once it is being paid or issued.
    """
    if declaration.account_id != account_id or person.account_id != account_id or person.id != declaration.person_id:
        raise NotFound(what="健康告知")
    if declaration.outcome not in ACCEPTED:
        raise DecisionNeeded()
    valid_until, quote = _usable_quote(account_id, declaration)
    version = catalog.version(declaration.version_id)
    refuse_withdrawn(version, clock.today(), catalog.stopped([version.id]).get(version.id))
    draft = _check(version, quote, person, start)
    things = object_lines(version, insured_object or {})
    named = named_beneficiaries(account_id, beneficiaries, person.id, draft.covers_fen > 0)
    with transaction.atomic():
        row = _write(account_id, declaration, draft, named, things, valid_until)
        choose(row, instalment)
        _within_minor_limit(row, draft)
        row.save()
        return proposal_view(row, clock.now())


def set_beneficiaries(account_id: UUID, proposal_id: UUID, beneficiaries: Sequence[BeneficiaryChoice]) -> ProposalView:
    """Name the beneficiaries anew; the signature and a consent of the insured to other names no longer count."""
    with transaction.atomic():
        row = changeable(account_id, proposal_id)
        named = named_beneficiaries(account_id, beneficiaries, row.person_id, row.death_cover_fen > 0)
        who = replace(parties_of(row), beneficiaries=named)
        row.parties_sealed = parties.seal("policies_proposal", row.id, who)
        unsign(row)
        row.save()
        return proposal_view(row, clock.now())


def set_instalment(account_id: UUID, proposal_id: UUID, instalment: str) -> ProposalView:
    """Choose how to pay. The signed paper lists every way to pay, so the signature stays."""
    with transaction.atomic():
        row = changeable(account_id, proposal_id)
        choose(row, instalment)
        row.save()
        return proposal_view(row, clock.now())


def changeable(account_id: UUID, proposal_id: UUID) -> Proposal:
    """The locked proposal while it is still the customer's. Raises `ProposalClosed`, `NotFound`."""
    row = proposal_for_update(account_id, proposal_id)
    _refuse_closed(row)
    return row


def choose(row: Proposal, instalment: str) -> None:
    """Raises `InvalidInput` for a plan the product does not offer."""
    offered = [plan.code for plan in plans_of(row)]
    if instalment not in offered:
        raise InvalidInput(
            field="instalment", reason_zh=f"可选 {'、'.join(offered)}", reason_en=f"choose from {', '.join(offered)}"
        )
    row.instalment = instalment


def unsign(row: Proposal) -> None:
    """What is signed next must be what is shown next."""
    row.state = "draft"
    row.document_digest = ""
    row.signed_at = None


def named_beneficiaries(
    account_id: UUID, choices: Sequence[BeneficiaryChoice], insured_id: UUID, covers_death: bool
) -> tuple[Beneficiary, ...]:
    """SALE-13. Raises `BeneficiariesDoNotAddUp`, `NotFound` for a person of another account."""
    choices = may.equal_shares(choices)
    may.check_beneficiaries(choices, insured_id, covers_death)
    if not choices:
        return ()
    family = {person.id: person for person in people.people_of(account_id)}
    if any(choice.person_id not in family for choice in choices):
        raise NotFound(what="受益人")
    return tuple(
        Beneficiary(
            person_id=choice.person_id,
            name=family[choice.person_id].name,
            relation=family[choice.person_id].relation,
            rank=choice.rank,
            share_percent=choice.share_percent or 0,
        )
        for choice in choices
    )


def _usable_quote(account_id: UUID, declaration: DeclarationView) -> tuple[datetime, QuoteView]:
    """A quote lives 30 minutes; a person's acceptance outlives it, since the version still gives the same price."""
    if declaration.decision.outcome != "refer" and declaration.decided_at is None:
        quote = quoting.quote(account_id, declaration.quote_id)
        return quote.valid_until, quote
    quote = quoting.quote(account_id, declaration.quote_id, valid_at=declaration.created_at)
    if clock.now() >= (declaration.decided_at or declaration.created_at) + REFERRAL_VALID:
        raise DecisionNeeded()
    return clock.now() + PAY_WITHIN, quote


def _check(version: ProductVersion, quote: QuoteView, insured: PersonView, asked: date | None) -> _Draft:
    today = clock.today()
    start = periods.start_day(asked, today)
    periods.same_age_at_start(insured.birth, start, quote.inputs.get("age"), today)
    periods.age_allowed(insured.name, insured.birth, start, version.min_age_days, version.max_age)
    covers_fen = death_cover_fen(version, quote.inputs)
    may.insurable_interest(insured.relation, covers_fen > 0)
    may.minor_bought_by_parent(insured.relation, insured.birth, start, covers_fen > 0)
    holder = policyholder(insured.account_id)
    may.policyholder_is_adult(holder.birth, today)
    period = version.cover_period(start, insured.birth, quote.inputs)
    return _Draft(version, quote, insured, period.start, period.end, covers_fen)


def policyholder(account_id: UUID) -> PersonView:
    """The account's own person: who signs and pays (SALE-9). Raises `PartiesNotPossible` until it is entered."""
    for person in people.people_of(account_id):
        if person.relation == "self":
            return person
    raise PartiesNotPossible(
        reason_zh="请先填写投保人本人的信息", reason_en="Enter the policyholder's own details first"
    )


def _write(
    account_id: UUID,
    declaration: DeclarationView,
    draft: _Draft,
    named: tuple[Beneficiary, ...],
    things: tuple[ObjectLine, ...],
    valid_until: datetime,
) -> Proposal:
    shard_key = shard_of(str(account_id))
    row = (
        Proposal.objects.select_for_update()
        .filter(shard_key=shard_key, declaration_id=declaration.id, account_id=account_id)
        .first()
    )
    if row is None:
        row = Proposal(id=clock.new_id(), shard_key=shard_key, account_id=account_id, declaration_id=declaration.id)
    else:
        _refuse_closed(row, expired_too=False)
    _fill(row, declaration, draft, valid_until)
    insured = draft.insured
    who = Parties(insured.name, insured.birth, insured.sex, insured.relation, insured.identity_masked, named, things)
    row.parties_sealed = parties.seal("policies_proposal", row.id, who)
    return row


def _fill(row: Proposal, declaration: DeclarationView, draft: _Draft, valid_until: datetime) -> None:
    version, quote = draft.version, draft.quote
    plans = rating.instalments(version, quote.inputs, declaration.premium_fen)
    row.person_id = draft.insured.id
    row.quote_id = quote.id
    row.product_code = version.product_code
    row.version_id = version.id
    row.inputs = dict(quote.inputs)
    row.sum_insured_fen = version.sum_insured.fen(quote.inputs)
    row.death_cover_fen = draft.covers_fen
    row.start, row.end = draft.start, draft.end
    row.premium_fen = declaration.premium_fen
    row.loading_bp = declaration.loading_bp
    row.special_exclusions = [_plain(text) for text in declaration.exclusions]
    row.instalments = plans_as_json(plans)
    row.created_at = row.created_at or clock.now()
    row.valid_until = valid_until
    row.payment_id = None
    unsign(row)


def _within_minor_limit(row: Proposal, draft: _Draft) -> None:
    """An early word; the binding check is repeated under a lock when paying begins. Every insured person has an
    index, so that underwriting can add up what one person has; a thing has none."""
    insured = draft.insured
    if draft.version.insured_object:
        row.insured_index = None
        return
    row.insured_index = death_cover.index_of_person(insured.account_id, insured.id)
    held = death_cover.held_fen(row.insured_index, row.id)
    may.within_minor_limit(insured.birth, draft.start, held, draft.covers_fen)


def _refuse_closed(row: Proposal, expired_too: bool = True) -> None:
    state = proposal_state(row, clock.now())
    if state == "expired" and not expired_too:
        return
    if state in ("paying", "issued", "expired"):
        words = {"paying": ("正在付款", "is being paid"), "issued": ("已经出单", "has become a policy")}
        zh, en = words.get(state, ("已过期", "has expired"))
        raise ProposalClosed(reason_zh=zh, reason_en=en)


def _plain(text: Text) -> dict[str, str]:
    return text.as_dict()

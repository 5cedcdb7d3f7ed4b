"""Drafting, confirming and signing: each missing step is refused, and nothing happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.demo import signing
from baohe.flows import proposal_paper
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BeneficiaryChoice
from baohe.rooms.policies.errors import (
    AgeOutsideProduct,
    AgreementNeeded,
    BeneficiariesDoNotAddUp,
    DecisionNeeded,
    PaperChanged,
    PapersMissing,
    ProposalExpired,
    SignatureNeeded,
    StartNotPossible,
)
from baohe.rooms.policies.models import Policy, Proposal, ProposalPaper, ProposalSignature
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.quoting.errors import QuoteAltered, QuoteExpired
from baohe.rooms.quoting.models import Quote
from tests.sale import steps, world
from tests.sale.world import STROKES, Customer


def test_the_person_on_file_decides_age_and_social_insurance(lin: Customer) -> None:
    quote = steps.quoted(lin, age="3", social_insurance="no", deductible="0")
    assert quote.inputs == {"age": "34", "social_insurance": "yes", "deductible": "0"}


def test_a_quote_dies_after_half_an_hour(lin: Customer) -> None:
    quote = steps.quoted(lin)
    with clock.travel(world.NOW + timedelta(minutes=29)):
        assert quoting.quote(lin.id, quote.id).premium_fen == quote.premium_fen
    with clock.travel(world.NOW + timedelta(minutes=31)), pytest.raises(QuoteExpired):
        quoting.quote(lin.id, quote.id)


def test_a_quote_of_another_account_does_not_exist(lin: Customer) -> None:
    quote = steps.quoted(lin)
    with pytest.raises(NotFound):
        quoting.quote(uuid4(), quote.id)


@pytest.mark.parametrize("statement", ["UPDATE quoting_quote SET premium_fen = 1", "DELETE FROM quoting_quote"])
def test_a_quote_never_changes(lin: Customer, statement: str) -> None:
    quote = steps.quoted(lin)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert quoting.quote(lin.id, quote.id).premium_fen == quote.premium_fen


def test_a_quote_changed_behind_the_trigger_is_noticed(lin: Customer) -> None:
    quote = steps.quoted(lin)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE quoting_quote DISABLE TRIGGER quote_never_changes")
        cursor.execute("UPDATE quoting_quote SET premium_fen = 1 WHERE id = %s", [quote.id])
    with pytest.raises(QuoteAltered):
        quoting.quote(lin.id, quote.id)
    assert Quote.objects.count() == 1


def test_a_draft_says_everything_before_the_signature(lin: Customer) -> None:
    proposal = steps.drafted(lin, instalment="monthly")
    assert (proposal.start, proposal.end) == (date(2026, 11, 23), date(2027, 11, 23))
    assert (proposal.waiting_ends, proposal.cooling_off_ends) == (date(2026, 12, 23), date(2026, 12, 7))
    assert (proposal.premium_fen, proposal.due_today_fen) == (31_200, 2_600)
    assert [proposal.due_later[0].on, proposal.due_later[-1].on] == [date(2026, 12, 23), date(2027, 10, 23)]
    assert proposal.state == "draft"


@pytest.mark.rule("SALE-2")
def test_nothing_is_confirmed_in_advance(lin: Customer) -> None:
    papers = {paper.code: paper for paper in steps.drafted(lin, instalment="monthly").papers}
    assert [code for code, paper in papers.items() if paper.needed] == ["clauses", "exclusions", "deduction"]
    assert all(paper.confirmed_at is None for paper in papers.values())


@pytest.mark.parametrize("outcome", ["refer", "declined_by_person"])
def test_without_acceptance_there_is_no_proposal(lin: Customer, outcome: str) -> None:
    declaration = steps.decided(steps.quoted(lin), outcome)
    with pytest.raises(DecisionNeeded):
        policies.draft_proposal(lin.id, declaration, lin.me, (), None, "single")
    assert Proposal.objects.count() == 0


def test_an_underwriters_acceptance_outlives_the_quote(lin: Customer) -> None:
    declaration = steps.decided(steps.quoted(lin), "load", by_person=True, loading_bp=2_000, premium_fen=37_440)
    with clock.travel(world.NOW + timedelta(days=3)):
        proposal = policies.draft_proposal(lin.id, declaration, lin.me, (), None, "single")
        assert (proposal.premium_fen, proposal.state) == (37_440, "draft")
    with clock.travel(world.NOW + timedelta(days=16)), pytest.raises(DecisionNeeded):
        policies.draft_proposal(lin.id, declaration, lin.me, (), None, "single")


def test_a_machine_acceptance_dies_with_its_quote(lin: Customer) -> None:
    declaration = steps.decided(steps.quoted(lin))
    with clock.travel(world.NOW + timedelta(hours=1)), pytest.raises(QuoteExpired):
        policies.draft_proposal(lin.id, declaration, lin.me, (), None, "single")


@pytest.mark.field_bug(26)
@pytest.mark.parametrize("start", [date(2026, 11, 22), date(2026, 11, 1), date(2026, 12, 23), date(2036, 1, 1)])
def test_start_dates_out_of_bounds_are_refused(lin: Customer, start: date) -> None:
    with pytest.raises(StartNotPossible):
        steps.drafted(lin, start=start)
    assert Proposal.objects.count() == 0


def test_the_ages_of_the_product_hold(lin: Customer) -> None:
    newborn = world.relative(lin.id, "林小满", "child", date(2026, 11, 10))
    with pytest.raises((AgeOutsideProduct, InvalidInput)):
        steps.drafted(lin, newborn)
    assert Proposal.objects.count() == 0


@pytest.mark.rule("SALE-13")
def test_beneficiaries_without_a_death_benefit_are_refused(lin: Customer) -> None:
    child = world.relative(lin.id, "林小满", "child", date(2018, 1, 5))
    with pytest.raises(BeneficiariesDoNotAddUp):
        steps.drafted(lin, beneficiaries=(BeneficiaryChoice(child.id, 1, 100),))
    assert Proposal.objects.count() == 0


def test_an_unknown_instalment_plan_is_refused(lin: Customer) -> None:
    with pytest.raises(InvalidInput):
        steps.drafted(lin, instalment="weekly")
    assert Proposal.objects.count() == 0


def test_drafting_again_replaces_the_draft_and_its_signature(lin: Customer) -> None:
    declaration = steps.decided(steps.quoted(lin))
    first = steps.signed(policies.draft_proposal(lin.id, declaration, lin.me, (), None, "single"))
    again = policies.draft_proposal(lin.id, declaration, lin.me, (), date(2026, 12, 1), "single")
    assert again.id == first.id
    assert (again.state, again.signed_at, again.start) == ("draft", None, date(2026, 12, 1))


@pytest.mark.rule("SALE-2")
def test_a_page_counts_only_with_its_digest_and_agreement(lin: Customer) -> None:
    proposal = steps.drafted(lin)
    clauses = proposal.papers[0]
    with pytest.raises(PaperChanged):
        policies.confirm_paper(lin.id, proposal.id, "clauses", "0" * 64, True)
    with pytest.raises(AgreementNeeded):
        policies.confirm_paper(lin.id, proposal.id, "clauses", clauses.digest, False)
    with pytest.raises(InvalidInput):
        policies.confirm_paper(lin.id, proposal.id, "everything", clauses.digest, True)
    assert ProposalPaper.objects.count() == 0


def test_confirming_twice_is_once(lin: Customer) -> None:
    proposal = steps.drafted(lin)
    clauses = proposal.papers[0]
    for _ in range(2):
        policies.confirm_paper(lin.id, proposal.id, "clauses", clauses.digest, True)
    assert ProposalPaper.objects.count() == 1


@pytest.mark.rule("PUB-5")
def test_the_exclusions_page_carries_the_customers_own_exclusion(lin: Customer) -> None:
    quote = steps.quoted(lin)
    own = Text("甲状腺疾病不在保障范围", "Thyroid disease is not covered")
    declaration = steps.decided(quote, "exclude", exclusions=(own,))
    plain = policies.draft_proposal(lin.id, steps.decided(quote), lin.me, (), None, "single")
    excluded = policies.draft_proposal(lin.id, declaration, lin.me, (), None, "single")
    assert excluded.papers[1].text[0] == own
    assert excluded.papers[1].digest != plain.papers[1].digest


def test_signing_needs_every_page(lin: Customer) -> None:
    proposal = steps.drafted(lin)
    with pytest.raises(PapersMissing) as refusal:
        signing.sign(proposal, STROKES, steps.read_code)
    assert refusal.value.facts["codes"] == ["clauses", "exclusions"]
    assert ProposalSignature.objects.count() == 0


def test_strokes_and_names_are_not_plain_in_the_database(lin: Customer) -> None:
    steps.signed(steps.drafted(lin))
    row = Proposal.objects.get()
    assert "林知夏".encode() not in bytes(row.parties_sealed)
    assert b'"x"' not in bytes(ProposalSignature.objects.get().strokes_sealed)


def test_the_paper_to_sign_does_not_depend_on_the_choice_of_instalments(lin: Customer) -> None:
    proposal = steps.signed(steps.drafted(lin))
    changed = policies.set_instalment(lin.id, proposal.id, "monthly")
    assert (changed.state, changed.due_today_fen) == ("signed", 2_600)
    assert proposal_paper.document_digest(changed) == proposal.document_digest


def test_paying_needs_a_signature(lin: Customer) -> None:
    proposal = steps.confirmed(steps.drafted(lin))
    with pytest.raises(SignatureNeeded):
        policies.start_paying(lin.id, proposal.id, "single")
    assert Proposal.objects.get().state == "draft"


def test_an_expired_proposal_cannot_be_paid(lin: Customer) -> None:
    proposal = steps.signed(steps.drafted(lin))
    with clock.travel(world.NOW + timedelta(minutes=31)):
        assert policies.proposal(lin.id, proposal.id).state == "expired"
        with pytest.raises(ProposalExpired):
            policies.start_paying(lin.id, proposal.id, "single")
    assert Policy.objects.count() == 0


@pytest.mark.field_bug(27)
def test_another_accounts_proposal_does_not_exist(lin: Customer) -> None:
    proposal = steps.drafted(lin)
    stranger = world.customer("13900000002")
    for attempt in (
        lambda: policies.proposal(stranger.id, proposal.id),
        lambda: policies.set_instalment(stranger.id, proposal.id, "monthly"),
        lambda: policies.set_beneficiaries(stranger.id, proposal.id, ()),
        lambda: policies.confirm_paper(stranger.id, proposal.id, "clauses", proposal.papers[0].digest, True),
        lambda: policies.start_paying(stranger.id, proposal.id, "single"),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert policies.proposal(lin.id, proposal.id) == replace(proposal)


def test_papers_and_signatures_never_change(lin: Customer) -> None:
    steps.signed(steps.drafted(lin))
    for statement in (
        "UPDATE policies_proposalpaper SET digest = 'x'",
        "DELETE FROM policies_proposalpaper",
        "UPDATE policies_proposalsignature SET document_digest = 'x'",
        "DELETE FROM policies_proposalsignature",
        "DELETE FROM policies_proposal",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert (ProposalPaper.objects.count(), ProposalSignature.objects.count()) == (2, 1)

"""The insured's own yes to cover in case of their death, on their own telephone (SALE-11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from baohe.flows import insured_consent
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.assents import facade as assents
from baohe.rooms.assents.errors import (
    AlreadyAgreed,
    CodeNeeded,
    ConsentCodeSpent,
    ConsentCodeWrong,
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    LinkVoid,
    PhoneIsPolicyholders,
    TermsChanged,
    TooManyLinks,
)
from baohe.rooms.assents.models import Link
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BeneficiaryChoice, ProposalView
from baohe.rooms.policies.errors import InsuredMustConsent, PartiesNotPossible, StepsMissing
from baohe.rooms.policies.models import ProposalPaper
from tests.sale import steps, world
from tests.sale.test_settle import in_parallel
from tests.sale.world import Customer
from tests.shelf import put_on_sale

LIFE = "yunshan-term-life"
THEIRS = "13700000077"


@pytest.fixture
def spouse(lin: Customer) -> PersonView:
    return world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=67)


@pytest.fixture
def proposal(lin: Customer, spouse: PersonView) -> ProposalView:
    return steps.drafted(lin, spouse, LIFE, instalment="yearly")


def sent(proposal: ProposalView, phone: str = THEIRS) -> str:
    insured_consent.send(proposal.account_id, proposal.id, phone, insured_decides=True)
    return steps.link_sent_to(phone)


def has_consented(proposal: ProposalView) -> bool:
    return insured_consent.paper_of(policies.proposal(proposal.account_id, proposal.id)).confirmed_at is not None


def consents() -> int:
    return ProposalPaper.objects.filter(code="insured_consent").count()


@pytest.mark.rule("SALE-11")
def test_the_policyholder_cannot_tick_it_for_the_insured(lin: Customer, proposal: ProposalView) -> None:
    paper = insured_consent.paper_of(proposal)
    with pytest.raises(InsuredMustConsent):
        policies.confirm_paper(lin.id, proposal.id, "insured_consent", paper.digest, True)
    assert consents() == 0


@pytest.mark.rule("SALE-11")
def test_nothing_is_signed_before_the_insured_agrees(lin: Customer, proposal: ProposalView) -> None:
    # given everything read and answered but the insured not asked
    steps.considered(proposal)
    for paper in proposal.papers:
        if paper.needed and paper.code not in ("deduction", "insured_consent"):
            policies.confirm_paper(lin.id, proposal.id, paper.code, paper.digest, True)
    for sign in (steps.signed_alone, steps.signed_unasked):
        with pytest.raises(StepsMissing) as refused:
            sign(proposal)
        assert refused.value.facts["codes"] == ["insured_consent"]
    # when they agree on their own telephone, then it signs, and the log holds the answer
    steps.consented(proposal)
    assert steps.signed_alone(proposal).state == "signed"
    assert EvidenceLeaf.objects.filter(kind="insured_answered").count() == 1


@pytest.mark.rule("SALE-11")
def test_a_no_is_a_no_and_the_link_may_be_sent_again(proposal: ProposalView) -> None:
    steps.consented(proposal, agreed=False)
    assert not has_consented(proposal)
    link = insured_consent.link_of(proposal)
    assert link is not None
    assert link.state == "refused"
    steps.consented(proposal)
    assert has_consented(proposal)


@pytest.mark.rule("SALE-11")
@pytest.mark.rule("SALE-13")
def test_a_change_voids_the_consent_and_the_link_on_its_way(lin: Customer, proposal: ProposalView) -> None:
    # given a link that was opened
    token = sent(proposal)
    terms = steps.opened(token, THEIRS).terms
    # when the beneficiaries change before the answer
    policies.set_beneficiaries(lin.id, proposal.id, (BeneficiaryChoice(lin.me.id, 1, 100),))
    # then a yes to the old terms is void and counts for nothing
    with pytest.raises(LinkVoid):
        insured_consent.answer(token, terms, agreed=True)
    assert (consents(), Link.objects.get().state) == (0, "void")
    # and a consent that was given falls with the next change
    changed = steps.consented(policies.proposal(lin.id, proposal.id))
    assert has_consented(changed)
    policies.set_beneficiaries(lin.id, proposal.id, ())
    assert not has_consented(changed)


@pytest.mark.rule("SALE-11")
def test_a_link_answers_once(proposal: ProposalView) -> None:
    token = sent(proposal)
    terms = steps.opened(token, THEIRS).terms
    insured_consent.answer(token, terms, agreed=True)
    with pytest.raises(LinkUsed):
        insured_consent.answer(token, terms, agreed=False)
    assert has_consented(proposal)
    with pytest.raises(AlreadyAgreed):
        sent(proposal)


@pytest.mark.rule("SALE-11")
def test_an_old_link_an_unknown_one_and_a_replaced_one_are_refused(proposal: ProposalView) -> None:
    token = sent(proposal)
    with clock.travel(world.NOW + timedelta(minutes=2)):
        newer = sent(proposal, "13700000078")
        with pytest.raises(LinkVoid):
            assents.send_code(token)
        assert assents.look(newer).state == "waiting"
    with clock.travel(world.NOW + timedelta(hours=73)), pytest.raises(LinkExpired):
        assents.look(newer)
    with pytest.raises(LinkUnknown):
        assents.look("x" * 43)
    assert consents() == 0


@pytest.mark.rule("SALE-11")
def test_a_link_says_nothing_about_another_proposal(lin: Customer, proposal: ProposalView, spouse: PersonView) -> None:
    other = steps.drafted(lin, spouse, "songtao-accident", inputs={"sum_insured": "100000", "plan": "basic"})
    token = sent(other)
    mine = sent(proposal, "13700000078")
    terms = steps.opened(token, THEIRS).terms
    steps.opened(mine, "13700000078")
    with pytest.raises(TermsChanged):
        insured_consent.answer(mine, terms, agreed=True)
    insured_consent.answer(token, terms, agreed=True)
    assert (has_consented(other), has_consented(proposal)) == (True, False)


@pytest.mark.rule("SALE-11")
def test_the_telephone_is_proven_first(proposal: ProposalView) -> None:
    token = sent(proposal)
    with pytest.raises(CodeNeeded):
        insured_consent.answer(token, Link.objects.get().terms_digest, agreed=True)
    assents.send_code(token)
    for left in (4, 3, 2, 1):
        with pytest.raises(ConsentCodeWrong) as wrong:
            assents.open_link(token, "wrong!")
        assert wrong.value.facts["tries_left"] == left
    for _ in range(2):
        with pytest.raises(ConsentCodeSpent):
            assents.open_link(token, "wrong!")
    assert consents() == 0


@pytest.mark.rule("SALE-11")
@pytest.mark.parametrize(
    ("phone", "decides", "error"),
    [("13800000001", True, PhoneIsPolicyholders), (THEIRS, False, PartiesNotPossible)],
)
def test_neither_the_policyholders_own_telephone_nor_an_adult_who_cannot_decide(
    proposal: ProposalView, phone: str, decides: bool, error: type[BaoheError]
) -> None:
    with pytest.raises(error):
        insured_consent.send(proposal.account_id, proposal.id, phone, insured_decides=decides)
    assert Link.objects.count() == 0


@pytest.mark.rule("SALE-11")
@pytest.mark.parametrize(
    ("relation", "birth", "asks"),
    [
        ("spouse", date(1990, 6, 1), True),
        ("parent", date(1965, 6, 1), True),
        ("child", date(2005, 6, 1), True),
        ("child", date(2015, 6, 1), False),
    ],
)
def test_every_other_adult_is_asked_and_a_minor_is_answered_for_by_the_parent(
    lin: Customer, relation: str, birth: date, asks: bool
) -> None:
    other = world.relative(lin.id, "周远", relation, birth, order=67)
    made = steps.drafted(lin, other, "songtao-accident", inputs={"sum_insured": "100000", "plan": "basic"})
    assert [need.code for need in insured_consent.needs(made)] == (["insured_consent"] if asks else [])


@pytest.mark.rule("SALE-11")
def test_nobody_is_pestered(proposal: ProposalView) -> None:
    sent(proposal)
    with pytest.raises(TooManyLinks):
        sent(proposal)
    for minute in range(2, 20, 2):
        with clock.travel(world.NOW + timedelta(minutes=minute)):
            sent(proposal)
    with clock.travel(world.NOW + timedelta(minutes=25)), pytest.raises(TooManyLinks):
        sent(proposal)
    assert Link.objects.count() == 10


@pytest.mark.rule("DATA-4")
def test_neither_the_token_nor_the_people_lie_open_in_the_table(proposal: ProposalView) -> None:
    token = sent(proposal)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(assents_link)::text FROM assents_link")
        [(dump,)] = cursor.fetchall()
    stored = [bytes(getattr(Link.objects.get(), name)) for name in ("terms_sealed", "phone_sealed", "token_hash")]
    assert token not in dump
    assert not any(word.encode() in content for word in (token, THEIRS, "周远") for content in stored)


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("SALE-11")
def test_two_answers_at_once_are_one(now: None) -> None:
    put_on_sale()
    lin = world.customer()
    spouse = world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=67)
    proposal = steps.drafted(lin, spouse, LIFE, instalment="yearly")
    token = sent(proposal)
    terms = steps.opened(token, THEIRS).terms

    def answer() -> str:
        try:
            insured_consent.answer(token, terms, agreed=True)
        except LinkUsed:
            return "used"
        return "taken"

    assert sorted(in_parallel(4, answer)) == ["taken", "used", "used", "used"]
    assert (consents(), EvidenceLeaf.objects.filter(kind="insured_answered").count()) == (1, 1)

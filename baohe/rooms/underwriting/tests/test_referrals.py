"""Referrals: a name, a deadline, and the underwriter's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.rooms.notices.models import Message
from baohe.rooms.notices.queries import body_of
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.people.tests.people_made import customer
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.errors import NotAnUnderwriter, ReferralClosed
from baohe.rooms.underwriting.models import ReferralDecision
from baohe.rooms.underwriting.tests.declared import declare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sunday")]


@pytest.fixture
def underwriter() -> UUID:
    return people.create_staff("shen", "沈宁", ("underwriter",), "a-long-enough-phrase").id


def test_a_referral_waits_with_a_name_and_a_deadline(underwriter: UUID, person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote, severe="yes")

    page = underwriting.referrals()

    assert made.outcome == "refer"
    assert made.premium_fen == 31_200
    assert (page.total, page.items[0].declaration_id, page.items[0].handler) == (1, made.id, "沈宁")
    assert made.reply_by == datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_the_queue_is_paged_and_needs_two_queries(person, quote, django_assert_num_queries) -> None:
    for _ in range(3):
        declare(person, quote, severe="yes")

    with django_assert_num_queries(2):
        page = underwriting.referrals(page=2, size=2)

    assert (len(page.items), page.total) == (1, 3)


def test_an_underwriter_accepts_with_a_loading(underwriter: UUID, person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote, severe="yes")

    underwriting.decide_referral(underwriter, made.id, "load", "复查正常，可以加费承保", loading_bp=5_000)
    offer = underwriting.own_referral_view(person.account_id, made.id).offer
    decided = underwriting.accept_offer(person.account_id, made.id, offer.id)

    assert (decided.outcome, decided.loading_bp, decided.premium_fen) == ("load", 5_000, 46_800)
    assert decided.reasons[0].text.zh == "核保员 沈宁：复查正常，可以加费承保"
    assert decided.reply_by is None
    assert decided.decision == made.decision
    assert underwriting.replay(made.id) == made.decision
    assert underwriting.referrals().total == 0


def test_the_customer_hears_that_there_is_an_answer(underwriter: UUID, person: PersonView, quote: QuoteView) -> None:
    account = customer()
    person, quote = replace(person, account_id=account), replace(quote, account_id=account)
    made = declare(person, quote, severe="yes")

    underwriting.decide_referral(underwriter, made.id, "accept", "资料齐全")

    message = Message.objects.get(account_id=account)
    assert body_of(message).zh == "【保和】海岬健康互联网百万医疗保险（A 款）的人工核保有结果了，请打开保和查看。"


@pytest.mark.rule("SERV-9")
def test_only_a_named_underwriter_declines(underwriter: UUID, person: PersonView, quote: QuoteView) -> None:
    claims = people.create_staff("gu", "顾安", ("claims_handler",), "a-long-enough-phrase").id
    made = declare(person, quote, severe="yes")

    with pytest.raises(NotAnUnderwriter):
        underwriting.decide_referral(claims, made.id, "declined_by_person", "不承保", clause="2.4")
    with pytest.raises(NotFound):
        underwriting.decide_referral(person.account_id, made.id, "declined_by_person", "不承保", clause="2.4")
    assert ReferralDecision.objects.count() == 0

    decided = underwriting.decide_referral(underwriter, made.id, "declined_by_person", "近期治疗未结束", clause="2.4")

    assert decided.outcome == "declined_by_person"
    assert ReferralDecision.objects.get().staff_name == "沈宁"


def test_a_referral_is_decided_once(underwriter: UUID, person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote, severe="yes")
    underwriting.decide_referral(underwriter, made.id, "accept", "资料齐全")

    with pytest.raises(ReferralClosed):
        underwriting.decide_referral(underwriter, made.id, "declined_by_person", "改主意", clause="2.4")

    assert underwriting.declaration(person.account_id, made.id).outcome == "accept"


@pytest.mark.parametrize(
    ("outcome", "note", "loading_bp", "exclusions", "field"),
    [
        ("refuse", "x", 0, (), "outcome"),
        ("refer", "x", 0, (), "outcome"),
        ("accept", "  ", 0, (), "note"),
        ("load", "x", 0, (), "loading_bp"),
        ("accept", "x", 100, (), "loading_bp"),
        ("exclude", "x", 0, (), "exclusions"),
        ("accept", "x", 0, (Text("膝", "knee"),), "exclusions"),
    ],
)
def test_an_unclear_decision_is_refused(
    underwriter, person, quote, outcome, note, loading_bp, exclusions, field
) -> None:
    made = declare(person, quote, severe="yes")

    with pytest.raises(InvalidInput) as refusal:
        underwriting.decide_referral(underwriter, made.id, outcome, note, loading_bp, exclusions)

    assert refusal.value.facts["field"] == field
    assert underwriting.referrals().total == 1


@pytest.mark.rule("DATA-5")
def test_answers_open_for_underwriters_only(underwriter: UUID, person: PersonView, quote: QuoteView) -> None:
    finance = people.create_staff("cheng", "程立", ("finance",), "a-long-enough-phrase").id
    made = declare(person, quote, severe="yes")

    with pytest.raises(NotAllowed):
        underwriting.referral_answers(finance, made.id)
    lines = underwriting.referral_answers(underwriter, made.id)

    assert {line.question_id: line.answer_value for line in lines}["severe"] == "yes"
    assert lines[0].answer.zh == "没有"

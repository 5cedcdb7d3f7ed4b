"""Declarations: consent, sealed answers, immutability, replay, and the underwriter's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent import facade as consent
from baohe.rooms.notices.models import Message
from baohe.rooms.notices.queries import body_of
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.people.tests.people_made import customer
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import NOTHING_HELD
from baohe.rooms.underwriting.errors import HealthConsentMissing, NotAnUnderwriter, ReferralClosed
from baohe.rooms.underwriting.models import Declaration, ReferralDecision
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db
CLEAN = {"advised": "no", "stayed": "no", "chronic": "none", "nodule": "none", "severe": "no", "pregnancy": "no"}
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _sunday(db: None):
    put_on_sale()
    with clock.travel(NOW):
        yield


@pytest.fixture
def person() -> PersonView:
    return PersonView(
        id=clock.new_id(),
        account_id=clock.new_id(),
        name="林知夏",
        relation="self",
        birth=date(1992, 3, 1),
        sex="female",
        identity_masked="310115********0012",
        social_insurance=True,
        occupation_code=None,
        occupation_class=None,
        region=Text("上海市浦东新区", "Pudong New Area, Shanghai"),
    )


@pytest.fixture
def quote(person: PersonView) -> QuoteView:
    return quoted(person, "haijia-medical-a", {})


def quoted(person: PersonView, code: str, choices: dict[str, str]) -> QuoteView:
    version = catalog.current(code, clock.today())
    inputs = rating.complete(version, choices)
    price = rating.rater(version).price(inputs)
    return QuoteView(
        id=clock.new_id(),
        account_id=person.account_id,
        person_id=person.id,
        product_code=code,
        version_id=version.id,
        inputs=inputs,
        price=price,
        premium_fen=price.premium_fen,
        disclosures_digest="",
        created_at=NOW,
        valid_until=NOW,
        signature="",
    )


@pytest.fixture
def underwriter() -> UUID:
    return people.create_staff("shen", "沈宁", ("underwriter",), "a-long-enough-phrase").id


def declare(person: PersonView, quote: QuoteView, **changes: str):
    return underwriting.declare(
        person.account_id, quote, person, {**CLEAN, **changes}, health_consent=True, held=NOTHING_HELD
    )


@pytest.mark.rule("SALE-2")
@pytest.mark.rule("DATA-1")
def test_without_the_consent_nothing_is_stored(person: PersonView, quote: QuoteView) -> None:
    with pytest.raises(HealthConsentMissing):
        underwriting.declare(person.account_id, quote, person, CLEAN, held=NOTHING_HELD)

    assert Declaration.objects.count() == 0
    assert not consent.is_granted(person.account_id, "health_data", str(person.id))


@pytest.mark.rule("DATA-1")
def test_a_consent_lasts_until_it_is_withdrawn(person: PersonView, quote: QuoteView) -> None:
    declare(person, quote)
    assert underwriting.declare(person.account_id, quote, person, CLEAN, held=NOTHING_HELD).outcome == "accept"
    consent.withdraw(person.account_id, "health_data", subject=str(person.id))

    with pytest.raises(HealthConsentMissing):
        underwriting.declare(person.account_id, quote, person, CLEAN, held=NOTHING_HELD)


@pytest.mark.rule("DATA-1")
def test_a_product_that_asks_nothing_about_health_needs_no_consent(person: PersonView) -> None:
    quote = quoted(person, "songtao-accident", {})

    made = underwriting.declare(
        person.account_id, quote, person, {"duties": "none", "sports": "none"}, held=NOTHING_HELD
    )

    assert made.outcome == "accept"
    assert not consent.is_granted(person.account_id, "health_data", str(person.id))


def test_clean_answers_are_accepted_at_the_quoted_premium(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote)

    assert (made.outcome, made.loading_bp, made.premium_fen) == ("accept", 0, 31_200)
    assert made.reply_by is None
    assert underwriting.declaration(person.account_id, made.id) == made


def test_a_loading_raises_the_premium_and_keeps_instalments_equal(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote, chronic="some", chronic_which="pressure_controlled")

    assert (made.outcome, made.loading_bp, made.premium_fen) == ("load", 2_000, 37_440)
    assert rating.instalments(catalog.version(made.version_id), made.inputs, made.premium_fen)[0].each_fen == 3_120


def test_an_exclusion_is_written_out(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote, nodule="some", nodule_which="thyroid_low")

    assert made.outcome == "exclude"
    assert [item.zh for item in made.exclusions] == ["甲状腺结节及甲状腺恶性肿瘤"]


def test_an_incomplete_declaration_is_not_stored(person: PersonView, quote: QuoteView) -> None:
    with pytest.raises(InvalidInput):
        declare(person, quote, chronic="some")

    assert Declaration.objects.count() == 0
    assert not consent.is_granted(person.account_id, "health_data", str(person.id))


@pytest.mark.rule("DATA-4")
def test_answers_lie_sealed_in_the_database(person: PersonView, quote: QuoteView) -> None:
    declare(person, quote, chronic="some", chronic_which="pressure_controlled")

    row = Declaration.objects.get()

    assert b"pressure" not in bytes(row.answers_sealed)
    assert b"none" not in bytes(row.answers_sealed)


def test_a_decision_replays_from_what_is_stored(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote, chronic="some", chronic_which="pressure_controlled")

    assert underwriting.replay(made.id).as_dict() == made.decision.as_dict()


def test_declarations_of_others_are_not_found(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote)

    with pytest.raises(NotFound):
        underwriting.declaration(clock.new_id(), made.id)
    with pytest.raises(NotFound):
        underwriting.declare(clock.new_id(), quote, person, CLEAN, health_consent=True, held=NOTHING_HELD)
    with pytest.raises(NotFound):
        declare(person, replace(quote, person_id=clock.new_id()))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE underwriting_declaration SET outcome = 'accept'",
        "DELETE FROM underwriting_declaration",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE underwriting_declaration CASCADE",
    ],
)
def test_the_database_keeps_declarations_as_they_were(person: PersonView, quote: QuoteView, statement: str) -> None:
    declare(person, quote)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Declaration.objects.count() == 1


@pytest.mark.rule("SERV-9")
def test_the_database_knows_no_refusal_by_a_machine(person: PersonView, quote: QuoteView) -> None:
    declare(person, quote)
    row = Declaration.objects.get()
    row.id, row.outcome = clock.new_id(), "refuse"

    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)

    assert Declaration.objects.count() == 1


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

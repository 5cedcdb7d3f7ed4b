"""Counter-offers: two names above a limit, the customer's yes, and a sale that goes on with the new terms."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from baohe.flows import purchase
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.errors import DecisionNeeded
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.errors import OfferGone, SameUnderwriter
from baohe.rooms.underwriting.models import ReferralDecision, ReferralEvent, Verdict
from baohe.rooms.underwriting.rules_referral import AUTHORITIES, needs_second_name
from tests.sale import steps
from tests.sale import world as sale_world
from tests.sale.world import Customer
from tests.underwriting import world
from tests.underwriting.world import Desk

LIMIT = AUTHORITIES[0]


@pytest.mark.parametrize(
    ("outcome", "sum_fen", "loading_bp", "two"),
    [
        ("load", LIMIT.sum_insured_fen, LIMIT.loading_bp, False),
        ("load", LIMIT.sum_insured_fen + 1, 100, True),
        ("load", 100, LIMIT.loading_bp + 1, True),
        ("exclude", LIMIT.sum_insured_fen + 1, 0, True),
        ("declined_by_person", LIMIT.sum_insured_fen + 1, 0, True),
        ("declined_by_person", LIMIT.sum_insured_fen, 0, False),
        ("accept", LIMIT.sum_insured_fen + 1, 0, False),
    ],
)
def test_who_may_conclude_alone(outcome: str, sum_fen: int, loading_bp: int, two: bool) -> None:
    assert needs_second_name(date(2026, 11, 22), outcome, sum_fen, loading_bp) is two


def test_an_accepted_offer_is_bought_on_its_terms(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    underwriting.decide_referral(
        who.ning, made.id, "exclude", "结节复查稳定", loading_bp=2_000, exclusions=[world.THYROID]
    )
    with pytest.raises(DecisionNeeded):
        purchase.draft(lin.id, made.id, (), None, "single")
    story = underwriting.own_referral_view(lin.id, made.id)
    assert story.offer is not None
    assert (story.state, story.offer.premium_fen, story.offer.standard_premium_fen) == ("offered", 37_440, 31_200)

    taken = underwriting.accept_offer(lin.id, made.id, story.offer.id)

    assert (taken.outcome, taken.loading_bp, taken.premium_fen) == ("exclude", 2_000, 37_440)
    proposal = purchase.draft(lin.id, made.id, (), None, "single")
    policy = steps.sold(proposal)
    assert (policy.premium_fen, policy.loading_bp, policy.special_exclusions) == (37_440, 2_000, (world.THYROID,))


def test_a_declined_offer_leaves_nothing_to_buy(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    offer = world.offered(who, made.id)

    left = underwriting.decline_offer(lin.id, made.id, offer)

    assert left.outcome == "offer_declined"
    assert ReferralDecision.objects.count() == 0
    with pytest.raises(DecisionNeeded):
        purchase.draft(lin.id, made.id, (), None, "single")


def test_only_the_offer_that_was_shown_is_taken(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    world.offered(who, made.id)
    before = world.untouched()

    with pytest.raises(OfferGone):
        underwriting.accept_offer(lin.id, made.id, uuid4())

    assert world.untouched() == before


def test_an_offer_holds_to_its_last_minute_and_no_longer(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    offer = world.offered(who, made.id)
    until = underwriting.own_referral_view(lin.id, made.id).offer.valid_until  # type: ignore[union-attr]
    assert until == datetime(2026, 12, 7, 15, 59, 59, 999_999, tzinfo=UTC)

    with clock.travel(until + timedelta(seconds=1)), pytest.raises(OfferGone):
        underwriting.accept_offer(lin.id, made.id, offer)
    with clock.travel(until - timedelta(seconds=30)):
        assert underwriting.accept_offer(lin.id, made.id, offer).outcome == "load"


def test_an_acceptance_is_usable_for_its_days_from_the_answer(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    offer = world.offered(who, made.id)
    with clock.travel(sale_world.NOW + timedelta(days=14)):
        underwriting.accept_offer(lin.id, made.id, offer)
    with clock.travel(sale_world.NOW + timedelta(days=20)):
        assert purchase.draft(lin.id, made.id, (), None, "single").premium_fen == 40_560
    with clock.travel(sale_world.NOW + timedelta(days=29, minutes=1)), pytest.raises(DecisionNeeded):
        purchase.draft(lin.id, made.id, (), None, "single")


@pytest.mark.rule("SERV-9")
def test_above_the_authority_of_one_a_second_name_agrees_first(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    world.to_confirm(who, made.id)
    assert underwriting.own_referral_view(lin.id, made.id).offer is None
    before = world.untouched()
    with pytest.raises(SameUnderwriter):
        underwriting.confirm_verdict(who.ning, made.id)
    with pytest.raises(SameUnderwriter):
        underwriting.return_verdict(who.ning, made.id, "自己退回")
    assert world.untouched() == before

    underwriting.confirm_verdict(who.gu, made.id)
    offer = underwriting.own_referral_view(lin.id, made.id).offer
    assert offer is not None
    taken = underwriting.accept_offer(lin.id, made.id, offer.id)

    assert (offer.maker_name, offer.checker_name) == ("沈宁", "顾远")
    assert taken.reasons[0].text.zh == "核保员 沈宁（顾远 复核）：多项指标偏高"
    kept = ReferralDecision.objects.get()
    assert (kept.staff_name, kept.checked_by_name) == ("沈宁", "顾远")


@pytest.mark.rule("SERV-9")
def test_a_returned_conclusion_goes_back_and_both_words_stay(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    world.to_confirm(who, made.id)
    underwriting.return_verdict(who.gu, made.id, "请先看复查报告")
    underwriting.decide_referral(who.ning, made.id, "load", "复查后下调", loading_bp=4_000)

    file = underwriting.file_of(who.gu, made.id)

    assert file.referral.state == "offered"
    assert Verdict.objects.count() == 2
    assert [line.code for line in file.referral.history] == ["opened", "proposed", "returned", "concluded", "offered"]


@pytest.mark.rule("SERV-9")
def test_a_refusal_names_who_why_and_on_what_ground(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    with pytest.raises(InvalidInput) as refusal:
        underwriting.decide_referral(who.ning, made.id, "declined_by_person", "近期治疗未结束")
    assert refusal.value.facts["field"] == "clause"

    decided = underwriting.decide_referral(who.ning, made.id, "declined_by_person", "近期治疗未结束", clause="2.4")

    assert (decided.outcome, decided.reasons[0].clause) == ("declined_by_person", "2.4")


@pytest.mark.rule("SERV-9")
def test_the_database_takes_no_second_name_that_is_the_first(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    world.to_confirm(who, made.id)
    verdict = Verdict.objects.get()
    verdict.checker_id = verdict.maker_id
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict.save()
    verdict.checker_id, verdict.given_at = None, clock.now()
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict.save()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Verdict.objects.update(loading_bp=1),
        lambda: Verdict.objects.update(note="改过"),
        lambda: Verdict.objects.all().delete(),
        lambda: ReferralEvent.objects.update(code="accepted"),
        lambda: ReferralEvent.objects.all().delete(),
    ],
)
def test_what_was_said_stays(who: Desk, lin: Customer, change) -> None:
    world.offered(who, world.referred(lin).id)

    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_the_basket_says_that_terms_were_not_taken(who: Desk, lin: Customer) -> None:
    made = world.referred(lin)
    underwriting.decline_offer(lin.id, made.id, world.offered(who, made.id))

    [found] = underwriting.declarations_of_quotes(lin.id, [made.quote_id])

    assert found.outcome == "offer_declined"
    assert policies.proposals_of_quotes(lin.id, [made.quote_id]) == []

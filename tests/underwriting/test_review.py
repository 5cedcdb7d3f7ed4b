"""What the rules decided against a customer goes to a person, once, and never ends worse (DATA-3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baohe.flows import contest, purchase
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.policies.errors import StepsMissing
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.errors import ReviewNotPossible, WorseThanTheRules
from tests.sale import steps
from tests.sale import world as sale_world
from tests.sale.world import Customer
from tests.underwriting import world
from tests.underwriting.world import Desk

REASON = "最近三个月血压都正常，有复查记录"


@pytest.mark.rule("DATA-3")
def test_a_person_looks_and_the_first_terms_stay(who: Desk, lin: Customer) -> None:
    made = world.loaded(lin)

    asked = contest.request_review(lin.id, made.id, REASON)

    assert (asked.outcome, asked.loading_bp, asked.referral_state) == ("load", 2_000, "open")
    assert asked.reply_by is not None
    assert underwriting.file_of(who.ning, made.id).referral.ask == REASON

    # until the answer nothing is signed on it; then the first terms are there to be bought
    draft = purchase.draft(lin.id, made.id, (), None, "single")
    with pytest.raises(StepsMissing):
        steps.signed(draft)
    underwriting.decide_referral(who.ning, made.id, "load", "维持加费", loading_bp=2_000)
    assert steps.sold(draft).premium_fen == 37_440


@pytest.mark.rule("DATA-3")
def test_a_review_may_help(who: Desk, lin: Customer) -> None:
    made = world.loaded(lin)
    contest.request_review(lin.id, made.id, REASON)

    helped = underwriting.decide_referral(who.ning, made.id, "accept", "复查正常")

    assert (helped.outcome, helped.premium_fen) == ("accept", 31_200)
    with clock.travel(sale_world.NOW + timedelta(days=2)):  # the quote itself is long over
        assert purchase.draft(lin.id, made.id, (), None, "single").premium_fen == 31_200


@pytest.mark.rule("DATA-3")
@pytest.mark.parametrize(
    ("outcome", "more"),
    [
        ("declined_by_person", {"clause": "2.4"}),
        ("load", {"loading_bp": 2_500}),
        ("exclude", {"exclusions": [world.THYROID]}),
    ],
)
def test_a_review_never_hurts(who: Desk, lin: Customer, outcome: str, more: dict[str, object]) -> None:
    made = world.loaded(lin)
    contest.request_review(lin.id, made.id, REASON)
    before = world.untouched()

    with pytest.raises(WorseThanTheRules):
        underwriting.decide_referral(who.ning, made.id, outcome, "看了一遍", **more)  # type: ignore[arg-type]

    assert world.untouched() == before


@pytest.mark.rule("DATA-3")
def test_the_same_terms_again_need_no_new_yes(who: Desk, lin: Customer) -> None:
    made = world.loaded(lin)
    contest.request_review(lin.id, made.id, REASON)

    kept = underwriting.decide_referral(who.ning, made.id, "load", "维持加费", loading_bp=2_000)

    assert (kept.referral_state, kept.outcome, kept.loading_bp) == ("decided", "load", 2_000)


@pytest.mark.rule("DATA-3")
def test_an_offer_of_a_review_that_is_declined_leaves_the_first_terms(who: Desk, lin: Customer) -> None:
    made = world.loaded(lin)
    contest.request_review(lin.id, made.id, REASON)
    offer = world.offered(who, made.id, loading_bp=1_000)

    left = underwriting.decline_offer(lin.id, made.id, offer)

    assert (left.outcome, left.loading_bp, left.premium_fen) == ("load", 2_000, 37_440)


def test_a_review_is_asked_once(who: Desk, lin: Customer) -> None:
    made = world.loaded(lin)
    contest.request_review(lin.id, made.id, REASON)
    before = world.untouched()
    with pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, made.id, REASON)
    assert world.untouched() == before


def test_there_must_be_something_to_contest(who: Desk, lin: Customer) -> None:
    clean = world.declared(lin)
    with pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, clean.id, REASON)
    made = world.loaded(lin)
    with pytest.raises(InvalidInput):
        contest.request_review(lin.id, made.id, " ")
    with pytest.raises(NotFound):
        contest.request_review(sale_world.customer("13800000002").id, made.id, REASON)
    with clock.travel(sale_world.NOW + timedelta(days=31)), pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, made.id, REASON)


def test_a_policy_is_not_contested_this_way(who: Desk, lin: Customer) -> None:
    made = world.loaded(lin)
    steps.sold(purchase.draft(lin.id, made.id, (), None, "single"))
    with pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, made.id, REASON)

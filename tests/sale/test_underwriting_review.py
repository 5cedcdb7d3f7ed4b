"""A person looks again at what the rules decided, on request (DATA-3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baohe.flows import contest, review
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.errors import StepsMissing
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.errors import (
    ReviewNotPossible,
)
from baohe.rooms.underwriting.models import Referral
from tests.sale import steps, world
from tests.sale.test_journey import Phone
from tests.sale.underwriting_steps import told
from tests.sale.world import Customer


@pytest.fixture
def phone(lin: Customer) -> Phone:
    return Phone(lin)


WHY = "近两年体检都正常"


@pytest.mark.rule("DATA-3")
def test_a_loading_is_reviewed_by_a_person_on_request(lin: Customer, phone: Phone) -> None:
    found = told(lin, weight="85")
    why = {"reason": "近两年体检都正常"}
    assert phone.post(f"declarations/{found.id}/review", why)["state"] == "open"
    seen = phone.get(f"declarations/{found.id}")
    assert (seen["outcome"], seen["may_review"]) == ("load", False)  # the terms of the rules stay until the answer
    assert seen["referral"]["handler"]
    assert phone.post(f"declarations/{found.id}/review", why, status=409)["code"] == "review_not_possible"
    assert Referral.objects.get().cause == "customer"
    staff = people.create_staff("shen", "沈宁", ("underwriter",), "a-long-enough-phrase").id
    underwriting.decide_referral(staff, found.id, "accept", "近两年体检正常")
    after = phone.get(f"declarations/{found.id}")
    assert (after["outcome"], after["loading_bp"]) == ("accept", 0)
    with pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, found.id, WHY)


@pytest.mark.rule("DATA-3")
def test_standard_terms_leave_nothing_to_review_and_strangers_find_nothing(lin: Customer) -> None:
    with pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, told(lin).id, WHY)
    stranger = world.customer("13900000002")
    with pytest.raises(NotFound):
        contest.request_review(stranger.id, told(lin, weight="85").id, WHY)
    assert Referral.objects.count() == 0


@pytest.mark.rule("DATA-3")
def test_nothing_is_signed_or_paid_while_a_person_looks(lin: Customer) -> None:
    found = told(lin, weight="85")
    proposal = policies.draft_proposal(lin.id, found, lin.me, (), None, "yearly")
    contest.request_review(lin.id, found.id, WHY)
    with pytest.raises(StepsMissing) as refused:
        steps.signed(proposal)
    assert refused.value.facts["codes"] == ["underwriting_review"]
    staff = people.create_staff("shen", "沈宁", ("underwriter",), "a-long-enough-phrase").id
    underwriting.decide_referral(staff, found.id, "accept", "近两年体检正常")
    [need] = review.needs(proposal)
    assert (need.code, need.done) == ("underwriting_review", False)  # the draft still has the loading
    decided = underwriting.declaration(lin.id, found.id)
    with clock.travel(world.NOW + timedelta(days=1)):  # the quote has run out; a person's word outlives it
        better = policies.draft_proposal(lin.id, decided, lin.me, (), None, "yearly")
    assert better.premium_fen < proposal.premium_fen
    assert [need.done for need in review.needs(better)] == [True]


@pytest.mark.rule("DATA-3")
def test_what_is_being_paid_cannot_be_reviewed_any_more(lin: Customer) -> None:
    found = told(lin, weight="85")
    steps.locked(steps.signed(policies.draft_proposal(lin.id, found, lin.me, (), None, "yearly")), "yearly")
    with pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, found.id, WHY)
    assert Referral.objects.count() == 0


@pytest.mark.rule("DATA-3")
def test_a_person_may_keep_a_postponement_and_make_none(lin: Customer) -> None:
    staff = people.create_staff("shen", "沈宁", ("underwriter",), "a-long-enough-phrase").id
    postponed, loaded = told(lin, weight="45"), told(lin, weight="85")
    for found in (postponed, loaded):
        contest.request_review(lin.id, found.id, WHY)
    with pytest.raises(InvalidInput):
        underwriting.decide_referral(staff, loaded.id, "postpone", "再等等")
    assert underwriting.declaration(lin.id, loaded.id).referral_state == "open"
    kept = underwriting.decide_referral(staff, postponed.id, "postpone", "体重恢复后再来")
    assert (kept.outcome, kept.postponed_until, kept.referral_state) == ("postpone", date(2027, 5, 21), "decided")

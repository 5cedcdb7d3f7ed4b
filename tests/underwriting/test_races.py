"""Two hands on one file at the same moment, on real connections: one of them wins."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from baohe.kernel.errors import BaoheError
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.models import Referral, ReferralDecision, ReferralEvent, Verdict
from tests.sale.test_settle import in_parallel
from tests.sale.world import Customer
from tests.shelf import put_on_sale
from tests.underwriting import world
from tests.underwriting.world import Desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(now: None) -> tuple[Desk, Customer]:
    put_on_sale()
    return world.desk(), world.adult()


def outcome_of(act: Callable[[], object]) -> str:
    try:
        act()
    except BaoheError as refusal:
        return refusal.code
    return "done"


def together(*acts: Callable[[], object]) -> list[str]:
    waiting = list(acts)
    return sorted(in_parallel(len(acts), lambda: outcome_of(waiting.pop())))


def test_two_underwriters_conclude_at_once(scene: tuple[Desk, Customer]) -> None:
    who, lin = scene
    made = world.referred(lin).id
    said = together(
        lambda: underwriting.decide_referral(who.ning, made, "accept", "资料齐全"),
        lambda: underwriting.decide_referral(who.gu, made, "declined_by_person", "治疗未结束", clause="2.4"),
        lambda: underwriting.decide_referral(who.gu, made, "load", "略高", loading_bp=1_000),
    )
    assert said.count("done") == 1
    assert Verdict.objects.count() == 1
    assert set(said) <= {"done", "referral_closed", "referral_not_open"}


def test_yes_and_no_to_one_offer(scene: tuple[Desk, Customer]) -> None:
    who, lin = scene
    made = world.referred(lin).id
    offer = world.offered(who, made)
    said = together(
        lambda: underwriting.accept_offer(lin.id, made, offer),
        lambda: underwriting.decline_offer(lin.id, made, offer),
        lambda: underwriting.accept_offer(lin.id, made, offer),
    )
    state = Referral.objects.get().state
    assert ReferralDecision.objects.count() == (1 if state == "accepted" else 0)
    assert said.count("offer_gone") == (1 if state == "accepted" else 2)
    assert ReferralEvent.objects.filter(code__in=("accepted", "declined")).count() == 1


def test_a_second_name_and_a_return(scene: tuple[Desk, Customer]) -> None:
    who, lin = scene
    made = world.referred(lin).id
    world.to_confirm(who, made)
    said = together(
        lambda: underwriting.confirm_verdict(who.gu, made),
        lambda: underwriting.return_verdict(who.gu, made, "再看看"),
    )
    assert said == ["done", "referral_not_open"]


def test_a_review_asked_for_twice_at_once(scene: tuple[Desk, Customer]) -> None:
    _, lin = scene
    made = world.loaded(lin).id
    said = together(*[lambda: underwriting.request_review(lin.id, made, "血压已经正常")] * 3)
    assert said == ["done", "review_not_possible", "review_not_possible"]
    assert Referral.objects.count() == 1

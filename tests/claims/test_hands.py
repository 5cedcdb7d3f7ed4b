"""Who has a claim: shared out by load, taken, handed over, and what leave does to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baohe.flows import keep_clocks, settle_claim
from baohe.kernel.errors import InvalidInput, NotAllowed
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import HandlerAway
from baohe.rooms.claims.models import Claim, Leave, Move
from tests.claims import world
from tests.claims.clock_steps import graded, look_at

TODAY = date(2026, 11, 22)


@pytest.fixture
def shen(on_sale):
    return world.handler("a-shen", "沈一诺")


@pytest.fixture
def gu(on_sale):
    return world.handler("b-gu", "顾远")


@pytest.fixture
def claim(draft, submit):
    return submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00"))


def has(claim):
    return Claim.objects.get(id=claim.id).handler_name


def history(claim):
    rows = Move.objects.filter(claim_id=claim.id).order_by("id")
    return [(row.how, row.from_name, row.to_name) for row in rows]


def test_a_claim_that_nobody_has_goes_to_the_least_loaded(shen, gu, draft, submit):
    heavy = submit(draft("other"))  # counts twice: the rules could not calculate it
    keep_clocks.look()
    small = [
        submit(draft(shade=shade, number=str(shade), total="9000.00", social_paid="0.00", self_paid=f"{shade}.00"))
        for shade in (120, 130)
    ]
    keep_clocks.look()
    keep_clocks.look()
    assert has(heavy) == "沈一诺"
    assert [has(one) for one in small] == ["顾远", "顾远"]
    assert history(heavy) == [("shared", "", "沈一诺")]


def test_only_whoever_may_decide_the_sum_is_given_it(shen, draft, submit, insured):
    senior = graded("z-he", "何资深", "claims_senior")
    claim = submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00"))
    Claim.objects.filter(id=claim.id).update(calculated_fen=5_000_000)
    keep_clocks.look()
    assert has(claim) == senior.name


def test_on_leave_one_is_given_nothing_and_with_nobody_there_it_stays_open(shen, gu, claim):
    claims.set_leave(shen.id, TODAY, TODAY, gu.id)
    keep_clocks.look()
    assert has(claim) == "顾远"


def test_with_nobody_there_it_stays_in_the_open_queue(claim):
    keep_clocks.look()
    assert (has(claim), history(claim)) == ("", [])
    assert claims.workload().nobody.open == 1


def test_taking_and_handing_over_need_a_reason_and_stay_in_the_history(shen, gu, claim):
    with pytest.raises(InvalidInput):
        claims.take_claim(shen.id, claim.id, " ")
    assert (has(claim), history(claim)) == ("", [])

    claims.take_claim(shen.id, claim.id, "熟悉这家医院")
    claims.hand_over(shen.id, claim.id, gu.id, "他在处理同一事故")
    assert history(claim) == [("taken", "", "沈一诺"), ("handed", "沈一诺", "顾远")]
    assert [move.reason for move in claims.file_of(gu.id, claim.id).moves] == ["熟悉这家医院", "他在处理同一事故"]


def test_a_claim_of_another_is_handed_over_by_a_lead_alone(shen, gu, claim):
    claims.take_claim(gu.id, claim.id, "我来办")
    with pytest.raises(NotAllowed):
        claims.hand_over(shen.id, claim.id, shen.id, "我更熟")
    assert has(claim) == "顾远"

    claims.hand_over(graded("lin", "林组长", "claims_lead").id, claim.id, shen.id, "平衡工作量")
    assert has(claim) == "沈一诺"


def test_nobody_away_is_handed_anything(shen, gu, claim):
    claims.set_leave(gu.id, TODAY, TODAY + timedelta(days=3), shen.id)
    with pytest.raises(HandlerAway):
        claims.hand_over(shen.id, claim.id, gu.id, "他更熟")
    assert history(claim) == []


def test_leave_sends_the_claims_to_the_deputy_and_brings_them_back(shen, gu, claim):
    claims.take_claim(shen.id, claim.id, "我来办")
    claims.set_leave(shen.id, date(2026, 11, 24), date(2026, 11, 25), gu.id)
    for moment, name in (
        ("2026-11-23 23:59:00", "沈一诺"),
        ("2026-11-24 00:00:30", "顾远"),
        ("2026-11-25 23:59:00", "顾远"),
        ("2026-11-26 00:00:30", "沈一诺"),
    ):
        look_at(moment)
        look_at(moment)
        assert has(claim) == name
    assert history(claim)[1:] == [("stood_in", "沈一诺", "顾远"), ("back", "顾远", "沈一诺")]
    assert Leave.objects.get().closed_at is not None


def test_what_a_third_person_took_meanwhile_does_not_come_back(shen, gu, claim):
    claims.take_claim(shen.id, claim.id, "我来办")
    claims.set_leave(shen.id, TODAY, TODAY, gu.id)
    keep_clocks.look()
    claims.take_claim(world.handler("c-he", "何三").id, claim.id, "客户找到我")
    look_at("2026-11-23 08:00:00")
    assert has(claim) == "何三"


def test_a_deputy_who_is_away_too_passes_it_to_theirs(shen, gu, claim):
    third = world.handler("c-he", "何三")
    claims.take_claim(shen.id, claim.id, "我来办")
    claims.set_leave(shen.id, TODAY, TODAY, gu.id)
    claims.set_leave(gu.id, TODAY, TODAY, third.id)
    keep_clocks.look()
    assert has(claim) == "何三"


def test_two_who_stand_in_for_each_other_keep_what_they_have(shen, gu, claim):
    claims.take_claim(shen.id, claim.id, "我来办")
    claims.set_leave(shen.id, TODAY, TODAY, gu.id)
    claims.set_leave(gu.id, TODAY, TODAY, shen.id)
    keep_clocks.look()
    assert has(claim) == "沈一诺"


def test_leave_that_is_cancelled_brings_them_back_at_once(shen, gu, claim):
    claims.take_claim(shen.id, claim.id, "我来办")
    leave = claims.set_leave(shen.id, TODAY, TODAY + timedelta(days=9), gu.id)
    keep_clocks.look()
    with pytest.raises(NotAllowed):
        claims.cancel_leave(gu.id, leave.id)
    assert has(claim) == "顾远"
    claims.cancel_leave(shen.id, leave.id)
    keep_clocks.look()
    assert (has(claim), claims.leaves()) == ("沈一诺", ())


@pytest.mark.parametrize(
    ("first", "last", "deputy"), [(-1, 0, "gu"), (3, 2, "gu"), (0, 400, "gu"), (0, 1, "shen"), (0, 1, "finance")]
)
def test_leave_that_cannot_be_is_not_kept(shen, gu, first, last, deputy):
    finance = graded("fin", "钱多")
    others = {"gu": gu.id, "shen": shen.id, "finance": finance.id}
    if deputy == "finance":
        from baohe.rooms.people.models import Account

        Account.objects.get(id=finance.id).groups.clear()
    with pytest.raises(InvalidInput):
        claims.set_leave(shen.id, TODAY + timedelta(days=first), TODAY + timedelta(days=last), others[deputy])
    assert Leave.objects.count() == 0


def test_leave_does_not_overlap(shen, gu):
    claims.set_leave(shen.id, TODAY, TODAY + timedelta(days=3), gu.id)
    with pytest.raises(InvalidInput):
        claims.set_leave(shen.id, TODAY + timedelta(days=3), TODAY + timedelta(days=4), gu.id)
    assert Leave.objects.count() == 1


def test_acting_on_a_claim_makes_it_ones_own_and_says_so(shen, gu, claim, insured):
    claims.take_claim(gu.id, claim.id, "我来办")
    with clock.travel(world.NOW + timedelta(hours=1)):
        settle_claim.ask_for_papers(shen.id, claim.id, ["record"], "病历看不清")
    assert history(claim)[-1] == ("taken", "顾远", "沈一诺")

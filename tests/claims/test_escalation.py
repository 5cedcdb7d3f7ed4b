"""A deadline is raised before it falls, once for each level, and what a worker missed is caught up."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from baohe.flows import keep_clocks, settle_claim
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import Escalation
from baohe.rooms.notices import facade as notices
from baohe.rooms.notices.models import Message
from tests.claims import world
from tests.claims.clock_steps import at, graded, look_at, raised

SIMPLE = (("2026-11-25", 1), ("2026-11-26", 2), ("2026-11-27", 3))
"""The five working days of a simple claim end on Friday 27 November: two days before, one before, on the day."""


@pytest.fixture
def house(on_sale):
    """A handler, a lead and a head."""
    return (
        world.handler("shen", "沈一诺"),
        graded("lin", "林组长", "claims_lead"),
        graded("fang", "方主任", "claims_head"),
    )


@pytest.fixture
def referred(house, draft, submit):
    claim = submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00"))
    claims.take_claim(house[0].id, claim.id, "我来办")
    return claim


@pytest.mark.rule("SERV-4")
def test_each_level_is_raised_at_its_moment_and_not_a_second_before(referred):
    for number, (day, level) in enumerate(SIMPLE):
        look_at(f"{day} 08:59:59")
        assert raised(referred.id, "decide_simple") == [1, 2, 3][:number]
        look_at(f"{day} 09:00:00")
        look_at(f"{day} 09:00:01")  # a round again raises nothing again
        assert raised(referred.id, "decide_simple")[-1] == level
    assert list(Escalation.objects.order_by("id").values_list("staff_name", flat=True)) == [
        "沈一诺",
        "林组长",
        "方主任",
    ]


@pytest.mark.rule("SERV-4")
def test_after_the_decision_nothing_is_raised(referred, house):
    look_at("2026-11-25 09:00:00")
    with clock.travel(at("2026-11-25 15:00:00")):
        calculated = claims.queue().items[0].amount_fen
        settle_claim.decide_by_person(house[0].id, referred.id, calculated)
    look_at("2026-11-30 09:00:00")
    assert raised(referred.id, "decide_simple") == [1]


@pytest.mark.rule("SERV-5")
@pytest.mark.parametrize(
    ("code", "moments"),
    [
        # the 30th day is Tuesday 22 December
        ("decide", ("2026-12-18 09:00:00", "2026-12-21 09:00:00", "2026-12-22 09:00:00")),
        # the 60th is Thursday 21 January
        ("advance", ("2027-01-19 09:00:00", "2027-01-20 09:00:00", "2027-01-21 09:00:00")),
    ],
)
def test_the_other_deadlines_are_raised_before_they_fall(referred, code, moments):
    for level, moment in enumerate(moments, start=1):
        with clock.travel(at(moment).replace(hour=8, minute=59, second=59)):
            keep_clocks.look()
        assert raised(referred.id, code) == list(range(1, level))
        look_at(moment)
        assert raised(referred.id, code) == list(range(1, level + 1))


@pytest.mark.rule("SERV-5")
def test_the_ten_days_to_pay_are_raised_and_end_with_the_money(house, draft, submit, wallet_says):
    claim = submit(draft())  # by Wednesday 2 December
    look_at("2026-11-30 08:59:59")
    assert raised(claim.id, "pay") == []
    look_at("2026-11-30 09:00:00")
    assert raised(claim.id, "pay") == [1]
    wallet_says("done")
    look_at("2026-12-02 09:00:00")
    assert raised(claim.id, "pay") == [1]


def test_what_a_worker_missed_is_raised_when_one_is_back_and_the_claimant_is_told_once(referred, insured):
    look_at("2026-11-30 10:00:00")  # down for a week, over the deadline itself
    look_at("2026-11-30 10:01:00")
    assert raised(referred.id, "decide_simple") == [1, 2, 3]
    assert Message.objects.filter(template="claim_deadline", account_id=insured.account_id).count() == 1


@pytest.mark.rule("SERV-7")
def test_on_the_day_the_head_has_it_and_the_claimant_hears_the_new_name_and_time(referred, insured):
    look_at("2026-11-27 09:00:00")
    claim = claims.claim(insured.account_id, referred.id)
    assert (claim.handler.name, claim.handler.reply_by) == ("方主任", at("2026-11-27 18:00:00"))
    words = notices.notices_of(insured.account_id)[0].body.zh
    assert all(part in words for part in ("期限是 2026-11-27", "方主任 负责", "11-27 18:00 前答复"))
    [first, *_] = claims.queue().items
    assert (first.level.zh, first.due_at) == ("报负责人，已告知客户", at("2026-11-27 23:59:59"))


def test_a_clock_that_stands_still_is_not_raised_and_its_new_moment_is(referred, house, insured, submit):
    with clock.travel(at("2026-11-24 10:00:00")):
        settle_claim.ask_for_papers(house[0].id, referred.id, ["record"], "病历第二页看不清")
    look_at("2026-12-22 09:00:00")  # where the thirty days would have ended
    assert raised(referred.id, "decide") == []
    with clock.travel(at("2026-12-22 10:00:00")):
        claims.add_paper(insured.account_id, referred.id, "record", world.photo(30))
        submit(claims.claim(insured.account_id, referred.id))
    look_at("2027-01-15 09:00:00")  # 28 days later: by 19 January, the second working day before it is the 15th
    assert raised(referred.id, "decide") == [1]


def test_levels_are_never_rewritten(referred):
    look_at("2026-11-27 09:00:00")
    for statement in (
        "UPDATE claims_escalation SET level = 1",
        "DELETE FROM claims_escalation",
        "DELETE FROM claims_move",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_without_lead_and_head_a_deadline_is_raised_all_the_same(draft, submit, on_sale):
    claim = submit(draft(total="9000.00", social_paid="0.00", self_paid="0.00"))
    look_at("2026-11-27 09:00:00")
    assert raised(claim.id, "decide_simple") == [1, 2, 3]
    assert set(Escalation.objects.values_list("staff_id", flat=True)) == {None}

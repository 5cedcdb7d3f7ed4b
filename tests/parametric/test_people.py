"""Where sources are apart or silent, or somebody says they are wrong: two people, a clock, and never less than paid."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.flows import settle_parametric
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.models import Claim
from baohe.rooms.notices.models import Message
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.errors import NothingToDispute, NotWaiting, SecondNameNeeded, TooLateToDispute
from baohe.rooms.parametric.models import Dispute, Outcome
from baohe.rooms.payments.models import Payout
from baohe.rooms.people.contracts import StaffView
from tests.claims import world as claimed
from tests.parametric import world

Two = tuple[StaffView, StaffView]


def decide(handlers: Two, event: str) -> None:
    seen = world.observed()
    settle_parametric.propose(handlers[0].id, seen.id, event, "机场到港公告")
    ruling = world.observed().ruling
    assert ruling is not None
    settle_parametric.confirm(handlers[1].id, ruling.id)
    world.work()


def amounts() -> list[int]:
    return list(Payout.objects.order_by("requested_at").values_list("amount_fen", flat=True))


def test_sources_apart_go_to_people_at_once(sky: OraclesSimulator, seller: UUID, handlers: Two) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=10, b=40, c=80)
    world.work()
    assert (world.observed().state, world.observed().why, amounts()) == ("people", "apart", [])
    decide(handlers, "flight_late_30")
    seen = world.observed()
    assert (seen.state, amounts(), seen.outcomes[0].by) == ("settled", [8_000], ("顾安", "沈宁"))


def test_silent_sources_go_to_people_when_the_window_closes(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=47)
    world.work()
    closes = world.observed().closes_at
    with clock.travel(closes - timedelta(seconds=30)):
        world.work()
        assert world.observed().state == "waiting"
    with clock.travel(closes):
        world.work()
    assert (world.observed().state, world.observed().why) == ("people", "silent")
    assert parametric.waiting()[1] is not None


def test_a_third_source_may_still_decide_for_the_people(sky: OraclesSimulator, seller: UUID, handlers: Two) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=10, b=40, c=80)
    world.work()
    settle_parametric.propose(handlers[0].id, world.observed().id, "", "还在核对")
    ruling = world.observed().ruling
    assert ruling is not None
    world.tell_by(sky, a=41)
    world.work()
    assert (world.observed().state, amounts()) == ("settled", [8_000])
    with pytest.raises(NotWaiting):
        settle_parametric.confirm(handlers[1].id, ruling.id)
    assert amounts() == [8_000]


def test_one_name_is_not_enough(sky: OraclesSimulator, seller: UUID, handlers: Two) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=10, b=40, c=80)
    world.work()
    with pytest.raises(InvalidInput):
        settle_parametric.propose(handlers[0].id, world.observed().id, "parcel_returned", "机场到港公告")
    settle_parametric.propose(handlers[0].id, world.observed().id, "flight_late_30", "机场到港公告")
    ruling = world.observed().ruling
    assert ruling is not None
    with pytest.raises(SecondNameNeeded):
        settle_parametric.confirm(handlers[0].id, ruling.id)
    with pytest.raises(NotWaiting):
        settle_parametric.propose(handlers[1].id, world.observed().id, "", "另一种看法")
    assert (Outcome.objects.count(), amounts()) == (0, [])
    settle_parametric.give_back(handlers[1].id, ruling.id)
    assert world.observed().ruling is None


def test_what_was_decided_needs_a_dispute_to_be_opened_again(
    sky: OraclesSimulator, seller: UUID, handlers: Two
) -> None:
    world.ticket(seller, "T-1")
    world.tell(sky, 47)
    world.work()
    with pytest.raises(NotWaiting):
        settle_parametric.propose(handlers[0].id, world.observed().id, "flight_cancelled", "机场到港公告")


def test_a_correction_upwards_pays_the_difference(sky: OraclesSimulator, seller: UUID, handlers: Two) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=20, b=21)
    world.work()
    world.tell_by(sky, a=47, b=48)
    world.work()
    assert [(one.kind, one.said.zh) for one in world.observed().disputes] == [
        ("correction", "数据源更正后一致为：晚到 45 分钟以上")
    ]
    assert amounts() == [4_000]
    decide(handlers, "flight_late_45")
    assert amounts() == [4_000, 8_000]
    assert [one.stands for one in world.observed().disputes] == [False]


def test_a_correction_downwards_takes_nothing_back(sky: OraclesSimulator, seller: UUID, handlers: Two) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=47, b=48)
    world.work()
    world.tell_by(sky, a=3, b=4)
    world.work()
    decide(handlers, "")
    seen = world.observed()
    assert (amounts(), seen.event, seen.state) == ([12_000], "flight_late_45", "settled")
    assert [one.event for one in seen.outcomes] == ["flight_late_45", ""]


def test_a_late_report_that_differs_is_told_and_one_that_agrees_is_not(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=47, b=48)
    world.work()
    world.tell_by(sky, c=5)
    world.work()
    world.tell_by(sky, a=46)
    world.work()
    assert [one.kind for one in world.observed().disputes] == ["late"]


def test_after_the_days_of_correction_a_report_opens_nothing(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=47, b=48)
    world.work()
    with clock.travel(world.later(days=10, minutes=1)):
        world.tell_by(sky, c=5)
        world.work()
    assert Dispute.objects.count() == 0


def own_claim(sky: OraclesSimulator) -> tuple[UUID, UUID]:
    lin = claimed.claimant()
    world.ticket(lin, "own", partner=False)
    world.tell_by(sky, a=20, b=21)
    world.work()
    return lin, claims.claims_of(lin).items[0].id


def test_the_customer_disputes_and_a_person_answers(sky: OraclesSimulator, handlers: Two) -> None:
    lin, claim_id = own_claim(sky)
    first = settle_parametric.dispute(lin, claim_id)
    assert settle_parametric.dispute(lin, claim_id) == first
    assert first.answer_by.isoformat() == "2026-11-25T10:00:00+00:00"
    assert parametric.waiting()[0] == 1
    decide(handlers, "flight_late_15")
    assert [one.stands for one in world.observed().disputes] == [True]
    assert Message.objects.filter(template="parametric_answered").count() == 1
    assert amounts() == [4_000]


def test_the_customer_was_right(sky: OraclesSimulator, handlers: Two) -> None:
    lin, claim_id = own_claim(sky)
    settle_parametric.dispute(lin, claim_id)
    decide(handlers, "flight_late_45")
    assert amounts() == [4_000, 8_000]


def test_a_dispute_has_its_days(sky: OraclesSimulator) -> None:
    lin, claim_id = own_claim(sky)
    with clock.travel(world.later(days=10, minutes=1)), pytest.raises(TooLateToDispute):
        settle_parametric.dispute(lin, claim_id)
    assert Dispute.objects.count() == 0


def test_strangers_and_other_claims_dispute_nothing(sky: OraclesSimulator) -> None:
    lin, claim_id = own_claim(sky)
    with pytest.raises(NotFound):
        settle_parametric.dispute(claimed.claimant("13900000008"), claim_id)
    by_hand = claimed.policy(lin)
    notice = FirstNotice(by_hand, "accident_outpatient", "放学路上跌倒", claimed.INJURED_ON)
    draft = claims.first_notice(lin, notice, "one")
    with pytest.raises(NothingToDispute):
        settle_parametric.dispute(lin, draft.id)
    assert (Dispute.objects.count(), Claim.objects.count()) == (0, 2)

"""Two of three agree: the tickets of the flight are paid, each once, and everybody can see why."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.flows import settle_claim, settle_parametric
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import Claim
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices.models import Message
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.models import RefusedReport, Report, Settlement
from baohe.rooms.payments.models import Payout
from tests.claims import world as claimed
from tests.parametric import world


@pytest.mark.parametrize(
    ("value", "event", "fen"),
    [
        (15, "flight_late_15", 4_000),
        (29, "flight_late_15", 4_000),
        (30, "flight_late_30", 8_000),
        (45, "flight_late_45", 12_000),
        ("cancelled", "flight_cancelled", 20_000),
        ("diverted", "flight_diverted", 20_000),
    ],
)
def test_what_all_sources_see_is_paid(
    sky: OraclesSimulator, seller: UUID, value: int | str, event: str, fen: int
) -> None:
    world.ticket(seller, "T-1")
    world.tell(sky, value)
    world.work()
    world.work()
    [payout], seen = Payout.objects.all(), world.observed()
    assert (payout.amount_fen, seen.event, seen.state) == (fen, event, "settled")
    assert ledger.check() == []


def test_a_flight_on_time_pays_nothing_and_says_so(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell(sky, 14)
    world.work()
    assert (world.observed().state, Claim.objects.count()) == ("nothing", 0)


def test_it_waits_for_the_minutes_after_arrival(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell(sky, 50, at=clock.now())
    world.work()
    assert (world.observed().state, Payout.objects.count()) == ("waiting", 0)
    with clock.travel(world.later(minutes=15)):
        world.work()
    assert (world.observed().state, Payout.objects.count()) == ("settled", 1)


def test_two_agree_and_the_third_is_told_not_averaged(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=47, b=46, c=5)
    world.work()
    seen = world.observed()
    assert (seen.event, Payout.objects.get().amount_fen) == ("flight_late_45", 12_000)
    assert {one.source: one.with_it for one in seen.reports} == {
        "flight-a": True,
        "flight-b": True,
        "flight-c": False,
    }


def test_one_source_alone_decides_nothing(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=47)
    world.work()
    assert (world.observed().state, Claim.objects.count()) == ("waiting", 0)


def test_a_report_is_kept_once_and_a_false_signature_never(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    sky.faults.set({"duplicate": 1, "wrong_signature": 3})
    world.tell(sky, 47)
    world.work()
    assert Report.objects.count() == 2
    assert [(one.source, one.why) for one in RefusedReport.objects.all()] == [("flight-c", "wrong signature")]
    assert Payout.objects.count() == 1


def test_a_ticket_bought_before_and_registered_after_the_decision_is_paid_too(
    sky: OraclesSimulator, seller: UUID
) -> None:
    world.ticket(seller, "T-1")
    world.tell(sky, 47)
    world.work()
    world.ticket(seller, "T-2")
    settled = world.observed()
    assert settle_parametric.settle_batch(settled.id) == 1
    assert (Settlement.objects.count(), Payout.objects.count()) == (2, 2)


def test_a_partner_cannot_report_what_the_sources_decide(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    with pytest.raises(InvalidInput):
        settle_claim.settle_event(seller, "T-1", "flight_late_45", claimed.NOW)
    assert Claim.objects.count() == 0


def test_the_customer_hears_the_facts_before_asking(sky: OraclesSimulator) -> None:
    lin = claimed.claimant()
    world.ticket(lin, "own", partner=False)
    world.tell_by(sky, a=47, b=46)
    world.work()
    assert [message.template for message in Message.objects.all()] == ["parametric_paid"]
    claim = claims.claims_of(lin).items[0]
    assert claim.timeline[0].detail is not None
    assert claim.timeline[0].detail.zh == "数据 flight-a、数据 flight-b 2 家数据一致"
    seen = parametric.observation_of(claim.id)
    assert seen is not None
    assert (seen.what.zh, seen.band.zh if seen.band else "") == ("MU5101 2026-11-22", "晚到 45 分钟以上")


def test_a_cancelled_policy_goes_to_a_person_and_is_not_lost(sky: OraclesSimulator) -> None:
    lin = claimed.claimant()
    world.ticket(lin, "own", partner=False, cancelled_at=claimed.NOW, refund_fen=0)
    world.tell(sky, 47)
    world.work()
    assert (Claim.objects.get().state, Settlement.objects.get().amount_fen) == ("with_person", 0)
    assert Message.objects.get().template == "parametric_with_person"


def test_the_decision_replays_from_the_stored_reports(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell(sky, 47)
    world.work()
    [again] = parametric.replay(world.observed().id)
    assert (again.same, again.event, again.reports) == (True, "flight_late_45", 3)
    leaf = EvidenceLeaf.objects.get(kind="observation_decided")
    assert again.digest == again.recorded_digest
    assert leaf.subject == str(again.observation_id)


def test_later_reports_do_not_change_the_replay(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell_by(sky, a=47, b=46)
    world.work()
    world.tell_by(sky, c=5, a=12)
    world.work()
    assert [again.same for again in parametric.replay(world.observed().id)] == [True]


def test_unread_days_are_the_days_of_correction(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    world.tell(sky, 47)
    world.work()
    seen = world.observed()
    assert seen.correctable_until is not None and seen.decided_at is not None
    assert seen.correctable_until - seen.decided_at == timedelta(days=10)

"""A sale that stopped after the money came has a clock from the payment; an ordinary one writes none (SERV-4)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from baohe.adapters.timestamp.simulator.server import TimestampSimulator
from baohe.config.wiring import handlers
from baohe.flows import deliver_endorsement, deliver_policy, endorse, settle_payment
from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.service_clocks.models import ServiceClock, ServiceEscalation
from tests.claims import world as claimed
from tests.sale import steps as sale
from tests.sale import world
from tests.sale.world import Customer
from tests.service_clocks.steps import House, at, clocks, look_at, raised, told

pytestmark = pytest.mark.rule("SERV-4")


@pytest.fixture
def stopped(house: House, lin: Customer, monkeypatch: pytest.MonkeyPatch) -> IntentView:
    """Paid, and the settlement breaks."""

    def breaks(intent: IntentView, paid_at: object) -> None:
        raise RuntimeError("the disk is full")

    intent = sale.locked(sale.signed(sale.drafted(lin)))
    with monkeypatch.context() as broken:
        broken.setitem(settle_payment._SETTLERS, "premium", breaks)
        assert sale.told(intent).reason == "settlement_failed"
    return intent


def given_up(topic: str) -> None:
    """Every try of the worker failed."""
    OutboxEvent.objects.filter(topic=topic).update(parked_at=clock.now(), attempts=outbox.MAX_ATTEMPTS)


def test_an_ordinary_sale_writes_no_clock_row(house: House, lin: Customer) -> None:
    sale.sold(sale.drafted(lin))
    while outbox.work_once(handlers()):
        pass
    look_at("2026-11-22 14:20:00")
    look_at("2026-12-14 09:00:00")
    assert (ServiceClock.objects.count(), ServiceEscalation.objects.count()) == (0, 0)


def test_a_settlement_that_stopped_counts_from_the_payment_and_ends_with_the_policy(
    house: House, lin: Customer, stopped: IntentView
) -> None:
    look_at("2026-11-24 10:00:00")
    assert clocks() == [("sale_payment", "2026-12-11", "running")]
    assert ServiceClock.objects.get().begun_at - world.NOW < timedelta(seconds=5)  # when we heard of the money
    look_at("2026-12-09 09:00:00")
    look_at("2026-12-10 09:00:00")
    assert raised("sale_payment") == [(1, "程立"), (2, "许衡")]
    with clock.travel(at("2026-12-10 10:00:00")):
        assert sale.told(stopped).word == "accepted"
        assert payments.intent(stopped.id).state == "paid"
    look_at("2026-12-10 10:01:00")
    assert clocks() == [("sale_payment", "2026-12-11", "ended")]
    look_at("2026-12-11 09:00:00")
    assert (len(raised("sale_payment")), told(lin.id)) == (2, [])


def test_money_whose_payer_nobody_knows_waits_for_a_person_and_is_counted(house: House, lin: Customer) -> None:
    intent = sale.locked(sale.signed(sale.drafted(lin)))
    assert sale.told(intent, buyer_name_match="").reason == "payer_unknown"
    look_at("2026-11-22 14:10:00")
    assert clocks() == [("sale_payment", "2026-12-11", "running")]


def test_a_payment_that_is_only_open_is_not_stuck(house: House, lin: Customer) -> None:
    sale.locked(sale.signed(sale.drafted(lin)))
    look_at("2026-11-22 14:20:00")
    assert clocks() == []


def test_a_paper_that_gave_up_counts_from_the_payment_and_ends_when_it_is_delivered(
    house: House, lin: Customer
) -> None:
    policy = sale.sold(sale.drafted(lin))
    given_up(deliver_policy.EVENT)
    look_at("2026-11-25 10:00:00")
    assert clocks() == [("policy_paper", "2026-12-11", "running")]
    assert policy.payment_id is not None
    assert ServiceClock.objects.get().begun_at == payments.paid_at(policy.payment_id)
    look_at("2026-12-11 09:00:00")
    assert raised("policy_paper") == [(1, "苏晴"), (2, "方规"), (3, "方规")]
    [words] = told(lin.id)
    assert policy.number in words
    with clock.travel(at("2026-12-11 10:00:00")):
        deliver_policy.deliver(policy.id)
    look_at("2026-12-11 10:01:00")
    assert clocks() == [("policy_paper", "2026-12-11", "ended")]


def test_a_paper_without_its_time_stamp_is_stuck_after_a_day(
    house: House, lin: Customer, timestamp_authority: TimestampSimulator
) -> None:
    policy = sale.sold(sale.drafted(lin))
    timestamp_authority.faults.set({"down": -1})
    with pytest.raises(deliver_policy.TimeStampAway):
        deliver_policy.deliver(policy.id)
    look_at("2026-11-23 14:00:00")
    assert clocks() == []
    look_at("2026-11-23 14:10:00")
    assert clocks() == [("policy_paper", "2026-12-11", "running")]
    timestamp_authority.faults.set({"down": 0})
    with clock.travel(at("2026-11-23 15:00:00")):
        assert deliver_policy.late() == 1
    look_at("2026-11-23 15:01:00")
    assert clocks() == [("policy_paper", "2026-12-11", "ended")]


def test_the_paper_of_an_endorsement_is_a_service_change(house: House, lin: Customer, wallet) -> None:
    policy = lowered(lin)
    given_up(deliver_endorsement.EVENT)
    look_at("2026-11-22 15:00:00")
    assert clocks() == [("endorsement_paper", "2026-11-27", "running")]
    event = OutboxEvent.objects.get(topic=deliver_endorsement.EVENT)
    with clock.travel(world.NOW + timedelta(hours=2)):
        deliver_endorsement.deliver_endorsement(outbox.Event(event.id, event.topic, event.subject, event.payload, 13))
    look_at("2026-11-22 17:00:00")
    assert clocks() == [("endorsement_paper", "2026-11-27", "ended")]
    assert policy.endorsements == ()


@pytest.mark.parametrize(("version", "found"), [("songtao-accident@2026-01-15", 1), ("suihe-home@2026-08-18", 0)])
def test_only_personal_lines_have_clocks(house: House, lin: Customer, version: str, found: int) -> None:
    parked(claimed.policy(lin.id, version))
    look_at("2026-12-11 09:00:00")
    assert len(clocks()) == found


def test_one_that_cannot_be_read_holds_up_no_other(house: House, lin: Customer) -> None:
    parked(clock.new_id())  # of no policy
    sale.sold(sale.drafted(lin))
    given_up(deliver_policy.EVENT)
    look_at("2026-11-25 10:00:00")
    assert clocks() == [("policy_paper", "2026-12-11", "running")]


def parked(policy_id: UUID) -> None:
    with transaction.atomic():
        outbox.publish(deliver_policy.EVENT, policy_id, 0, {})
    given_up(deliver_policy.EVENT)


def lowered(lin: Customer) -> PolicyView:
    inputs = {"sum_insured": "1000000", "plan": "with_medical"}
    policy = sale.sold(sale.drafted(lin, product="songtao-accident", inputs=inputs))
    chosen = endorse.lower_choices(lin.id, policy.id)[0]
    endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
    return policy

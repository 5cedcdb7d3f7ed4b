"""Service changes that wait for a person: reinstatements, and refunds that do not reach the payer (SERV-4)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from baohe.flows import disburse, endorse, reinstate, settle_payment
from baohe.flows.cancel import cancel_policy
from baohe.plumbing import clock
from baohe.rooms.disbursements import facade as disbursements
from baohe.rooms.disbursements.contracts import Actor, Payee
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.payments.models import Refund
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.service_clocks import facade as service_clocks
from baohe.rooms.service_clocks.models import ServiceClock
from tests.billing import steps as billed
from tests.payments.conftest import post_callback
from tests.sale import steps as sale
from tests.sale.world import Customer
from tests.service_clocks.steps import House, at, clocks, look_at, raised, told

pytestmark = pytest.mark.rule("SERV-4")

DUE = date(2027, 11, 23)
OFF = DUE + timedelta(days=61)
"""Sunday 23 January 2028, the first day without cover."""

OWN = Payee("临江银行", "林 知夏", "6222021001008888123")


@pytest.fixture
def suspended(house: House, lin: Customer, deducting_bank: object) -> PolicyView:
    policy = billed.yearly(lin)
    billed.round_on(DUE)
    billed.round_on(OFF)
    return policy


@pytest.fixture
def bought(house: House, lin: Customer, wallet) -> PolicyView:
    """Paid at the wallet."""
    inputs = {"sum_insured": "1000000", "plan": "with_medical"}
    intent = sale.locked(sale.signed(sale.drafted(lin, product="songtao-accident", inputs=inputs)))
    wallet.pay(intent.id)
    assert post_callback(json.loads(wallet.outgoing()[0]["body"])) == "success"
    policy = policies.policy_of_payment(intent.id, intent.shard_key)
    assert policy is not None
    return policy


def paid_by_hand(house: House, work) -> None:
    [task] = disbursements.page().items
    disburse.enter_account(task.id, OWN, Actor(house.cheng, "程立"))
    disburse.approve(task.id, Actor(house.xu, "许衡"))
    work(hours=1)


def test_a_reinstatement_is_raised_before_its_second_working_day_ends(
    house: House, lin: Customer, suspended: PolicyView
) -> None:
    with clock.travel(at("2028-01-23 10:00:00")):
        reinstate.ask(lin.id, suspended.id, True, "", True)
        reinstate.ask(lin.id, suspended.id, True, "", True)  # asked twice it is one
    assert clocks() == [("reinstatement", "2028-01-25", "running")]
    look_at("2028-01-24 08:59:59")
    assert raised("reinstatement") == []
    look_at("2028-01-24 09:00:00")
    assert raised("reinstatement") == [(2, "顾远")]  # the first level lay before the asking
    look_at("2028-01-25 09:00:00")
    assert raised("reinstatement") == [(2, "顾远"), (3, "方规")]
    [words] = told(lin.id)
    assert suspended.number in words and "受理保全" in words


@pytest.mark.parametrize("allowed", [True, False])
def test_the_decision_of_a_person_ends_it(house: House, lin: Customer, suspended: PolicyView, allowed: bool) -> None:
    with clock.travel(at("2028-01-23 10:00:00")):
        request = reinstate.ask(lin.id, suspended.id, True, "", True)
    with clock.travel(at("2028-01-24 08:00:00")):
        reinstate.decide(house.ning, "沈宁", request.id, allowed, "健康告知无变化")
        assert clocks() == [("reinstatement", "2028-01-25", "ended")]
        assert [(one.due, one.in_time) for one in service_clocks.kept()] == [(0, 0), (1, 1), (0, 0)]
    look_at("2028-01-27 09:00:00")
    assert raised("reinstatement") == []


def test_a_reinstatement_that_is_paid_is_done_at_once_and_one_that_stops_is_counted_from_the_payment(
    house: House, lin: Customer, suspended: PolicyView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(intent: IntentView, paid_at: object) -> None:
        raise RuntimeError("the disk is full")

    with clock.travel(at("2028-01-23 10:00:00")):
        request = reinstate.ask(lin.id, suspended.id, True, "", True)
        reinstate.decide(house.ning, "沈宁", request.id, True, "健康告知无变化")
        intent = reinstate.pay(lin.id, suspended.id, "k1")
        with monkeypatch.context() as broken:
            broken.setitem(settle_payment._SETTLERS, "reinstatement", breaks)
            assert sale.told(intent).reason == "settlement_failed"
    accepted = ("reinstatement", "2028-01-25", "ended")
    look_at("2028-01-24 09:00:00")
    assert clocks() == [accepted, ("reinstatement_payment", "2028-01-28", "running")]
    look_at("2028-01-26 09:00:00")
    assert raised("reinstatement_payment") == [(1, "程立")]
    with clock.travel(at("2028-01-26 10:00:00")):
        assert sale.told(intent).word == "accepted"
        assert policies.policy_by_id(suspended.id).state == "in_force"
    look_at("2028-01-26 10:01:00")
    assert clocks() == [accepted, ("reinstatement_payment", "2028-01-28", "ended")]


def test_a_contract_that_ends_meanwhile_takes_its_clock_along(
    house: House, lin: Customer, suspended: PolicyView
) -> None:
    with clock.travel(at("2028-01-23 10:00:00")):
        reinstate.ask(lin.id, suspended.id, True, "", True)
        leaving = policies.leaving(lin.id, suspended.id)
        cancel_policy(lin.id, suspended.id, leaving.refund_fen, "k1")
    look_at("2028-01-23 11:00:00")
    assert ("reinstatement", "2028-01-25", "ended") in clocks()


def test_a_refused_refund_has_a_clock_from_the_cancellation_until_people_have_paid_it(
    house: House, lin: Customer, wallet, bank, bought: PolicyView, work
) -> None:
    cancel_policy(lin.id, bought.id, bought.paid_fen, "k1")
    look_at("2026-11-22 14:10:00")
    assert clocks() == []  # on its way
    wallet.faults(refuse=1)
    work()
    look_at("2026-11-22 14:20:00")
    assert clocks() == [("end_refund", "2026-11-27", "running")]
    row = ServiceClock.objects.get()
    assert row.begun_at == policies.policy(lin.id, bought.id).cancelled_at
    look_at("2026-11-25 08:59:59")
    assert raised("end_refund") == []
    look_at("2026-11-25 09:00:00")
    assert raised("end_refund") == [(1, "程立")]
    with clock.travel(at("2026-11-25 10:00:00")):
        paid_by_hand(house, work)
    look_at("2026-11-25 12:00:00")
    assert clocks() == [("end_refund", "2026-11-27", "ended")]
    look_at("2026-11-30 09:00:00")
    assert raised("end_refund") == [(1, "程立")]
    assert told(lin.id) == []


def test_the_one_who_proposed_the_transfer_is_reminded_first(
    house: House, lin: Customer, wallet, bought: PolicyView, work
) -> None:
    cancel_policy(lin.id, bought.id, bought.paid_fen, "k1")
    wallet.faults(refuse=1)
    work()
    [task] = disbursements.page().items
    disburse.enter_account(task.id, OWN, Actor(house.xu, "许衡"))
    look_at("2026-11-26 09:00:00")  # two days of no worker
    assert raised("end_refund") == [(1, "许衡"), (2, "程立")]


def test_a_refund_that_the_provider_does_not_answer_is_seen_after_a_day_and_ends_by_itself(
    house: House, lin: Customer, bought: PolicyView
) -> None:
    cancel_policy(lin.id, bought.id, bought.paid_fen, "k1")  # no worker asks the wallet
    look_at("2026-11-23 14:00:00")
    assert clocks() == []
    look_at("2026-11-23 14:10:00")
    assert clocks() == [("end_refund", "2026-11-27", "running")]
    with clock.travel(at("2026-11-24 10:00:00")):
        Refund.objects.update(state="done", done_at=clock.now())
        assert policies.mark_refunded(bought.id)
    look_at("2026-11-24 10:01:00")
    assert clocks() == [("end_refund", "2026-11-27", "ended")]


def test_what_an_endorsement_gives_back_has_one_too(
    house: House, lin: Customer, wallet, bank, bought: PolicyView, work
) -> None:
    chosen = endorse.lower_choices(lin.id, bought.id)[0]
    endorse.reduce_cover(lin.id, bought.id, chosen.value, chosen.refund_fen, "k1")
    wallet.faults(refuse=1)
    work()
    look_at("2026-11-22 15:00:00")
    assert clocks() == [("endorsement_refund", "2026-11-27", "running")]
    paid_by_hand(house, work)
    look_at("2026-11-22 17:00:00")
    assert clocks() == [("endorsement_refund", "2026-11-27", "ended")]


def test_an_ordinary_cancellation_writes_no_clock(
    house: House, lin: Customer, wallet, bought: PolicyView, work
) -> None:
    cancel_policy(lin.id, bought.id, bought.paid_fen, "k1")
    work()
    assert policies.policy(lin.id, bought.id).refunded_at is not None
    look_at("2026-11-30 09:00:00")
    assert clocks() == []

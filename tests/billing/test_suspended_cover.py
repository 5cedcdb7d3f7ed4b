"""What a suspension, a reinstatement and an end for non-payment do to premiums and commission."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baohe.flows import earn_commission, reinstate
from baohe.flows.cancel import leaving_today
from baohe.kernel.dates import add_years
from baohe.plumbing.outbox import Event
from baohe.rooms.commission.models import Earning, Move
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.policies.contracts import PolicyView
from tests.billing import steps
from tests.billing.bank import Bank
from tests.sale import steps as sale
from tests.sale.commission_steps import in_force
from tests.sale.world import Customer

DUE = date(2027, 11, 23)
OFF = DUE + timedelta(days=61)


def event(policy: PolicyView, topic: str, **facts: str) -> Event:
    return Event(1, topic, str(policy.id), {"policy_id": str(policy.id), **facts}, 1)


def suspended(lin: Customer) -> PolicyView:
    policy = steps.yearly(lin)
    steps.round_on(DUE)
    steps.round_on(OFF)
    return policy


@pytest.mark.rule("SERV-8")
def test_what_fell_due_while_the_reinstatement_was_paid_is_asked_for_again(lin: Customer, bank: Bank) -> None:
    policy = suspended(lin)
    third = add_years(DUE, 1)
    with steps.on(third, hour=7):
        steps.allowed(policy)
        intent = reinstate.pay(lin.id, policy.id, "k1")
    steps.round_on(third)
    assert steps.item(policy, 3).state == "owed"
    with steps.on(third):
        assert sale.told(intent).word == "accepted"
    assert steps.seen(policy).paid_fen == 2 * policy.premium_fen
    steps.round_on(third)
    assert steps.item(policy, 3).state == "due"
    assert ledger.balance("insurer/yunshan/premium_receivable") == policy.premium_fen
    steps.round_on(third + timedelta(days=61))
    with steps.on(third + timedelta(days=61)):
        assert steps.seen(policy).state == "suspended"


@pytest.mark.rule("OVER-2")
def test_a_word_of_suspension_that_comes_late_does_not_stop_the_commission_of_a_reinstated_policy(
    lin: Customer, bank: Bank
) -> None:
    policy = suspended(lin)
    with steps.on(OFF + timedelta(days=1)):
        steps.allowed(policy)
        sale.told(reinstate.pay(lin.id, policy.id, "k1"))
        earn_commission.cover_moved(event(policy, "policies.reinstated"))
        earn_commission.cover_moved(event(policy, "policies.suspended", since=f"{OFF}"))
    assert not Earning.objects.exclude(held_on=None).exists()


@pytest.mark.rule("OVER-2")
def test_a_contract_ended_for_non_payment_says_so_in_the_commission(lin: Customer, bank: Bank) -> None:
    in_force("yunshan-term-life@2026-02-01", (3_000,), claw_back=((60, 10_000),))
    policy = suspended(lin)
    with steps.on(add_years(OFF, 2) + timedelta(days=1)):
        value = leaving_today(lin.id, policy.id).refund_fen
        reinstate.end_contract(steps.CHENG, "程立", policy.id, value, "中止满两年")
        steps.work_all()
    assert "cancelled" not in Move.objects.values_list("reason", flat=True)
    assert Move.objects.filter(reason="lapsed").exists()
    steps.in_order()

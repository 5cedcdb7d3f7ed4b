"""A charge that was on its way when the customer said stop."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baohe.flows import billing_round
from baohe.flows.stop_deduction import stop_deduction
from baohe.rooms.ledger import facade as ledger
from tests.billing import steps
from tests.billing.bank import Bank
from tests.sale.world import Customer


@pytest.mark.rule("SALE-3")
def test_a_charge_that_was_not_sent_when_the_customer_said_stop_never_is(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.bound(lin)
    due = date(2026, 12, 23)
    with steps.on(due):
        billing_round.run(due)
        assert steps.item(policy, 2).payment_id is not None
        stop_deduction(lin.id, policy.id)
        steps.work()
    assert (bank.calls, steps.item(policy, 2).state, steps.item(policy, 2).payment_id) == ([], "due", None)
    assert "deduction_failed" not in steps.messages(lin)
    with steps.on(due + timedelta(days=1)):
        steps.paid_by_hand(lin, policy, 2)
    assert ledger.balance("deduction/clearing") == 0


@pytest.mark.rule("SALE-3")
def test_a_charge_the_bank_never_saw_is_not_sent_again_after_the_customer_said_stop(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.bound(lin)
    due = date(2026, 12, 23)
    bank.mood = "unknown"
    with steps.on(due):
        billing_round.run(due)
        steps.work()
        stop_deduction(lin.id, policy.id)
        sent, bank.mood = len(bank.calls), "done"
    with steps.on(due, hour=12):
        steps.work()
    assert (len(bank.calls), len(bank.charged)) == (sent, 0)

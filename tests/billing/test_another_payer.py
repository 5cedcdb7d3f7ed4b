"""Later premiums too are the policyholder's to pay (SALE-9)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from baohe.flows import collect_instalment, reinstate
from baohe.rooms.billing import facade as billing
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from tests.billing import steps
from tests.billing.bank import Bank
from tests.billing.test_lapse import OFF, allowed, suspended
from tests.sale import steps as sale
from tests.sale.world import Customer

pytestmark = pytest.mark.rule("SALE-9")


def goes_back(intent: IntentView) -> bool:
    [refund] = payments.refunds_of(intent.id)
    return refund.amount_fen == intent.amount_fen and payments.intent(intent.id).surplus


def test_another_s_money_pays_no_instalment_and_the_policyholder_may_pay_it(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    with steps.on(date(2026, 12, 1)):
        intent = collect_instalment.pay_by_hand(lin.id, policy.id, 2, uuid4().hex)
        assert sale.told(intent, buyer_name_match="F").reason == "other_payer"
        assert goes_back(intent)
        assert steps.seen(policy).paid_fen == policy.paid_fen
        again = collect_instalment.pay_by_hand(lin.id, policy.id, 2, uuid4().hex)
        assert again.id != intent.id
        assert sale.told(again).word == "accepted"
    assert steps.seen(policy).paid_fen == policy.paid_fen + intent.amount_fen
    assert {one.state for one in billing.plan_of(policy.id) if one.number == 2} == {"paid"}
    assert ledger.check() == []


def test_another_s_money_takes_no_policy_up_again(lin: Customer, bank: Bank) -> None:
    policy = suspended(lin)
    with steps.on(OFF):
        allowed(policy)
        intent = reinstate.pay(lin.id, policy.id, uuid4().hex)
        assert sale.told(intent, buyer_name_match="F").reason == "other_payer"
        assert goes_back(intent)
        assert steps.seen(policy).state == "suspended"
        again = reinstate.pay(lin.id, policy.id, uuid4().hex)
        assert again.id != intent.id
        assert sale.told(again).word == "accepted"
        assert steps.seen(policy).state == "in_force"

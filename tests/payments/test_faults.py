"""The wallet's own provider under the switches that every simulator knows."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from baohe.adapters.providers.port import BillBroken, Order, PayoutOrder, RefundOrder
from baohe.adapters.wallet.provider import WalletProvider
from baohe.plumbing import clock


@pytest.fixture
def provider(wallet):
    return WalletProvider()


def paid(wallet, provider, amount_fen):
    order = Order(uuid4().hex, amount_fen, "CNY", "保费", "haijia", "海岬健康", clock.now() + timedelta(minutes=30))
    httpx.post(wallet.open_page(provider.cashier_url(order, "")) + "/pay")
    return order


def refund_of(order, amount_fen):
    return RefundOrder(uuid4().hex, order.number, "", order.amount_fen, clock.now(), amount_fen, "退保")


@pytest.mark.rule("SALE-9")
def test_a_refund_of_less_than_asked_is_not_done(wallet, provider):
    order = paid(wallet, provider, 10_000)
    wallet.faults(refund_partly=1)
    asked = refund_of(order, 6_000)
    for answer in (provider.refund(asked), provider.refund(asked), provider.refund_query(asked)):
        assert (answer.word, answer.reason) == ("unknown", "partly:3000")
    assert wallet.simulator.store.balance("merchant") == 7_000
    assert provider.refund(refund_of(order, 7_000)).word == "done"
    assert wallet.simulator.store.balance("merchant") == 0


def test_a_refusal_by_switch_moves_nothing(wallet, provider):
    order = paid(wallet, provider, 10_000)
    wallet.faults(refuse=2)
    assert provider.refund(refund_of(order, 6_000)).word == "refused"
    assert provider.payout(PayoutOrder(uuid4().hex, "u1", "林岚", 100, "理赔款")).word == "refused"
    assert wallet.simulator.store.balance("merchant") == 10_000
    assert provider.refund(refund_of(order, 6_000)).word == "done"


def test_a_notification_may_come_days_late(wallet, provider):
    wallet.faults(delay_days=3)
    paid(wallet, provider, 10_000)
    assert wallet.outgoing()[0]["due_at"] - clock.now().timestamp() > timedelta(days=2.9).total_seconds()


def test_a_bill_is_bent_line_by_line_and_a_torn_one_is_broken(wallet, provider):
    orders = [paid(wallet, provider, amount_fen) for amount_fen in (1_000, 2_000, 3_000)]
    provider.refund(refund_of(orders[0], 400))
    provider.payout(PayoutOrder(uuid4().hex, "u1", "林岚", 100, "理赔款"))
    day = clock.today()

    def bill():
        with clock.travel(clock.now() + timedelta(days=1)), provider.bill(day) as found:
            return [(line.kind, line.amount_fen) for line in found]

    whole = bill()
    assert sorted(whole) == [
        ("payment", 1_000),
        ("payment", 2_000),
        ("payment", 3_000),
        ("payout", 100),
        ("refund", 400),
    ]
    wallet.faults(drop_bill_line=1, alter_bill_line=4)
    assert bill() == [*whole[1:3], ("refund", 500), ("payout", 100)]
    wallet.faults(drop_bill_line=5, alter_bill_line=0)
    assert bill() == whole[:4]
    wallet.faults(drop_bill_line=0, torn_bill=1)
    with pytest.raises(BillBroken):
        bill()

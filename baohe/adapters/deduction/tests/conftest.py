"""A real simulated network on a free port, the platform's side told where it is, and the payer's hand."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from baohe.adapters.deduction.provider import DeductionProvider
from baohe.adapters.providers.port import Charge, Order, PayoutOrder, RefundOrder
from baohe.plumbing import clock


def number():
    """An order number as the platform makes them."""
    return f"BH0007{clock.new_id().hex.upper()}"


class Network:
    """The simulator, and what the tests ask of our side."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.provider = DeductionProvider()

    def faults(self, **switches):
        httpx.post(f"{self.simulator.address}/faults", json=switches).raise_for_status()

    def page(self, agreement, return_url="http://shop.example/agreements?from=1"):
        found = httpx.get(self.provider.agreement_url(agreement, return_url, "林晓"))
        assert found.status_code == 303, found.text
        return self.simulator.address + found.headers["location"]

    def agree(self, card="8888", agreement=None):
        """An active agreement; gives its number at the network."""
        agreement = agreement or clock.new_id().hex
        assert httpx.post(self.page(agreement) + "/sign", data={"card": card}).status_code == 303
        return self.provider.agreement_query(agreement).agreement_no

    def order(self, amount_fen=31200, order_number=None):
        expires = clock.now() + timedelta(days=1)
        return Order(order_number or number(), amount_fen, "CNY", "医疗险第2期", "haijia", "海岬健康保险", expires)

    def charge(self, agreement_no, amount_fen=31200):
        order = self.order(amount_fen)
        return order, self.provider.charge(Charge(order, agreement_no))

    def refund_of(self, order, answer, amount_fen):
        paid = answer.trade
        return RefundOrder(
            clock.new_id().hex, order.number, paid.trade_no, paid.amount_fen, paid.paid_at, amount_fen, "退保"
        )

    def payout_to(self, agreement_no, amount_fen=5000):
        return PayoutOrder(clock.new_id().hex, agreement_no, "林岚", amount_fen, "理赔款")

    def outgoing(self):
        with self.simulator.store.write() as db:
            return [dict(row) for row in db.execute("SELECT * FROM outgoing ORDER BY id")]

    def merchant(self):
        return self.simulator.store.balance("merchant")


@pytest.fixture
def network(serving):
    return Network(serving("deduction", (0.0, 0.1, 0.1)))

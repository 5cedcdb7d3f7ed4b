"""A real simulated bank on a free port, and the platform's side told where it is."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from baohe.adapters.providers.port import Order, PayoutOrder, RefundOrder
from baohe.adapters.transfer import protocol
from baohe.adapters.transfer.provider import Transfer
from baohe.plumbing import clock


class Bank:
    """The payer's hand on the simulator, and the platform's provider beside it."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.provider = Transfer()

    def faults(self, **switches):
        httpx.post(f"{self.simulator.address}/faults", json=switches).raise_for_status()

    def order(self, amount_fen=2600, minutes=30):
        expires = clock.now() + timedelta(minutes=minutes)
        number = f"BH0007{uuid4().hex.upper()}"
        return Order(number, amount_fen, "CNY", "医疗险 保费", "haijia", "海岬健康", expires)

    def page(self, order):
        answer = httpx.get(self.provider.cashier_url(order, "http://shop.example/pay"))
        assert answer.status_code == 303, answer.text
        return self.simulator.address + answer.headers["location"]

    def opened(self, amount_fen=2600):
        order = self.order(amount_fen)
        return order, self.page(order)

    def paid(self, amount_fen=2600):
        order, page = self.opened(amount_fen)
        assert httpx.post(page + "/transfer").status_code == 303
        return order, self.provider.query(order.number).trade

    def refund_of(self, trade, amount_fen, number=None):
        return RefundOrder(
            number or uuid4().hex, trade.number, trade.trade_no, trade.amount_fen, trade.paid_at, amount_fen, "退保"
        )

    def payout_of(self, amount_fen=5000, payee="6217001234567890", number=None):
        return PayoutOrder(number or uuid4().hex, payee, "王五", amount_fen, "赔款")

    def outgoing(self):
        """(message, signature) of every queued notice."""
        with self.simulator.store.write() as db:
            bodies = [json.loads(row["body"]) for row in db.execute("SELECT body FROM outgoing ORDER BY id")]
        return [(words["message"].encode(), words["signature"]) for words in bodies]

    def heard(self):
        return [
            self.provider.read_notification({protocol.SIGNATURE: signature}, message)
            for message, signature in self.outgoing()
        ]

    def bill(self):
        """Today's bill, read tomorrow."""
        day = clock.today()
        with clock.travel(clock.now() + timedelta(days=1)), self.provider.bill(day) as lines:
            return list(lines)

    def moved(self, account):
        return self.simulator.store.balance(account)


@pytest.fixture
def bank(serving):
    return Bank(serving("transfer", (0.0, 0.1, 0.1)))

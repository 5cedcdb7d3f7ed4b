"""A real simulated wallet on a free port, and the platform's side told where it is."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest
from django.db import connection
from django.test import Client

from baohe.adapters.wallet import keys, protocol
from baohe.config.wiring import handlers
from baohe.flows import settle_payment
from baohe.plumbing import clock, outbox
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import CallbackRecord

HOLDER = "林晓"


class Cover:
    """Stands for the sale: one cover and one posting a payment, or a refusal when the proposal is gone."""

    def __init__(self):
        self.issued = []
        self.gone = False
        self.broken = 0

    def settle(self, intent, paid_at):
        if self.broken:
            self.broken -= 1
            raise RuntimeError("the sale fell over")
        if self.gone:
            return _Settled(_Gone())
        ledger.post(
            ledger.Entry(
                "premium_received",
                str(intent.subject_id),
                intent.shard_key,
                clock.today(),
                "",
                ledger.movements.premium_received(intent.payee, intent.amount_fen, intent.provider),
            )
        )
        self.issued.append((intent.subject_id, paid_at))
        return _Settled(None)


class _Settled:
    def __init__(self, refusal):
        self.refusal = refusal


class _Gone:
    code = "proposal_expired"


class Wallet:
    """The customer's hand on the simulator, and the platform's worker."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.address = simulator.address

    def faults(self, **switches):
        httpx.post(f"{self.address}/faults", json=switches).raise_for_status()

    def open_page(self, url):
        page = httpx.get(url, follow_redirects=False)
        assert page.status_code == 303, page.text
        return self.address + page.headers["location"]

    def pay(self, intent_id, return_url="http://shop.example/pay/1"):
        return httpx.post(self.open_page(payments.cashier_url(intent_id, return_url)) + "/pay")

    def cancel(self, intent_id):
        return httpx.post(self.open_page(payments.cashier_url(intent_id, "http://shop.example/x")) + "/cancel")

    def outgoing(self):
        with self.simulator.store.write() as db:
            return [dict(row) for row in db.execute("SELECT * FROM outgoing ORDER BY id")]


@pytest.fixture
def wallet(serving):
    return Wallet(serving("wallet"))


class Bank:
    """A simulated provider of another kind, and the payer's hand on it."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.address = simulator.address

    def faults(self, **switches):
        httpx.post(f"{self.address}/faults", json=switches).raise_for_status()

    def sign(self, account_id, card="8888", comes_back=True):
        """The customer signs an agreement on the bank's page and comes back; gives what we know of it then."""
        agreement, url = payments.sign_agreement(account_id, HOLDER, "http://shop.example/agreements")
        page = httpx.get(url)
        assert httpx.post(f"{self.address}{page.headers['location']}/sign", data={"card": card}).status_code == 303
        return payments.refresh_agreement(agreement.id) if comes_back else agreement

    def transfer(self, intent, **form):
        """The payer opens our page of the transfer and sends the money from there."""
        page = httpx.get(payments.cashier_url(intent.id, "http://shop.example/pay/1"))
        return httpx.post(f"{self.address}{page.headers['location']}/transfer", data=form)

    def told(self):
        """The words of every notification that waits."""
        with self.simulator.store.write() as db:
            return [json.loads(row["body"]) for row in db.execute("SELECT body FROM outgoing ORDER BY id")]


@pytest.fixture
def network(serving):
    """The card network that deducts under agreements."""
    return Bank(serving("deduction"))


@pytest.fixture
def bank(serving):
    """The bank that takes and sends transfers."""
    return Bank(serving("transfer"))


@pytest.fixture
def cover():
    double = Cover()
    settle_payment.register("test", double.settle)
    return double


@pytest.fixture
def open_payment():
    def open_(amount_fen=31200, subject_id=None, provider="wallet", payer=""):
        return payments.open_intent(
            kind="test",
            subject_id=subject_id or uuid4(),
            shard_key=7,
            account_id=uuid4() if subject_id is None else subject_id,
            payee="haijia",
            payee_name="海岬健康保险",
            amount_fen=amount_fen,
            description="互联网百万医疗保险 保费",
            payer=payer,
            provider=provider,
        )

    return open_


@pytest.fixture
def queued(wallet):
    """The first notification that waits to be sent."""
    return lambda: json.loads(wallet.outgoing()[0]["body"])


@pytest.fixture
def deliver(wallet):
    """Hand the queued notifications to the platform's door, as they are; returns the answers."""

    def deliver_(reverse=False, times=1):
        rows = wallet.outgoing()
        bodies = [json.loads(row["body"]) for row in (reversed(rows) if reverse else rows)]
        return [post_callback(body) for body in bodies for _ in range(times)]

    return deliver_


FORM = "application/x-www-form-urlencoded"


def as_told(words):
    """The wallet's words as the room hears them: provider, headers, body."""
    return "wallet", {"Content-Type": FORM}, urlencode(words).encode()


def post_callback(body):
    answer = Client(enforce_csrf_checks=True).post("/callbacks/wallet", urlencode(body), content_type=FORM)
    return answer.content.decode()


@pytest.fixture
def work():
    """Run the worker now, and then at ever longer pauses until `hours` from now."""

    def work_(hours=0.0):
        begin = clock.now()
        for part in (0.0, 0.01, 0.1, 0.3, 0.6, 1.0):
            with clock.travel(begin + timedelta(hours=hours * part)):
                while outbox.work_once(handlers()):
                    pass

    return work_


def together(*acts):
    """Run all acts at once on real connections and return what each returned or raised."""
    start = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            results[number] = act()
        except Exception as failure:  # noqa: BLE001 - a thread's failure is its result
            results[number] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def audit():
    """Outcome and reason of every callback's audit row, oldest first."""
    return list(CallbackRecord.objects.order_by("received_at", "id").values_list("outcome", "reason"))


def signed_body(intent, **changes):
    """A notification of the wallet about an intent, correctly signed after the changes."""
    words = {
        "notify_type": "trade_status_sync",
        "notify_id": "n-1",
        "app_id": keys.app_id(),
        "charset": "utf-8",
        "version": "1.0",
        "trade_no": "2026112200000000000000000001",
        "out_trade_no": intent.order_number,
        "trade_status": "TRADE_SUCCESS",
        "total_amount": protocol.yuan_text(intent.amount_fen),
        "trans_currency": "CNY",
        "seller_id": intent.payee,
        "gmt_payment": protocol.wallet_time(clock.now()),
        "buyer_name_match": "T",
    }
    words.update(changes)
    return protocol.signed_notification(words, keys.simulator_key())

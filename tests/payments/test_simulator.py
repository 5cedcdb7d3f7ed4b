"""The simulated wallet keeps its word: refuses strangers, tells until heard, forgets nothing when killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from baohe.adapters.providers.port import Order
from baohe.adapters.simulating.notifier import Notifier
from baohe.adapters.wallet import client, keys, protocol
from baohe.flows.settle_payment import settle_by_query
from baohe.plumbing import clock
from baohe.rooms.payments import facade as payments


def order(amount_fen=2600, number=None, minutes=30):
    expires = clock.now() + timedelta(minutes=minutes)
    return Order(number or f"BH0007{uuid4().hex.upper()}", amount_fen, "CNY", "保费", "haijia", "海岬健康", expires)


def paid_order(wallet, amount_fen=2600, return_url="http://shop.example/pay/1?a=b"):
    wanted = order(amount_fen)
    url = client.from_settings().cashier_url(wanted, return_url)
    return wanted, httpx.post(wallet.open_page(url) + "/pay")


def test_the_page_names_amount_payee_and_that_it_is_a_simulation(wallet):
    page = httpx.get(wallet.open_page(client.from_settings().cashier_url(order(), "http://shop.example/")))

    assert page.status_code == 200
    for words in ("模拟钱包", "不会扣真钱", "26.00", "海岬健康", "付款 ¥26.00", "取消付款"):
        assert words in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "form-action 'self' http://shop.example" in policy


def test_the_phone_goes_home_with_signed_words(wallet):
    wanted, answer = paid_order(wallet)

    assert answer.status_code == 303
    parts = urlsplit(answer.headers["location"])
    words = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert (parts.netloc, words.pop("a")) == ("shop.example", "b")
    assert words["out_trade_no"] == wanted.number
    assert protocol.notification_is_signed(words, keys.wallet_public_key())


def test_hostile_words_in_an_order_stay_words(wallet):
    wanted = Order("BH1", 100, "CNY", "<script>alert(1)</script>", "x", '"><img>', clock.now() + timedelta(minutes=5))
    page = httpx.get(wallet.open_page(client.from_settings().cashier_url(wanted, "javascript:alert(1)")))
    assert "<script" not in page.text
    assert "<img" not in page.text
    assert "javascript:" not in page.text


@pytest.mark.parametrize(
    "bend",
    [
        lambda request: request | {"app_id": "9999"},
        lambda request: request | {"biz_content": '{"out_trade_no":"2"}'},
        lambda request: request | {"sign": ""},
        lambda request: request | {"sign_type": "RSA"},
        lambda request: request | {"version": "2.0"},
        lambda request: request | {"timestamp": "now"},
        lambda request: {k: v for k, v in request.items() if k != "sign"},
    ],
)
def test_strangers_are_refused_and_told_so_with_a_signature(wallet, bend):
    good = protocol.signed_request(
        app_id=keys.app_id(),
        method=protocol.TRANSFER,
        business={"out_biz_no": "1", "trans_amount": "1.00", "payee_info": {"identity": "a"}},
        moment=clock.now(),
        key=keys.app_key(),
    )
    raw = httpx.post(f"{wallet.address}/gateway.do", data=bend(good)).text
    said = protocol.read_reply(protocol.TRANSFER, raw, keys.wallet_public_key())
    assert said["code"] == protocol.BAD_REQUEST
    assert wallet.simulator.store.balance("payee:a") == 0


def test_a_reply_of_another_wallet_is_unknown(wallet, settings):
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    real = client.from_settings()
    deaf = client.WalletClient(wallet.address, keys.app_id(), keys.app_key(), stranger.public_key(), "")
    assert real.query("nothing").outcome == "refused"
    assert deaf.query("nothing").outcome == "unknown"


def test_refunds_stay_within_what_was_paid_and_repeat_nothing(wallet):
    wanted, _ = paid_order(wallet, 10_000)
    asked = client.from_settings()
    first, again = (asked.refund(wanted.number, "r1", 6_000, "") for _ in range(2))
    more = asked.refund(wanted.number, "r2", 6_000, "")

    assert (first.outcome, again.outcome, again.text("fund_change")) == ("ok", "ok", "N")
    assert (more.outcome, more.reason) == ("refused", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
    assert wallet.simulator.store.balance("merchant") == 4_000


def test_a_late_page_takes_no_money(wallet):
    wanted = order()
    page = wallet.open_page(client.from_settings().cashier_url(wanted, "http://shop.example/"))
    with clock.travel(clock.now() + timedelta(hours=1)):
        answer = httpx.post(page + "/pay")
    assert answer.status_code == 409
    assert "没有扣款" in answer.text
    assert wallet.simulator.store.balance("merchant") == 0


def test_pressing_pay_twice_takes_the_money_once(wallet):
    wanted = order()
    page = wallet.open_page(client.from_settings().cashier_url(wanted, "http://shop.example/"))
    assert [httpx.post(page + "/pay").status_code for _ in range(3)] == [303, 303, 303]
    assert wallet.simulator.store.balance("merchant") == 2_600
    assert len(wallet.outgoing()) == 1


@pytest.mark.parametrize("switches", [{"nonsense": 1}, {"slow": "3"}, [1], {"lose_notify": 10**9}])
def test_a_switch_that_does_not_exist_is_refused(wallet, switches):
    assert httpx.post(f"{wallet.address}/faults", json=switches).status_code == 400
    assert set(httpx.get(f"{wallet.address}/faults").json().values()) == {0}


def test_a_foreign_page_cannot_throw_the_switches(wallet):
    answer = httpx.post(f"{wallet.address}/faults", content='{"lose_notify":1}', headers={"content-type": "text/plain"})
    assert answer.status_code == 415


class _Shop(HTTPServer):
    """Hears notifications and answers what the test wants it to, in order; the last answer stays."""

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), _Ear)
        self.answers = answers
        self.heard = []
        self.address = f"http://127.0.0.1:{self.server_address[1]}/callbacks/wallet"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()


class _Ear(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append({name: values[0] for name, values in parse_qs(body).items()})
        answers = self.server.answers
        status, words = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *args):
        pass


def test_the_wallet_tells_until_it_hears_success(wallet, settings):
    shop = _Shop([(500, b""), (200, b"fail"), (200, b"success")])
    settings.BAOHE_ORIGIN = shop.address.removesuffix("/callbacks/wallet")
    paid_order(wallet)
    notifier = wallet.simulator.notifier
    for minutes in range(4):
        with clock.travel(clock.now() + timedelta(minutes=minutes)):
            notifier.work_once()
    shop.shutdown()

    assert len(shop.heard) == 3
    assert all(protocol.notification_is_signed(words, keys.wallet_public_key()) for words in shop.heard)
    assert len({words["notify_id"] for words in shop.heard}) == 1
    assert [(row["done"], row["answered"]) for row in wallet.outgoing()] == [(1, "success")]


@pytest.mark.django_db(transaction=True)
def test_over_real_lines_the_callback_arrives_by_itself(wallet, cover, open_payment, live_server, settings):
    settings.BAOHE_ORIGIN = live_server.url
    # The first request of a process loads every door of the house, which may take longer than the wallet waits.
    assert httpx.get(f"{live_server.url}/callbacks/wallet", timeout=60).status_code == 405
    intent = open_payment()
    wallet.pay(intent.id)
    assert Notifier.work_once(wallet.simulator.notifier) == 1

    assert payments.intent(intent.id).state == "paid"
    assert len(cover.issued) == 1
    assert wallet.outgoing()[0]["answered"] == "success"


@pytest.mark.django_db
def test_a_killed_wallet_remembers_who_paid(tmp_path, settings, cover, open_payment):
    settings.BAOHE_DATA = tmp_path
    port = _free_port()
    settings.BAOHE_WALLET = f"http://127.0.0.1:{port}"
    first = _start(port, tmp_path)
    try:
        intent = open_payment()
        url = payments.cashier_url(intent.id, "http://shop.example/")
        page = settings.BAOHE_WALLET + httpx.get(url).headers["location"]
        assert httpx.post(page + "/pay").status_code == 303
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert settle_by_query(intent.id, rest_seconds=0).word == "unknown"
    assert payments.intent(intent.id).state == "checking"

    second = _start(port, tmp_path)
    try:
        assert settle_by_query(intent.id, rest_seconds=0).word == "accepted"
    finally:
        second.terminate()
        second.wait()
    assert len(cover.issued) == 1


def _free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def _start(port, data):
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "BAOHE_DATA": str(data), "PYTHONPATH": root}
    program = subprocess.Popen(
        [sys.executable, "-m", "baohe.cli.main", "simulate", "wallet", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    for _ in range(200):
        try:
            httpx.get(f"http://127.0.0.1:{port}/health").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return program
    program.kill()
    raise AssertionError("the simulator did not start")

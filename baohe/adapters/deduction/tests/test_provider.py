"""Our side against the real simulator over HTTP: an unknown is never a refusal, and nothing is done twice."""

from __future__ import annotations

import json
import re
import threading
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from baohe.adapters.deduction import keys, protocol
from baohe.adapters.deduction.tests.conftest import number
from baohe.adapters.providers.port import Charge, Heard, NotBelieved, ProviderNotSetUp
from baohe.plumbing import clock

FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_a_signed_agreement_shows_the_account_behind_a_mask(network):
    agreement = clock.new_id().hex
    assert network.provider.agreement_query(agreement).state == "absent"
    page = network.page(agreement)
    assert network.provider.agreement_query(agreement).state == "waiting"

    home = httpx.post(page + "/sign", data={"card": "8888"})
    found = network.provider.agreement_query(agreement)
    assert (found.state, found.account_masked, found.bank) == ("active", "6200********8888", "海岬银行（模拟）")
    parts = urlsplit(home.headers["location"])
    words = dict(parse_qsl(parts.query))
    assert (parts.netloc, words.pop("from")) == ("shop.example", "1")
    assert protocol.is_signed(words, keys.network_public_key())

    again = httpx.post(page + "/sign", data={"card": "0000"})
    assert again.status_code == 303
    assert network.provider.agreement_query(agreement) == found


def test_who_turns_away_has_signed_nothing(network):
    agreement = clock.new_id().hex
    page = network.page(agreement)
    assert httpx.post(page + "/sign", data={"card": "4242424242424242"}).status_code == 400
    assert httpx.post(page + "/cancel").status_code == 303
    assert network.provider.agreement_query(agreement).state == "ended"
    assert httpx.post(page + "/sign", data={"card": "8888"}).status_code == 303
    assert network.provider.agreement_query(agreement).state == "ended"


def test_the_page_takes_no_card_number_and_runs_no_script(network):
    page = httpx.get(network.page(clock.new_id().hex, "javascript:alert(1)"))
    assert "不会扣真钱" in page.text
    assert 'type="radio"' in page.text
    assert not re.search(r'<script|style=|type="text"|javascript:', page.text)
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.rule("SALE-3")
def test_an_ended_agreement_takes_no_money(network):
    agreement = clock.new_id().hex
    agreement_no = network.agree(agreement=agreement)
    assert network.charge(agreement_no)[1].word == "done"
    assert [network.provider.end_agreement(agreement, agreement_no).word for _ in range(2)] == ["done", "done"]
    _, answer = network.charge(agreement_no)
    assert (answer.word, answer.reason) == ("refused", "agreement_ended")
    assert network.merchant() == 31200


def test_a_charge_tells_the_trade(network):
    order, answer = network.charge(network.agree())
    assert (answer.word, answer.trade.number, answer.trade.payee) == ("done", order.number, "haijia")
    assert (answer.trade.amount_fen, answer.trade.currency) == (31200, "CNY")
    assert abs(answer.trade.paid_at - clock.now()) < timedelta(minutes=1)
    assert network.provider.query(order.number) == answer
    assert network.provider.query(number()).word == "absent"


@pytest.mark.parametrize(
    ("card", "reason"), [("0000", "insufficient_funds"), ("1111", "account_closed"), ("2222", "over_limit")]
)
def test_a_card_that_cannot_pay_is_refused_for_certain(network, card, reason):
    order, answer = network.charge(network.agree(card))
    assert (answer.word, answer.reason) == ("refused", reason)
    assert network.provider.query(order.number) == answer
    assert network.provider.close(order.number).word == "closed"
    assert network.merchant() == 0


def test_an_undecided_charge_waits_and_is_told_when_decided(network):
    order, answer = network.charge(network.agree("3333"))
    assert (answer.word, network.provider.close(order.number).word) == ("waiting", "waiting")
    assert network.outgoing() == []
    with clock.travel(clock.now() + timedelta(minutes=1)):
        assert network.provider.query(order.number).word == "done"
    assert [json.loads(row["body"])["respCode"] for row in network.outgoing()] == ["00"]
    assert network.merchant() == 31200


@pytest.mark.parametrize(
    ("fault", "word", "moved"),
    [
        ({"lose_reply": 1}, "done", 31200),  # the first reply is lost, the query finds the money
        ({"lose_reply": -1}, "unknown", 31200),
        ({"garbage": 1}, "unknown", 0),
        ({"garbage": -1}, "unknown", 0),
        ({"http_500": 1}, "unknown", 0),
        ({"http_500": -1}, "unknown", 0),
        ({"undecided": 60}, "waiting", 0),
        ({"refuse": 1}, "refused", 0),
    ],
)
def test_no_fault_makes_a_refusal_of_an_unknown(network, fault, word, moved):
    agreement_no = network.agree()
    network.faults(**fault)
    order, answer = network.charge(agreement_no)
    assert (answer.word, network.merchant()) == (word, moved)

    network.faults(**dict.fromkeys(fault, 0))
    with clock.travel(clock.now() + timedelta(minutes=2)):
        for _ in range(3):
            answer = network.provider.charge(Charge(order, agreement_no))
        assert answer.word == ("refused" if word == "refused" else "done")
        assert network.merchant() == (0 if word == "refused" else 31200)


@pytest.mark.field_bug(15)
def test_the_same_charge_from_many_sides_takes_the_money_once(network):
    order, agreement_no = network.order(), network.agree()
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(network.provider.charge(Charge(order, agreement_no))))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.word for answer in answers} == {"done"}
    assert network.merchant() == 31200


@pytest.mark.rule("SALE-9")
def test_refunds_go_back_once_and_never_beyond_what_was_paid(network):
    order, paid = network.charge(network.agree(), 10_000)
    first = network.refund_of(order, paid, 6_000)
    assert [network.provider.refund(first).word for _ in range(3)] == ["done"] * 3
    answer = network.provider.refund(network.refund_of(order, paid, 6_000))
    assert (answer.word, answer.reason) == ("refused", "not_as_paid")
    assert network.provider.refund_query(first).word == "done"
    assert network.provider.refund_query(network.refund_of(order, paid, 1)).word == "absent"
    assert network.merchant() == 4_000


def test_a_refund_of_less_than_asked_is_not_done(network):
    order, paid = network.charge(network.agree(), 10_000)
    network.faults(refund_partly=1)
    asked = network.refund_of(order, paid, 6_000)
    for answer in (network.provider.refund(asked), network.provider.refund_query(asked)):
        assert (answer.word, answer.reason) == ("unknown", "partly:3000")
    assert network.merchant() == 7_000


@pytest.mark.parametrize("fault", [{"lose_reply": 1}, {"lose_reply": 2}])
def test_money_out_survives_lost_replies(network, fault):
    agreement_no = network.agree()
    order, paid = network.charge(agreement_no, 10_000)
    refund, payout = network.refund_of(order, paid, 6_000), network.payout_to(agreement_no, 1_000)
    for act in (lambda: network.provider.refund(refund), lambda: network.provider.payout(payout)):
        network.faults(**fault)
        assert act().word in ("done", "unknown")
        network.faults(lose_reply=0)
        assert [act().word for _ in range(2)] == ["done", "done"]
    assert network.provider.payout_query(payout.number).word == "done"
    assert network.merchant() == 3_000


def test_a_payout_to_a_closed_account_is_refused(network):
    payout = network.payout_to(network.agree("1111"))
    assert network.provider.payout(payout).word == "refused"
    assert network.provider.payout_query(payout.number).word == "refused"
    assert network.provider.payout_query(clock.new_id().hex).word == "absent"
    assert network.merchant() == 0


def test_a_stranger_on_the_line_says_nothing(network, settings):
    order, _ = network.charge(network.agree())
    (keys.folder() / "network_public.pem").write_bytes((keys.folder() / "merchant_public.pem").read_bytes())
    assert network.provider.query(order.number).word == "unknown"
    (keys.folder() / "network_public.pem").unlink()
    assert network.provider.query(order.number).word == "unknown"
    assert network.provider.charge(Charge(order, "B1")).word == "unknown"
    with pytest.raises(ProviderNotSetUp):
        network.provider.agreement_url(clock.new_id().hex, "", "林晓")
    settings.BAOHE_DEDUCTION = "http://127.0.0.1:9"


def test_an_order_signed_by_another_is_refused_and_moves_nothing(network):
    agreement_no = network.agree()
    (keys.folder() / "merchant_private.pem").write_bytes((keys.folder() / "network_private.pem").read_bytes())
    _, answer = network.charge(agreement_no)
    assert answer.word == "unknown"
    assert network.merchant() == 0


def hear(network, words):
    return network.provider.read_notification(FORM, urlencode(words).encode())


def test_notifications_as_every_fault_bends_them(network):
    agreement_no = network.agree()
    network.faults(duplicate_notify=2, reorder=1)
    order, paid = network.charge(agreement_no)
    bodies = [json.loads(row["body"]) for row in network.outgoing()]
    told = [hear(network, body) for body in bodies]
    assert [(heard.number, heard.answer.word) for heard in told] == [
        (order.number, "done"),
        (order.number, "done"),
        (order.number, "waiting"),
    ]
    assert told[0].answer.trade == paid.trade
    assert told[0].app == network.provider.app()

    network.faults(duplicate_notify=0, lose_notify=1)
    network.charge(agreement_no)
    network.faults(delay_days=3)
    network.charge(agreement_no)
    network.faults(delay_days=0, forged_sign=1)
    network.charge(agreement_no)
    network.faults(wrong_amount=1)
    network.charge(agreement_no)
    rows = network.outgoing()[3:]
    assert len(rows) == 3
    assert rows[0]["due_at"] - clock.now().timestamp() > timedelta(days=2.9).total_seconds()
    assert hear(network, json.loads(rows[1]["body"])) == NotBelieved("forged")
    assert hear(network, json.loads(rows[2]["body"])).answer.trade.amount_fen == 31201


def test_a_refusal_is_told_too(network):
    order, _ = network.charge(network.agree("0000"))
    heard = hear(network, json.loads(network.outgoing()[0]["body"]))
    assert isinstance(heard, Heard)
    assert (heard.number, heard.answer.word, heard.answer.reason) == (order.number, "refused", "insufficient_funds")


def test_notifications_of_others_are_not_believed(network):
    network.charge(network.agree())
    body = json.loads(network.outgoing()[0]["body"])
    key = keys.simulator_key()

    def resigned(**changes):
        words = {**body, **changes}
        del words["signature"]
        return hear(network, protocol.signed(words, key))

    assert resigned(merId="000000000000000") == NotBelieved("foreign_app")
    assert resigned(txnType="72") == NotBelieved("foreign_kind")
    assert resigned(orderId="12345678") == NotBelieved("malformed")
    assert resigned(reqReserved="") == NotBelieved("malformed")
    assert resigned(respCode="A6").answer.word == "waiting"
    assert network.provider.read_notification(FORM, b"<html>") == NotBelieved("malformed")
    assert [network.provider.acknowledgement(taken)[1] for taken in (True, False)] == ["ok", "fail"]


def luhn(digits):
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits), start=1)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def test_the_simulator_keeps_no_card_number_either(network):
    network.charge(network.agree())
    with network.simulator.store.write() as db:
        rows = [row for table in ("agreement", "txn") for row in db.execute(f"SELECT * FROM {table}")]
    cells = [str(cell) for row in rows for cell in row]
    assert "8888" in cells
    found = [run for cell in cells for run in re.findall(r"(?<![0-9A-Za-z])[0-9]{16,19}(?![0-9A-Za-z])", cell)]
    assert [run for run in found if luhn(run)] == []

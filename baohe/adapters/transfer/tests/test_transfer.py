"""Our side against the real simulator over HTTP: unknown is never refused, nothing is done twice."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from baohe.adapters.providers.port import BillNotReady, Order, ProviderNotSetUp
from baohe.adapters.transfer import keys, protocol, requests
from baohe.adapters.transfer.provider import Transfer
from baohe.adapters.transfer.simulator.accounts import OPENING_FEN
from baohe.adapters.transfer.simulator.instructions import CLOSED_ACCOUNT
from baohe.plumbing import clock

BLIND = [{"lose_reply": 1}, {"garbage": 1}, {"http_500": 1}]


def test_an_order_lives_from_absent_to_waiting_to_done(bank):
    order = bank.order()
    assert bank.provider.query(order.number).word == "absent"
    page = bank.page(order)
    assert bank.provider.query(order.number).word == "waiting"
    httpx.post(page + "/transfer")

    answer = bank.provider.query(order.number)
    assert answer.word == "done"
    assert (answer.trade.number, answer.trade.amount_fen, answer.trade.payee) == (order.number, 2600, "haijia")
    [heard] = bank.heard()
    assert (heard.number, heard.status, heard.app) == (order.number, "BOOK", bank.provider.app())
    assert heard.answer.trade == answer.trade


def test_the_page_shows_what_a_payer_must_copy(bank):
    order, page = bank.opened(128640)
    words = httpx.get(page).text
    account = keys.account()
    assert account.holder in words
    assert account.bank in words
    assert "现在转账 ¥1,286.40" in words
    assert "<script" not in words
    assert "style=" not in words


def test_a_payment_request_that_was_bent_on_the_way_opens_nothing(bank):
    url = bank.provider.cashier_url(bank.order(), "http://shop.example/pay")
    assert httpx.get(url.replace("shop.example", "evil.example")).status_code == 400
    assert httpx.get(url.replace("request=P", "request=Q")).status_code == 400
    changed = bank.order()
    bank.page(changed)
    other = Order(changed.number, 1, "CNY", "x", "haijia", "海岬", changed.expires_at)
    assert httpx.get(bank.provider.cashier_url(other, "http://shop.example/")).status_code == 409


def test_hostile_words_in_an_order_stay_words(bank):
    expires = clock.now() + timedelta(minutes=5)
    order = Order("BH1", 100, "CNY", "<script>alert(1)</script>", "x", '"><img>', expires)
    url = bank.provider.cashier_url(order, "javascript:alert(1)")
    page = httpx.get(url, follow_redirects=True).text
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page


@pytest.mark.parametrize(("amount", "fen"), [("10.00", 1000), ("99.99", 9999)])
def test_a_wrong_amount_is_told_as_it_is_and_the_right_one_wins_afterwards(bank, amount, fen):
    order, page = bank.opened()
    httpx.post(page + "/transfer", data={"amount": amount})
    assert bank.provider.query(order.number).trade.amount_fen == fen
    httpx.post(page + "/transfer")
    assert bank.provider.query(order.number).trade.amount_fen == 2600
    assert [heard.answer.trade.amount_fen for heard in bank.heard()] == [fen, 2600]


def test_a_transfer_without_a_code_names_no_order_and_stands_in_the_bill(bank):
    order, page = bank.opened()
    httpx.post(page + "/transfer", data={"remark": "房租", "payer": "陌生人"})
    assert bank.provider.query(order.number).word == "waiting"
    [heard] = bank.heard()
    assert (heard.number, heard.answer.word, heard.answer.trade.amount_fen) == ("", "done", 2600)
    assert [(line.kind, line.number, line.amount_fen) for line in bank.bill()] == [("payment", "", 2600)]


def test_a_button_pressed_twice_is_one_transfer_and_a_second_transfer_is_two(bank):
    _, page = bank.opened()
    for press in ("a", "a", "b"):
        httpx.post(page + "/transfer", data={"press": press})
    assert bank.moved("trust") == 5200
    assert len({heard.answer.trade.trade_no for heard in bank.heard()}) == 2


def test_money_that_comes_days_late_still_names_its_order(bank):
    order, page = bank.opened()
    httpx.post(page + "/transfer", data={"days": "3"})
    assert bank.provider.close(order.number).word == "closed"
    assert bank.provider.query(order.number).word == "closed"
    with clock.travel(clock.now() + timedelta(days=3, minutes=1)):
        bank.simulator.bank.work_once()
        assert bank.provider.query(order.number).word == "done"
        assert [heard.number for heard in bank.heard()] == [order.number]


def test_close_says_closed_only_when_nothing_came(bank):
    order, _ = bank.paid()
    assert bank.provider.close(order.number).word == "refused"
    assert bank.provider.close("BH-never-seen").word == "absent"


def test_an_order_that_ran_out_is_closed_at_the_bank(bank):
    order, _ = bank.opened()
    with clock.travel(clock.now() + timedelta(hours=1)):
        assert bank.provider.query(order.number).word == "closed"


@pytest.mark.parametrize("fault", BLIND)
def test_what_is_not_answered_is_unknown_and_done_once(bank, fault):
    order, trade = bank.paid()
    refund, payout = bank.refund_of(trade, 1000), bank.payout_of()
    for act, ask, account, fen in (
        (lambda: bank.provider.payout(payout), lambda: bank.provider.payout_query(payout.number), payout.payee, 5000),
        (lambda: bank.provider.refund(refund), lambda: bank.provider.refund_query(refund), "6217001234567890123", 1000),
    ):
        bank.faults(**fault)
        assert act().word == "unknown"
        assert ask().word == ("done" if "lose_reply" in fault else "absent")
        assert [act().word, act().word, ask().word] == ["done"] * 3
        assert bank.moved(f"payee:{account}") == fen
    for ask in (lambda: bank.provider.query(order.number), lambda: bank.provider.close(order.number)):
        bank.faults(**fault)
        assert ask().word == "unknown"


def test_a_silent_bank_is_unknown(bank, settings):
    settings.BAOHE_TRANSFER = "http://127.0.0.1:1"
    order = bank.order()
    assert bank.provider.query(order.number).word == "unknown"
    assert bank.provider.payout(bank.payout_of()).word == "unknown"
    with pytest.raises(BillNotReady), bank.provider.bill(clock.today()):
        pass


def test_a_stranger_s_answer_is_unknown(bank, tmp_path):
    (tmp_path / "keys/transfer/bank_public.pem").write_bytes(
        (tmp_path / "keys/transfer/customer_public.pem").read_bytes()
    )
    payout = bank.payout_of()
    assert bank.provider.payout(payout).word == "unknown"
    assert bank.provider.payout_query(payout.number).word == "unknown"


def test_a_stranger_moves_nothing(bank):
    customer = requests.Customer(keys.customer_id(), keys.account())
    message = requests.payout(customer, bank.payout_of(), clock.now())
    forged = protocol.signature_of(protocol.digest(protocol.REQUEST, message), keys.simulator_key())
    for signature in (forged, "", "rsa-sha256 AAAA"):
        httpx.post(f"{bank.simulator.address}/channel", content=message, headers={protocol.SIGNATURE: signature})
    assert bank.moved("trust") == 0


@pytest.mark.parametrize(
    ("payee", "amount_fen", "reason"),
    [("12", 100, "AC01"), (CLOSED_ACCOUNT, 100, "AC04"), ("6217001234567890", OPENING_FEN + 1, "AM04")],
)
def test_a_refused_payout_moved_nothing_and_stays_refused(bank, payee, amount_fen, reason):
    payout = bank.payout_of(amount_fen, payee)
    for answer in (bank.provider.payout(payout), bank.provider.payout(payout)):
        assert (answer.word, answer.reason) == ("refused", reason)
    assert bank.provider.payout_query(payout.number).word == "refused"
    assert bank.moved("trust") == 0


def test_a_refusal_of_the_moment_is_final_for_its_number(bank):
    bank.faults(refuse=1)
    payout = bank.payout_of()
    assert [bank.provider.payout(payout).word for _ in range(2)] == ["refused", "refused"]
    assert bank.provider.payout(bank.payout_of()).word == "done"
    assert bank.moved("trust") == -5000


def test_a_number_used_for_something_else_is_unknown_not_refused(bank):
    first = bank.payout_of(number="n1")
    assert bank.provider.payout(first).word == "done"
    answer = bank.provider.payout(bank.payout_of(amount_fen=1, number="n1"))
    assert (answer.word, answer.reason) == ("unknown", "AM05")
    assert bank.moved("trust") == -5000


def test_a_pending_payout_waits_and_then_is_done_or_refused(bank):
    bank.faults(pending=3600)
    good, bad = bank.payout_of(), bank.payout_of(payee=CLOSED_ACCOUNT)
    assert [bank.provider.payout(payout).word for payout in (good, bad)] == ["waiting", "waiting"]
    assert bank.moved("trust") == 0
    with clock.travel(clock.now() + timedelta(hours=2)):
        assert [bank.provider.payout_query(payout.number).word for payout in (good, bad)] == ["done", "refused"]
    assert bank.moved("trust") == -5000


@pytest.mark.rule("SALE-9")
@pytest.mark.field_bug(1)
def test_refunds_go_to_the_account_that_paid_and_never_past_what_came(bank):
    order, page = bank.opened(10_000)
    httpx.post(page + "/transfer", data={"payer": "周正", "payer_account": "6228480000000000077"})
    trade = bank.provider.query(order.number).trade
    assert bank.provider.refund(bank.refund_of(trade, 6000)).word == "done"
    more = bank.provider.refund(bank.refund_of(trade, 6000))
    assert (more.word, more.reason) == ("refused", "AM02")
    assert bank.moved("payee:6228480000000000077") == 6000
    assert bank.moved("trust") == 4000


def test_money_of_no_order_can_go_back_too(bank):
    _, page = bank.opened()
    httpx.post(page + "/transfer", data={"remark": "没有写"})
    trade = bank.heard()[0].answer.trade
    assert bank.provider.refund(bank.refund_of(trade, 2600)).word == "done"
    assert bank.moved("trust") == 0


def test_a_refund_that_went_back_in_part_is_not_done(bank):
    _, trade = bank.paid()
    bank.faults(refund_partly=1)
    refund = bank.refund_of(trade, 2000)
    for answer in (bank.provider.refund(refund), bank.provider.refund_query(refund)):
        assert (answer.word, answer.reason) == ("unknown", "partly:1000")
    assert [line.amount_fen for line in bank.bill() if line.kind == "refund"] == [1000]


def test_without_the_bank_s_key_nobody_is_sent_to_pay(tmp_path, settings):
    settings.BAOHE_DATA = tmp_path
    provider = Transfer()
    expires = clock.now() + timedelta(minutes=5)
    with pytest.raises(ProviderNotSetUp):
        provider.cashier_url(Order("BH1", 100, "CNY", "x", "y", "z", expires), "http://shop.example/")
    assert provider.query("BH1").word == "unknown"


def test_a_killed_bank_remembers_who_paid(bank, tmp_path):
    order, trade = bank.paid()
    payout = bank.payout_of()
    bank.provider.payout(payout)
    again = type(bank.simulator)(path=tmp_path / "transfer.sqlite")
    with again.store.write() as db:
        assert (
            db.execute("SELECT reference FROM entry WHERE number = ?", (order.number,)).fetchone()[0] == trade.trade_no
        )
        assert db.execute("SELECT status FROM instruction").fetchone()[0] == "ACSC"
    again._server.server_close()
    again.store.close()


def test_a_number_too_long_for_the_standard_is_a_mistake_of_ours(bank):
    with pytest.raises(ValueError, match="no number"):
        bank.provider.payout(bank.payout_of(number="x" * 36))
    assert bank.moved("trust") == 0

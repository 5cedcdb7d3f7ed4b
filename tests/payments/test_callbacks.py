"""Duplicate, reordered, late, lost and forged callbacks: one cover, one posting, an audit row for each refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baohe.adapters.wallet import keys, protocol
from baohe.flows.settle_payment import settle_by_query, settle_notification
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import CallbackRecord, PaymentIntent
from tests.payments.conftest import as_told, audit, post_callback, signed_body, together

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


def settled_once(cover, intent):
    assert [subject for subject, _ in cover.issued] == [intent.subject_id]
    assert payments.intent(intent.id).state == "paid"
    assert ledger.balance("wallet/clearing") == intent.amount_fen
    assert ledger.check() == []
    assert payments.check() == []


def nothing_happened(cover, intent, state="created"):
    assert cover.issued == []
    assert payments.intent(intent.id).state == state
    assert ledger.balances() == {}


def test_a_paid_page_settles_by_its_callback(wallet, cover, open_payment, deliver):
    intent = open_payment()
    wallet.pay(intent.id)

    assert deliver() == ["success"]
    settled_once(cover, intent)
    assert audit() == [("accepted", "paid")]


def test_a_callback_told_five_times_settles_once(wallet, cover, open_payment, deliver):
    intent = open_payment()
    wallet.pay(intent.id)

    assert deliver(times=5) == ["success"] * 5
    settled_once(cover, intent)
    assert audit() == [("accepted", "paid"), *[("duplicate", "already_paid")] * 4]


@committed
@pytest.mark.field_bug(11)
def test_callbacks_and_queries_at_once_settle_once(wallet, cover, open_payment, queued):
    intent = open_payment()
    wallet.pay(intent.id)
    body = queued()

    outcomes = together(
        *[lambda: settle_notification(*as_told(body))] * 5,
        *[lambda: settle_by_query(intent.id, rest_seconds=0)] * 3,
    )

    settled_once(cover, intent)
    assert [o for o in outcomes if isinstance(o, Exception)] == []
    assert sum(o.word == "accepted" for o in outcomes) == 1


@pytest.mark.field_bug(11)
@pytest.mark.parametrize("first", ["callback", "query"])
def test_the_order_of_callback_and_return_page_does_not_matter(wallet, cover, open_payment, deliver, first):
    intent = open_payment()
    wallet.pay(intent.id)
    if first == "callback":
        assert deliver() == ["success"]
    assert settle_by_query(intent.id, rest_seconds=0).word in ("accepted", "paid")
    assert deliver() == ["success"]
    settled_once(cover, intent)


def test_a_reordered_older_word_changes_nothing(wallet, cover, open_payment, deliver):
    intent = open_payment()
    wallet.faults(reorder=1)
    wallet.pay(intent.id)

    assert deliver() == ["success", "success"]
    settled_once(cover, intent)
    assert audit() == [("accepted", "paid"), ("accepted", "wait_buyer_pay")]


def test_an_early_waiting_word_does_not_pay(wallet, cover, open_payment, deliver):
    intent = open_payment()
    wallet.faults(reorder=1)
    wallet.pay(intent.id)

    assert deliver(reverse=True) == ["success", "success"]
    settled_once(cover, intent)


def test_a_lost_callback_is_found_by_the_worker(wallet, cover, open_payment, work):
    intent = open_payment()
    wallet.faults(lose_notify=1)
    wallet.pay(intent.id)
    assert wallet.outgoing() == []

    work(hours=0.01)
    settled_once(cover, intent)


def test_a_callback_a_day_late_is_a_duplicate_of_the_query(wallet, cover, open_payment, work, deliver):
    intent = open_payment()
    wallet.pay(intent.id)
    work(hours=0.01)
    with clock.travel(clock.now() + timedelta(days=1)):
        assert deliver() == ["success"]
    settled_once(cover, intent)
    assert audit() == [("accepted", "paid"), ("duplicate", "already_paid")]


@pytest.mark.field_bug(5)
def test_a_forged_callback_leaves_its_row_and_nothing_else(wallet, cover, open_payment, deliver):
    intent = open_payment()
    wallet.faults(forged_sign=1)
    wallet.pay(intent.id)

    assert deliver() == ["fail"]
    nothing_happened(cover, intent, state="checking")
    assert audit() == [("refused", "forged")]


@pytest.mark.field_bug(5)
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"app_id": "9999000011112222"}, "foreign_app"),
        ({"trans_currency": "USD"}, "foreign_currency"),
        ({"seller_id": "someone-else"}, "foreign_payee"),
        ({"out_trade_no": "not ours", "app_id": "9999000011112222"}, "foreign_app"),
        ({"out_trade_no": "not ours", "trans_currency": "USD"}, "foreign_currency"),
        ({"out_trade_no": "not ours", "trade_no": "2026\x00"}, "no_trade"),
        ({"out_trade_no": "not ours", "trade_status": "WAIT_BUYER_PAY"}, "unknown_order"),
        ({"total_amount": "-312.00"}, "malformed"),
        ({"total_amount": "3.12e2"}, "malformed"),
        ({"trade_no": ""}, "malformed"),
        ({"notify_type": "dut_user_sign"}, "foreign_kind"),
    ],
)
def test_signed_words_that_do_not_fit_are_refused(wallet, cover, open_payment, changes, reason):
    intent = open_payment()

    assert post_callback(signed_body(intent, **changes)) == "fail"
    nothing_happened(cover, intent)
    assert audit() == [("refused", reason)]


@pytest.mark.parametrize("delta_fen", [-1, 1, 31200])
def test_another_amount_goes_to_suspense_and_pays_for_nothing(wallet, cover, open_payment, delta_fen):
    intent = open_payment()
    body = signed_body(intent, total_amount=protocol.yuan_text(intent.amount_fen + delta_fen))

    assert [post_callback(body), post_callback(body)] == ["success", "success"]
    assert cover.issued == []
    assert payments.intent(intent.id).state == "created"
    assert ledger.balances() == {
        "suspense/wallet": -(intent.amount_fen + delta_fen),
        "wallet/clearing": intent.amount_fen + delta_fen,
    }
    assert audit() == [("refused", "amount_mismatch")] * 2


def test_a_second_trade_for_a_paid_order_goes_to_suspense(wallet, cover, open_payment):
    intent = open_payment()
    assert post_callback(signed_body(intent)) == "success"
    assert post_callback(signed_body(intent, trade_no="2026112200000000000000000002")) == "success"

    assert len(cover.issued) == 1
    assert ledger.balance("suspense/wallet") == -intent.amount_fen


@committed
@pytest.mark.parametrize("number", ["not ours", "BH0007" + "0" * 32, "BH\x00"])
def test_money_that_names_no_order_of_ours_stands_on_suspense_once_a_trade(wallet, cover, open_payment, number):
    intent = open_payment()
    bodies = [signed_body(intent, out_trade_no=number, notify_id=f"n-{n}") for n in range(4)]

    assert together(*[lambda body=body: post_callback(body) for body in bodies]) == ["success"] * 4
    assert (cover.issued, payments.intent(intent.id).state) == ([], "created")
    assert ledger.balances() == {"suspense/wallet": -intent.amount_fen, "wallet/clearing": intent.amount_fen}
    assert audit() == [("refused", "unknown_order")] * 4

    assert post_callback({**bodies[0], "total_amount": "9.99"}) == "fail"
    assert post_callback(signed_body(intent, out_trade_no=number, trade_no="another")) == "success"
    assert ledger.balance("suspense/wallet") == -2 * intent.amount_fen
    assert ledger.check() == []


def test_every_flipped_parameter_is_refused(wallet, cover, open_payment):
    intent = open_payment()
    good = signed_body(intent)
    flips = 0
    for name, value in good.items():
        if name == "sign_type":
            continue
        for bent in (value + "0", value[:-1], ""):
            assert post_callback({**good, name: bent}) == "fail", (name, bent)
            flips += 1
        without = {key: kept for key, kept in good.items() if key != name}
        assert post_callback(without) == "fail", name
        flips += 1
    assert post_callback({**good, "surplus": "1"}) == "fail"
    assert post_callback({**good, "sign_type": "RSA"}) == "fail"
    nothing_happened(cover, intent)
    assert CallbackRecord.objects.filter(outcome="refused").count() == flips + 2


@pytest.mark.field_bug(5)
def test_a_sale_that_falls_over_leaves_the_row_and_is_told_again(wallet, cover, open_payment):
    intent = open_payment()
    cover.broken = 1
    body = signed_body(intent)

    assert post_callback(body) == "fail"
    nothing_happened(cover, intent)
    assert post_callback(body) == "success"
    settled_once(cover, intent)
    assert audit() == [("refused", "settlement_failed"), ("accepted", "paid")]


@pytest.mark.field_bug(2)
def test_money_for_a_proposal_that_is_gone_goes_back_by_itself(wallet, cover, open_payment, deliver, work):
    intent = open_payment()
    wallet.pay(intent.id)
    cover.gone = True

    assert deliver() == ["success"]
    assert ledger.balance("suspense/wallet") == -intent.amount_fen
    work(hours=0.01)

    assert cover.issued == []
    assert [r.state for r in payments.refunds_of(intent.id)] == ["done"]
    assert wallet.simulator.store.balance("merchant") == 0
    assert set(ledger.balances().values()) == {0}
    assert payments.check() == []


def test_money_that_comes_after_the_close_goes_back_by_itself(wallet, cover, open_payment, work, queued):
    intent = open_payment()
    wallet.pay(intent.id)
    PaymentIntent.objects.filter(id=intent.id).update(state="closed")

    body = queued()
    assert post_callback(body) == "success"
    work(hours=0.01)

    assert cover.issued == []
    assert payments.intent(intent.id).surplus
    assert wallet.simulator.store.balance("merchant") == 0
    assert audit() == [("accepted", "paid_after_close")]


def test_without_the_wallets_key_nothing_is_believed(wallet, cover, open_payment):
    intent = open_payment()
    body = signed_body(intent)
    (keys.folder() / "wallet_public.pem").unlink()

    assert post_callback(body) == "fail"
    nothing_happened(cover, intent)
    assert audit() == [("refused", "no_key")]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"x=" + b"1" * 40_000, "application/x-www-form-urlencoded"),
        (b'{"a": 1}', "application/json"),
        (b"a=1&a=2", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_notification_hears_fail(client, wallet, body, content_type):
    answer = client.post("/callbacks/wallet", body, content_type=content_type)
    assert answer.content == b"fail"
    assert answer.status_code in (400, 413, 415)


def test_only_post_is_heard(client):
    assert client.get("/callbacks/wallet").status_code == 405

"""Refunds and payouts: at most what was paid, at most once, and never given up on an unknown answer."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from baohe.adapters.wallet.simulator import trades
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.errors import KeyTaken, NotPaid, RefundTooLarge
from baohe.rooms.payments.models import PaymentAttempt, PaymentIntent, Payout, Refund
from tests.payments.conftest import together

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)

HOURS = 3.0


@pytest.fixture
def paid(wallet, cover, open_payment, deliver):
    intent = open_payment(10_000)
    wallet.pay(intent.id)
    deliver()
    return payments.intent(intent.id)


def give_back(intent, amount_fen, key="cancel:1"):
    return payments.request_refund(intent_id=intent.id, natural_key=key, amount_fen=amount_fen, reason="退保")


def pay_out(key="claim:1:1", amount_fen=5_000, payee=None, subject=None):
    return payments.request_payout(
        natural_key=key,
        subject_id=subject or uuid4(),
        shard_key=7,
        payee_account_id=payee or uuid4(),
        amount_fen=amount_fen,
        memo="理赔款",
    )


def topics(prefix):
    return sorted(OutboxEvent.objects.filter(topic__startswith=prefix).values_list("topic", flat=True))


@pytest.mark.rule("SALE-9")
def test_a_refund_goes_back_to_the_payer(wallet, paid, work):
    give_back(paid, 10_000)
    work(hours=0.01)

    assert payments.refund("cancel:1", 7).state == "done"
    assert wallet.simulator.store.balance(trades.PAYER) == 0
    event = OutboxEvent.objects.get(topic="payments.refund_done")
    assert event.payload["natural_key"] == "cancel:1"
    assert event.payload["subject_id"] == str(paid.subject_id)


@committed
@pytest.mark.field_bug(19)
def test_two_refunds_of_60_on_100_at_once_give_one(wallet, paid, work):
    results = together(*[lambda key=key: give_back(paid, 6_000, key) for key in ("a", "b")])

    assert sorted(type(result).__name__ for result in results) == ["RefundTooLarge", "RefundView"]
    work(hours=0.01)
    assert wallet.simulator.store.balance("merchant") == 4_000
    assert payments.check() == []


@committed
@pytest.mark.field_bug(19)
def test_twenty_refunds_of_7_on_100_give_fourteen(paid):
    results = together(*[lambda n=n: give_back(paid, 700, f"part:{n}") for n in range(20)])

    assert sum(isinstance(result, RefundTooLarge) for result in results) == 6
    assert payments.intent(paid.id).refunded_fen == 9_800
    assert payments.check() == []


def test_the_table_itself_refuses_more_than_was_paid(paid):
    with pytest.raises(IntegrityError, match="intent_refunds_within_paid"), transaction.atomic():
        PaymentIntent.objects.filter(id=paid.id).update(refund_reserved_fen=10_001)


@committed
def test_the_same_refund_at_once_is_one(wallet, paid, work):
    results = together(*[lambda: give_back(paid, 4_000)] * 6)
    work(hours=0.01)

    assert len({result.id for result in results}) == 1
    assert wallet.simulator.store.balance("merchant") == 6_000


def test_a_key_of_another_refund_is_refused(paid):
    give_back(paid, 4_000)
    with pytest.raises(KeyTaken):
        give_back(paid, 4_001)
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("amount_fen", [0, -1, 10_001])
def test_a_refund_is_positive_and_within_what_was_paid(paid, amount_fen):
    with pytest.raises(RefundTooLarge):
        give_back(paid, amount_fen)
    assert Refund.objects.count() == 0


def test_nothing_is_refunded_before_it_is_paid(wallet, open_payment):
    intent = open_payment()
    with pytest.raises(NotPaid):
        give_back(intent, 1)
    assert Refund.objects.count() == 0


@pytest.mark.field_bug(20)
@pytest.mark.parametrize("fault", ["lose_reply", "garbage", "http_500"])
def test_a_refund_whose_answer_is_lost_is_one_refund(wallet, paid, work, fault):
    wallet.faults(**{fault: 2})
    give_back(paid, 4_000)
    work()
    assert payments.refund("cancel:1", 7).state == "checking"

    work(hours=HOURS)
    assert payments.refund("cancel:1", 7).state == "done"
    assert wallet.simulator.store.balance("merchant") == 6_000
    assert topics("payments.refund_done") == ["payments.refund_done"]


@pytest.mark.parametrize("fault", ["lose_reply", "garbage", "http_500"])
def test_a_payout_whose_answer_is_lost_is_one_payout(wallet, work, fault):
    payee = uuid4()
    wallet.faults(**{fault: 2})
    pay_out(payee=payee)
    work()
    assert payments.payout("claim:1:1", 7).state == "checking"

    work(hours=HOURS)
    assert payments.payout("claim:1:1", 7).state == "done"
    assert wallet.simulator.store.balance(f"payee:{payee}") == 5_000
    assert topics("payments.payout_done") == ["payments.payout_done"]


def test_after_an_unknown_answer_the_wallet_is_asked_before_anything_is_sent(wallet, work):
    wallet.faults(lose_reply=1)
    pay_out()
    work()
    work(hours=HOURS)
    calls = list(PaymentAttempt.objects.order_by("called_at").values_list("method", "outcome"))
    assert calls == [("payout", "unknown"), ("payout_query", "done")]


@committed
def test_a_payout_asked_for_six_times_at_once_is_one(wallet, work):
    payee, subject = uuid4(), uuid4()
    results = together(*[lambda: pay_out(payee=payee, subject=subject)] * 6)
    work()

    assert len({result.id for result in results}) == 1
    assert wallet.simulator.store.balance(f"payee:{payee}") == 5_000


def test_a_payout_key_of_another_payee_is_refused():
    pay_out(payee=uuid4())
    with pytest.raises(KeyTaken):
        pay_out(payee=uuid4())
    assert Payout.objects.count() == 1


@pytest.mark.field_bug(16)
def test_a_certain_no_of_the_wallet_is_final_and_told(wallet, work, monkeypatch):
    subject = uuid4()
    payee = uuid4()
    monkeypatch.setattr(trades, "REJECTED_PAYEE", str(payee))
    pay_out(subject=subject, payee=payee)
    work(hours=HOURS)

    assert payments.payout("claim:1:1", 7).state == "failed"
    event = OutboxEvent.objects.get(topic="payments.payout_failed")
    assert event.payload["subject_id"] == str(subject)


@pytest.mark.field_bug(16)
def test_a_refused_refund_frees_its_share(wallet, paid, work):
    with wallet.simulator.store.write() as db:
        db.execute("UPDATE trade SET status = 'TRADE_FINISHED'")
    give_back(paid, 4_000)
    work(hours=HOURS)

    assert payments.refund("cancel:1", 7).state == "failed"
    assert payments.intent(paid.id).refunded_fen == 0
    assert topics("payments.refund_") == ["payments.refund_failed", "payments.refund_requested"]


@committed
def test_two_workers_on_one_payout_pay_once(wallet, work):
    payee = uuid4()
    pay_out(payee=payee)
    event = OutboxEvent.objects.get(topic="payments.payout_requested")
    together(*[lambda: payments.carry_out_payout(event)] * 4)

    assert wallet.simulator.store.balance(f"payee:{payee}") == 5_000
    assert topics("payments.payout_done") == ["payments.payout_done"]


@pytest.mark.parametrize("changes", [{"amount_fen": 1}, {"payee_account_id": uuid4()}, {"state": "requested"}])
def test_a_done_payout_stays_what_it_is(wallet, work, changes):
    pay_out()
    work()
    with pytest.raises(DatabaseError), transaction.atomic():
        Payout.objects.update(**changes)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payout.objects.all().delete()

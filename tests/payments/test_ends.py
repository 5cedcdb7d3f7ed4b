"""Nothing stays open for ever, nothing ends too early, and whoever must act hears of it."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from baohe.flows.settle_payment import check_intent
from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import PaymentIntent
from tests.payments.test_money_out import give_back, paid, pay_out  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
BACK = "http://shop.example/pay/1"
DAYS = 24.0


def blocked():
    """Wait until some connection waits for a lock."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
def test_a_page_given_out_while_the_payment_is_being_closed_stays_payable(wallet, cover, open_payment):
    intent = open_payment()
    closed = []

    def close():
        try:
            closed.append(payments.close(intent.id))
        finally:
            connection.close()

    closing = threading.Thread(target=close)
    with transaction.atomic():
        PaymentIntent.objects.select_for_update().get(id=intent.id)
        closing.start()
        blocked()
        payments.cashier_url(intent.id, BACK)
    closing.join()

    assert closed == [False]
    assert payments.intent(intent.id).state == "checking"


def test_too_little_by_transfer_does_not_hold_its_subject_for_ever(bank, cover, open_payment, work):
    intent = open_payment(provider="transfer")
    bank.transfer(intent, amount="300.00")  # the bank closes no order that money came for
    work(hours=4 * DAYS)

    assert (payments.intent(intent.id).state, payments.intent(intent.id).close_reason) == ("closed", "amount_mismatch")
    assert ledger.balances() == {"transfer/clearing": 30_000, "suspense/transfer": -30_000}
    assert cover.issued == []


def test_a_refund_that_was_refused_for_good_is_told_until_the_money_went_back(wallet, paid, work):  # noqa: F811
    with wallet.simulator.store.write() as db:
        db.execute("UPDATE trade SET status = 'TRADE_FINISHED'")
    give_back(paid, 4_000)
    work(hours=1)
    assert payments.check() == ["refund refused for good, its money is still here: cancel:1"]

    with wallet.simulator.store.write() as db:
        db.execute("UPDATE trade SET status = 'TRADE_SUCCESS'")
    give_back(paid, 4_000, "again:1")
    assert payments.check() == []


def test_an_event_that_comes_twice_begins_no_second_row_of_checks(wallet, paid, work):  # noqa: F811
    """A lease that runs out while a provider is slow repeats the event; each repeat must not double what follows."""
    wallet.faults(lose_reply=99)
    give_back(paid, 4_000)
    pay_out()
    for topic, handle in (("refund", payments.carry_out_refund), ("payout", payments.carry_out_payout)):
        event = OutboxEvent.objects.get(topic=f"payments.{topic}_requested")
        handle(event)
        handle(event)
        assert OutboxEvent.objects.filter(topic=f"payments.{topic}_check").count() == 1


def test_a_repeated_look_at_an_open_payment_queues_one_more_look(wallet, open_payment):
    intent = open_payment()
    payments.cashier_url(intent.id, BACK)
    event = OutboxEvent.objects.get(topic="payments.check_intent")
    OutboxEvent.objects.update(lease_until=clock.now() + timedelta(seconds=60))  # as the worker holds it
    check_intent(event)
    check_intent(event)
    assert OutboxEvent.objects.filter(topic="payments.check_intent").count() == 2

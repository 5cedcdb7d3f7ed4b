"""One open payment a subject; unknown stays checking; only the wallet's certain word closes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from baohe.adapters.wallet import keys
from baohe.flows.settle_payment import settle_by_query
from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.errors import AlreadyPaid, PaymentClosed, PaymentInProgress, ProviderAway
from baohe.rooms.payments.models import CallbackRecord, PaymentAttempt, PaymentIntent
from tests.payments.conftest import post_callback, signed_body, together

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


def ask(intent):
    return settle_by_query(intent.id, rest_seconds=0).word


def test_the_same_request_is_the_same_intent(wallet, open_payment):
    subject = uuid4()
    assert open_payment(subject_id=subject).id == open_payment(subject_id=subject).id


@committed
def test_eight_requests_at_once_open_one_intent(wallet, open_payment):
    subject = uuid4()
    opened = together(*[lambda: open_payment(subject_id=subject)] * 8)
    assert len({intent.id for intent in opened}) == 1
    assert PaymentIntent.objects.count() == 1


def test_other_terms_replace_a_payment_nobody_has_seen(wallet, open_payment):
    subject = uuid4()
    first = open_payment(31200, subject)
    second = open_payment(2600, subject)
    assert (payments.intent(first.id).state, second.state) == ("closed", "created")


@pytest.mark.field_bug(15)
def test_a_second_payment_is_blocked_while_one_is_checking(wallet, open_payment):
    subject = uuid4()
    first = open_payment(31200, subject)
    payments.cashier_url(first.id, "http://shop.example/")
    wallet.faults(http_500=-1)
    assert ask(first) == "unknown"

    with pytest.raises(PaymentInProgress):
        open_payment(2600, subject)
    assert payments.intent(first.id).state == "checking"
    assert PaymentIntent.objects.count() == 1


def test_a_paid_subject_cannot_be_paid_again(wallet, cover, open_payment):
    subject = uuid4()
    intent = open_payment(31200, subject)
    post_callback(signed_body(intent))
    with pytest.raises(AlreadyPaid):
        open_payment(31200, subject)
    with pytest.raises(AlreadyPaid):
        payments.cashier_url(intent.id, "http://shop.example/")


def test_a_second_open_payment_is_refused_by_the_table_itself(wallet, open_payment):
    first = PaymentIntent.objects.get(id=open_payment().id)
    first.pk, first.order_number = uuid4(), "BH0007X"
    with pytest.raises(IntegrityError, match="intent_one_of_subject"), transaction.atomic():
        first.save(force_insert=True)


@pytest.mark.parametrize("fault", ["lose_reply", "garbage", "http_500"])
def test_an_unreadable_answer_is_unknown_and_never_a_failure(wallet, cover, open_payment, fault):
    intent = open_payment()
    wallet.faults(lose_notify=1)
    wallet.pay(intent.id)
    wallet.faults(**{fault: 1})

    assert ask(intent) == "unknown"
    assert payments.intent(intent.id).state == "checking"
    assert ask(intent) == "accepted"
    assert payments.intent(intent.id).state == "paid"
    assert list(PaymentAttempt.objects.order_by("called_at").values_list("outcome", flat=True)) == ["unknown", "done"]


def test_a_wallet_that_is_away_is_unknown(wallet, open_payment, settings):
    intent = open_payment()
    payments.cashier_url(intent.id, "http://shop.example/")
    settings.BAOHE_WALLET = "http://127.0.0.1:9"
    assert ask(intent) == "unknown"
    assert payments.intent(intent.id).state == "checking"


def test_without_the_wallets_key_nobody_is_sent_away(wallet, open_payment):
    intent = open_payment()
    (keys.folder() / "wallet_public.pem").unlink()
    with pytest.raises(ProviderAway):
        payments.cashier_url(intent.id, "http://shop.example/")
    assert payments.intent(intent.id).state == "created"


def test_a_cancelled_cashier_page_closes_the_payment_and_frees_the_subject(wallet, open_payment):
    subject = uuid4()
    intent = open_payment(31200, subject)
    wallet.cancel(intent.id)

    assert ask(intent) == "closed"
    assert payments.intent(intent.id).state == "closed"
    assert OutboxEvent.objects.filter(topic="payments.closed").count() == 1
    with pytest.raises(PaymentClosed):
        payments.cashier_url(intent.id, "http://shop.example/")
    assert open_payment(2600, subject).state == "created"


def test_a_page_never_opened_is_closed_only_after_its_time(wallet, open_payment, work):
    intent = open_payment()
    payments.cashier_url(intent.id, "http://shop.example/")
    assert ask(intent) == "waiting"
    assert payments.intent(intent.id).state == "checking"

    work(hours=2)
    assert payments.intent(intent.id).state == "closed"


def test_an_open_page_left_alone_ends_closed(wallet, open_payment, work):
    intent = open_payment()
    wallet.open_page(payments.cashier_url(intent.id, "http://shop.example/"))
    work(hours=2)
    assert payments.intent(intent.id).state == "closed"


def test_close_asks_the_wallet_and_respects_a_payment(wallet, cover, open_payment):
    unpaid, paid = open_payment(), open_payment()
    wallet.open_page(payments.cashier_url(unpaid.id, "http://shop.example/"))
    wallet.pay(paid.id)

    assert payments.close(unpaid.id) is True
    assert payments.close(paid.id) is False
    assert ask(paid) == "accepted"


def test_a_polling_page_does_not_flood_the_wallet(wallet, open_payment):
    intent = open_payment()
    payments.cashier_url(intent.id, "http://shop.example/")
    for _ in range(10):
        settle_by_query(intent.id, rest_seconds=60)
    assert PaymentAttempt.objects.count() == 1


@pytest.mark.parametrize(
    "changes", [{"amount_fen": 1}, {"state": "closed", "trade_no": None, "paid_at": None}, {"payee": "x"}]
)
def test_a_paid_payment_stays_what_it_is(wallet, cover, open_payment, changes):
    intent = open_payment()
    post_callback(signed_body(intent))
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentIntent.objects.filter(id=intent.id).update(**changes)


@pytest.mark.parametrize("table", [CallbackRecord, PaymentAttempt])
def test_the_audit_only_grows(wallet, cover, open_payment, table):
    intent = open_payment()
    payments.cashier_url(intent.id, "http://shop.example/")
    ask(intent)
    post_callback(signed_body(intent))
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        table.objects.update(reason="")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        table.objects.all().delete()


def test_limbo_is_reported(wallet, open_payment):
    intent = open_payment()
    assert payments.check() == []
    with clock.travel(clock.now() + timedelta(hours=3)):
        assert payments.check() == [f"payment open too long: {intent.order_number}"]

"""A check that was lost or parked leaves no money in limbo; a check that is pending is left alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.payments import facade as payments
from tests.payments.test_deductions import charge
from tests.payments.test_money_out import give_back, pay_out

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=5)


def lose(how):
    """Whatever was to come does not come any more."""
    events = OutboxEvent.objects.filter(topic__startswith="payments.", done_at=None)
    return events.delete() if how == "lost" else events.update(parked_at=clock.now())


def sweep(work):
    with clock.travel(clock.now() + LATER):
        mended = payments.janitor()
        assert payments.janitor() == 0  # what is scheduled now is not scheduled again
        work(hours=0.1)
    return mended


@pytest.mark.parametrize("how", ["lost", "parked"])
def test_a_payment_whose_check_and_callback_are_gone_is_found(wallet, cover, open_payment, work, how):
    intent = open_payment()
    wallet.faults(lose_notify=1)
    wallet.pay(intent.id)
    lose(how)
    work(hours=1)
    assert payments.intent(intent.id).state == "checking"

    assert sweep(work) == 1
    assert payments.intent(intent.id).state == "paid"
    assert len(cover.issued) == 1


@pytest.mark.parametrize("after_the_work", [False, True])
def test_a_refund_and_a_payout_without_a_check_end_once(wallet, cover, open_payment, deliver, work, after_the_work):
    intent = open_payment(10_000)
    wallet.pay(intent.id)
    deliver()
    payee = uuid4()
    give_back(payments.intent(intent.id), 4_000)
    pay_out(payee=payee)
    if after_the_work:
        wallet.faults(lose_reply=2)  # the wallet did both; we never heard of it
        work()
    lose("lost")

    assert sweep(work) == 2
    assert (payments.refund("cancel:1", 7).state, payments.payout("claim:1:1", 7).state) == ("done", "done")
    assert wallet.simulator.store.balance("merchant") == 6_000 - 5_000
    assert wallet.simulator.store.balance(f"payee:{payee}") == 5_000


@pytest.mark.field_bug(16)
def test_a_charge_whose_request_is_gone_is_still_collected(network, cover, work):
    account = uuid4()
    intent = charge(account, network.sign(account))
    lose("lost")
    assert sweep(work) == 1
    assert payments.intent(intent.id).state == "paid"


def test_an_ended_agreement_that_the_bank_never_heard_of_is_told(network, work):
    account = uuid4()
    agreement = network.sign(account)
    payments.end_agreement(account, agreement.id)
    lose("lost")
    assert sweep(work) == 1
    with clock.travel(clock.now() + 2 * LATER):
        assert payments.janitor() == 0


def test_pending_checks_are_left_alone(wallet, open_payment):
    payments.cashier_url(open_payment().id, "http://shop.example/")
    pay_out()
    with clock.travel(clock.now() + LATER):
        assert payments.janitor() == 0


def test_a_payment_nobody_was_sent_away_with_ends_by_itself(wallet, open_payment):
    seen, unseen = open_payment(), open_payment()
    payments.cashier_url(seen.id, "http://shop.example/")
    with clock.travel(clock.now() + timedelta(hours=1)):
        payments.janitor()
    assert [payments.intent(one.id).state for one in (seen, unseen)] == ["checking", "closed"]
    assert payments.intent(unseen.id).close_reason == "expired"

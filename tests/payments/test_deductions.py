"""Charges under an agreement: one number for ever, an end for each, and the customer's word before the bank's."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from baohe.adapters.providers import registry
from baohe.adapters.providers.port import Charge
from baohe.flows.settle_payment import settle_by_query
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.actions import charge as charging
from baohe.rooms.payments.actions.cashier import order_of
from baohe.rooms.payments.errors import AgreementNotActive, AlreadyPaid
from baohe.rooms.payments.models import Agreement, PaymentAttempt, PaymentIntent
from tests.payments.conftest import together

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)

HOURS = 3.0


@pytest.fixture
def account():
    return uuid4()


def charge(account, agreement, subject=None, amount_fen=31_200):
    return payments.open_charge(
        kind="test",
        subject_id=subject or uuid4(),
        shard_key=7,
        account_id=account,
        payee="haijia",
        payee_name="海岬健康保险",
        amount_fen=amount_fen,
        description="互联网百万医疗保险 第 2 期",
        payer="林晓",
        agreement_id=agreement.id,
    )


def closed():
    return list(OutboxEvent.objects.filter(topic="payments.closed").values_list("payload__reason", flat=True))


def sent():
    return PaymentAttempt.objects.filter(method="charge").count()


def test_a_signed_agreement_is_active_and_a_second_wish_before_that_is_the_same(network, account):
    first, _ = payments.sign_agreement(account, "林晓", "http://shop.example/")
    again, _ = payments.sign_agreement(account, "林晓", "http://shop.example/")
    assert (first.id, first.state) == (again.id, "waiting")
    assert payments.refresh_agreement(first.id).state == "waiting"

    signed = network.sign(account)
    assert (signed.id, signed.state, signed.account_masked) == (first.id, "active", "6200********8888")
    assert payments.agreements_of(account) == [signed]


def test_the_worker_hears_of_a_signature_whose_customer_never_came_back(network, account, work):
    assert network.sign(account, comes_back=False).state == "waiting"
    work(hours=0.1)
    assert Agreement.objects.get().state == "active"


def test_a_charge_is_deducted_and_settled_at_its_own_provider(network, cover, account, work):
    intent = charge(account, network.sign(account))
    assert (intent.provider, intent.state) == ("deduction", "created")
    work(hours=0.01)

    assert payments.intent(intent.id).state == "paid"
    assert len(cover.issued) == 1
    assert ledger.balance("deduction/clearing") == 31_200
    assert network.simulator.store.balance("merchant") == 31_200
    with pytest.raises(AlreadyPaid):
        charge(account, payments.agreements_of(account)[0], intent.subject_id)


@pytest.mark.field_bug(16)
@pytest.mark.parametrize(
    ("card", "reason"), [("0000", "insufficient_funds"), ("1111", "account_closed"), ("2222", "over_limit")]
)
def test_a_refused_charge_closes_with_its_reason_and_frees_the_subject(network, cover, account, work, card, reason):
    agreement = network.sign(account, card)
    first = charge(account, agreement)
    work(hours=0.01)

    assert payments.intent(first.id).close_reason == reason
    assert closed() == [reason]
    assert cover.issued == []
    assert charge(account, agreement, first.subject_id).id != first.id


@pytest.mark.field_bug(15)
@pytest.mark.parametrize("fault", ["lose_reply", "garbage", "http_500"])
def test_a_charge_whose_answer_is_unknown_is_never_charged_anew(network, cover, account, work, fault):
    agreement = network.sign(account)
    network.faults(**{fault: 2})
    first = charge(account, agreement)
    work()
    assert payments.intent(first.id).state == "checking"
    assert charge(account, agreement, first.subject_id).id == first.id

    work(hours=HOURS)
    assert payments.intent(first.id).state == "paid"
    assert network.simulator.store.balance("merchant") == 31_200
    assert (PaymentIntent.objects.count(), len(cover.issued)) == (1, 1)


def test_a_card_that_decides_later_is_waited_for(network, cover, account, work):
    intent = charge(account, network.sign(account, "3333"))
    work()
    assert payments.intent(intent.id).state == "checking"
    work(hours=HOURS)
    assert (payments.intent(intent.id).state, sent()) == ("paid", 1)


@committed
@pytest.mark.field_bug(15)
def test_a_charge_asked_for_six_times_at_once_and_worked_off_thrice_is_one(network, cover, account):
    from baohe.flows.settle_payment import carry_out_charge

    agreement, subject = network.sign(account), uuid4()
    opened = together(*[lambda: charge(account, agreement, subject)] * 6)
    assert len({intent.id for intent in opened}) == 1

    event = OutboxEvent.objects.get(topic="payments.charge_requested")
    together(*[lambda: carry_out_charge(event)] * 3)
    carry_out_charge(event)
    assert network.simulator.store.balance("merchant") == 31_200
    assert len(cover.issued) == 1


@pytest.mark.rule("SALE-3")
def test_an_agreement_ends_in_one_step_and_nothing_is_deducted_after_it(network, cover, account, work):
    agreement = network.sign(account)
    unsent = charge(account, agreement)
    assert payments.end_agreement(account, agreement.id).state == "ended"
    with pytest.raises(AgreementNotActive):
        charge(account, agreement)
    work(hours=0.1)

    assert (payments.intent(unsent.id).state, closed(), sent()) == ("closed", ["agreement_ended"], 0)
    assert network.simulator.store.balance("merchant") == 0
    assert Agreement.objects.get().told_at is not None


@pytest.fixture
def under_way(network, cover, account):
    """A charge that was sent and has not arrived at the bank when its agreement ends; and the request that arrives."""
    agreement = network.sign(account)
    intent = charge(account, agreement)
    assert charging.begin(intent.id, lambda _: True)
    payments.end_agreement(account, agreement.id)
    row = PaymentIntent.objects.get(id=intent.id)
    wanted = Charge(order_of(row), row.agreement.agreement_no)
    return intent, lambda: registry.deducting().charge(wanted).word


@pytest.mark.field_bug(15)
def test_a_charge_that_was_under_way_when_its_agreement_ended_is_paid_if_it_arrives(network, cover, under_way):
    intent, arrive = under_way
    settle_by_query(intent.id, rest_seconds=0)
    assert (payments.intent(intent.id).state, closed(), sent()) == ("checking", [], 0)

    assert arrive() == "done"
    settle_by_query(intent.id, rest_seconds=0)
    assert (payments.intent(intent.id).state, len(cover.issued)) == ("paid", 1)


def test_it_closes_once_the_bank_knows_of_the_end_and_has_not_seen_it(network, cover, under_way, work):
    intent, arrive = under_way
    work(hours=0.01)

    assert Agreement.objects.get().told_at is not None
    assert (payments.intent(intent.id).state, closed()) == ("closed", ["agreement_ended"])
    assert arrive() == "refused"
    assert (network.simulator.store.balance("merchant"), cover.issued, sent()) == (0, [], 0)


def test_it_closes_when_it_is_absent_again_long_after_the_end(network, cover, under_way):
    intent, _ = under_way
    with clock.travel(clock.now() + timedelta(minutes=9)):
        settle_by_query(intent.id, rest_seconds=0)
    assert payments.intent(intent.id).state == "checking"
    with clock.travel(clock.now() + timedelta(minutes=11)):
        settle_by_query(intent.id, rest_seconds=0)
    assert (payments.intent(intent.id).state, closed(), sent()) == ("closed", ["agreement_ended"], 0)
    assert Agreement.objects.get().told_at is None


def test_the_bank_is_told_of_an_end_until_it_knows(network, account, work):
    agreement = network.sign(account)
    network.faults(http_500=-1)
    payments.end_agreement(account, agreement.id)
    work(hours=0.1)
    assert Agreement.objects.get().told_at is None

    network.faults(http_500=0)
    work(hours=HOURS)
    assert Agreement.objects.get().told_at is not None


def test_an_agreement_of_another_account_does_not_exist(network, account):
    agreement = network.sign(account)
    with pytest.raises(NotFound):
        charge(uuid4(), agreement)
    with pytest.raises(NotFound):
        payments.end_agreement(uuid4(), agreement.id)
    assert PaymentIntent.objects.count() == 0
    assert payments.agreements_of(account)[0].state == "active"


@pytest.mark.parametrize("changes", [{"state": "active", "ended_at": None}, {"account_id": uuid4()}, {"number": "x"}])
def test_an_ended_agreement_stays_what_it_is(network, account, changes):
    payments.end_agreement(account, network.sign(account).id)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.update(**changes)


def test_the_table_refuses_a_deduction_without_an_agreement(wallet, open_payment):
    row = PaymentIntent.objects.get(id=open_payment().id)
    row.pk, row.order_number, row.subject_id, row.provider = uuid4(), "BH0007X", uuid4(), "deduction"
    with pytest.raises(IntegrityError, match="intent_deducted_by_agreement"), transaction.atomic():
        row.save(force_insert=True)

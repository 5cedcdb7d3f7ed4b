"""Bugs of the field in giving money back: more than came in, and from somebody else's payment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.actions import refund
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.payments.errors import RefundTooLarge
from baohe.rooms.payments.models import Refund
from baohe.rooms.payments.queries import intent_row
from tests.money.bugs.undoing import meeting, sent_again, without_constraint, without_trigger
from tests.payments.conftest import together
from tests.payments.test_money_out import give_back

committed = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, slots=True)
class Given:
    """Refunds that were promised on one payment, and their sum in fen."""

    refunds: int
    promised_fen: int


@pytest.fixture
def paid(wallet, cover, open_payment, deliver):
    """¥100 that a customer has paid."""
    intent = open_payment(10_000)
    wallet.pay(intent.id)
    deliver()
    return payments.intent(intent.id)


def given(intent: IntentView) -> Given:
    rows = payments.refunds_of(intent.id)
    return Given(len(rows), sum(row.amount_fen for row in rows))


# ---- 19: two refunds of 60 on 100


def two_of_60_at_once(intent: IntentView) -> Given:
    for outcome in together(*[lambda key=key: give_back(intent, 6_000, key) for key in ("a", "b")]):
        assert not isinstance(outcome, Exception) or isinstance(outcome, RefundTooLarge), outcome
    return given(intent)


@committed
@pytest.mark.field_bug(19)
def test_two_refunds_of_60_on_100_at_once_give_back_60(paid):
    assert two_of_60_at_once(paid) == Given(1, 6_000)


@committed
@pytest.mark.field_bug(19)
def test_two_refunds_of_60_on_100_at_once_give_back_120_without_the_lock_of_the_intent(paid, monkeypatch):
    """The layer is the row lock alone: both read the same sum and write the same sum, so no CHECK sees more than 60
    reserved; what the operator's check says of it comes too late."""
    unlocked = meeting(2, lambda intent_id, lock=False: intent_row(intent_id))
    monkeypatch.setattr(refund, "intent_row", unlocked)
    assert two_of_60_at_once(paid) == Given(2, 12_000)
    assert payments.check() == [f"refunds do not add up: {paid.order_number}"]


def two_of_60_in_a_row(intent: IntentView) -> Given:
    give_back(intent, 6_000, "a")
    with transaction.atomic():
        give_back(intent, 6_000, "b")
    return given(intent)


@pytest.mark.django_db
@pytest.mark.field_bug(19)
def test_two_refunds_of_60_on_100_in_a_row_give_back_60(paid):
    with pytest.raises(RefundTooLarge):
        two_of_60_in_a_row(paid)
    assert given(paid) == Given(1, 6_000)


@pytest.mark.django_db
@pytest.mark.field_bug(19)
def test_two_refunds_of_60_on_100_in_a_row_give_back_120_without_sum_and_check(paid, monkeypatch):
    """Two layers: the sum that counts earlier refunds, and the CHECK behind it, which stands by itself."""
    monkeypatch.setattr(refund, "_left_fen", lambda intent, line: intent.amount_fen)
    with pytest.raises(IntegrityError, match="intent_refunds_within_paid"):
        two_of_60_in_a_row(paid)
    assert given(paid) == Given(1, 6_000)

    without_constraint("payments_paymentintent", "intent_refunds_within_paid")
    assert two_of_60_in_a_row(paid) == Given(2, 12_000)


# ---- 20: a refund whose answer is lost loses the number it has at the provider


def refund_whose_answer_is_lost(wallet, work, intent: IntentView) -> int:
    """¥40 go back, the answer is lost, the worker comes again: fen that the wallet gave back."""
    wallet.faults(lose_reply=1)
    give_back(intent, 4_000)
    work(hours=0.1)
    return given_by_the_wallet(wallet, intent)


@pytest.mark.django_db
@pytest.mark.field_bug(15)
@pytest.mark.field_bug(20)
def test_a_refund_of_unknown_fate_goes_back_once(wallet, paid, work):
    assert refund_whose_answer_is_lost(wallet, work, paid) == 4_000
    assert [row.state for row in payments.refunds_of(paid.id)] == ["done"]


@pytest.mark.django_db
@pytest.mark.field_bug(15)
@pytest.mark.field_bug(20)
def test_a_refund_of_unknown_fate_goes_back_twice_without_its_number(wallet, paid, work, monkeypatch):
    """Two layers: it is asked before anything is sent again, and what is sent again has the number of before."""
    with_its_number = refund._order
    monkeypatch.setattr(refund, "_order", lambda row: replace(with_its_number(row), number=uuid4().hex))
    monkeypatch.setattr(refund, "resolve", sent_again)
    assert refund_whose_answer_is_lost(wallet, work, paid) == 8_000


# ---- 20: a refund bound to another intent


def bound_to_another(wallet, work, open_payment, deliver, refunded: IntentView) -> tuple[int, int]:
    """A refund of ¥40 is promised on one payment and then, by whatever mistake, bound to another one before the worker
    comes: fen that the wallet gave back of the right payment, and of the other."""
    other = open_payment(10_000)
    wallet.pay(other.id)
    deliver()
    give_back(refunded, 4_000)
    with transaction.atomic():
        Refund.objects.filter(intent_id=refunded.id).update(intent_id=other.id)
    work(hours=0.01)
    return given_by_the_wallet(wallet, refunded), given_by_the_wallet(wallet, other)


def given_by_the_wallet(wallet, intent: IntentView) -> int:
    with wallet.simulator.store.write() as db:
        rows = db.execute("SELECT amount_fen FROM refund WHERE out_trade_no = ?", (intent.order_number,))
        return sum(row["amount_fen"] for row in rows)


@pytest.mark.django_db
@pytest.mark.field_bug(20)
def test_a_refund_stays_bound_to_its_intent(wallet, paid, open_payment, deliver, work):
    with pytest.raises(DatabaseError, match="the terms of cancel:1 never change"):
        bound_to_another(wallet, work, open_payment, deliver, paid)
    work(hours=0.01)
    assert given_by_the_wallet(wallet, paid) == 4_000
    assert [row.state for row in payments.refunds_of(paid.id)] == ["done"]
    assert payments.check() == []


@pytest.mark.django_db
@pytest.mark.field_bug(20)
def test_a_refund_gives_back_somebody_elses_money_without_the_trigger(wallet, paid, open_payment, deliver, work):
    """The layer is the trigger: terms of a refund never change, and its intent is one of them."""
    without_trigger("payments_refund", "refund_goes_forward")
    assert bound_to_another(wallet, work, open_payment, deliver, paid) == (0, 4_000)
    assert len(payments.check()) == 2

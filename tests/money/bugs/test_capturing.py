"""Bugs of the field in taking money: captured twice, retried as new, stored as another sum than charged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from baohe.flows import settle_payment
from baohe.flows.settle_payment import settle_by_query, settle_notification
from baohe.kernel.money import AmountRefused, round_fen
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.actions import ask, confirm, open_intent, payout
from baohe.rooms.payments.actions.ask import understood
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.payments.errors import PaymentInProgress
from baohe.rooms.payments.models import PaymentIntent
from tests.money.bugs.undoing import meeting, sent_again
from tests.payments.conftest import as_told, post_callback, signed_body, together
from tests.payments.test_deductions import charge
from tests.payments.test_money_out import pay_out

committed = pytest.mark.django_db(transaction=True)

PRICE_FEN = 31_200


# ---- 11: the browser that comes back and the callback both capture


@dataclass(frozen=True, slots=True)
class Captured:
    """Orders made of one payment, and what the books say came in, in fen."""

    orders: int
    booked_fen: int


@dataclass(frozen=True, slots=True)
class Ordered:
    refusal: None = None


@pytest.fixture
def shop():
    """A sale without a guard of its own, as in the field: every capture makes an order and an entry."""
    orders: list[UUID] = []

    def settle(intent, paid_at):
        orders.append(intent.subject_id)
        received = ledger.movements.premium_received(intent.payee, intent.amount_fen)
        ledger.post(ledger.Entry("premium_received", uuid4().hex, intent.shard_key, clock.today(), "", received))
        return Ordered()

    settle_payment.register("test", settle)
    return orders


def captured(intent: IntentView, queued: Callable[[], dict[str, str]], orders: list[UUID]) -> Captured:
    """The wallet's callback and the question of the returning browser, at once."""
    body = queued()
    outcomes = together(lambda: settle_notification(*as_told(body)), lambda: settle_by_query(intent.id, rest_seconds=0))
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    return Captured(len(orders), ledger.balance("wallet/clearing"))


@committed
@pytest.mark.field_bug(11)
def test_return_page_and_callback_at_once_capture_once(wallet, open_payment, queued, shop):
    intent = open_payment(PRICE_FEN)
    wallet.pay(intent.id)
    assert captured(intent, queued, shop) == Captured(1, PRICE_FEN)


@committed
@pytest.mark.field_bug(11)
def test_return_page_and_callback_at_once_capture_twice_without_the_lock(
    wallet, open_payment, queued, shop, monkeypatch
):
    """The layer is the intent's row lock: with it the second word finds the payment paid and is a duplicate. Behind it
    the room's settlers have keys of their own; this shop has none."""

    def unlocked(told):
        return PaymentIntent.objects.filter(order_number=told.order_number, provider=told.provider).first()

    intent = open_payment(PRICE_FEN)
    wallet.pay(intent.id)
    monkeypatch.setattr(confirm, "_locked", meeting(2, unlocked))
    assert captured(intent, queued, shop) == Captured(2, 2 * PRICE_FEN)


# ---- 15: what nobody knows is taken for a failure, and tried anew


def unknown_is_failure(row, answer, source):
    """As in the field: no answer in time means that it failed."""
    return understood(row, replace(answer, word="refused") if answer.word == "unknown" else answer, source)


def paid_page_whose_answer_is_lost(wallet, open_payment) -> int:
    """The customer pays, we never hear of it and ask in vain; the customer chooses anew and pays again. What the
    wallet has taken of them, in fen."""
    subject = uuid4()
    first = open_payment(PRICE_FEN, subject)
    wallet.faults(lose_notify=1)
    wallet.pay(first.id)
    wallet.faults(lose_reply=1)
    settle_by_query(first.id, rest_seconds=0)
    try:
        wallet.pay(open_payment(2_600, subject).id)
    except PaymentInProgress:
        assert payments.intent(first.id).state == "checking"
    return wallet.simulator.store.balance("merchant")


@pytest.mark.django_db
@pytest.mark.field_bug(15)
def test_a_payment_of_unknown_fate_is_not_paid_again(wallet, cover, open_payment, work):
    assert paid_page_whose_answer_is_lost(wallet, open_payment) == PRICE_FEN
    work(hours=0.1)
    assert (len(cover.issued), wallet.simulator.store.balance("merchant")) == (1, PRICE_FEN)


@pytest.mark.django_db
@pytest.mark.field_bug(15)
def test_a_payment_of_unknown_fate_is_paid_again_when_unknown_is_a_failure(wallet, cover, open_payment, monkeypatch):
    """The layer is the fourth word of the port: unknown keeps the intent open, and an open intent keeps its subject."""
    monkeypatch.setattr(ask, "understood", unknown_is_failure)
    assert paid_page_whose_answer_is_lost(wallet, open_payment) == PRICE_FEN + 2_600


def charge_whose_answer_is_lost(network, work) -> int:
    """The bank deducts, its answer is lost, and the premium is asked for again. What the bank has deducted, in fen."""
    account, subject = uuid4(), uuid4()
    agreement = network.sign(account)
    network.faults(lose_reply=2)  # the deduction's and that of the question right after it
    charge(account, agreement, subject)
    work()
    charge(account, agreement, subject)
    work()
    return network.simulator.store.balance("merchant")


@pytest.mark.django_db
@pytest.mark.field_bug(15)
def test_a_charge_of_unknown_fate_is_not_charged_anew(network, cover, work):
    assert charge_whose_answer_is_lost(network, work) == PRICE_FEN
    work(hours=0.1)
    assert (len(cover.issued), network.simulator.store.balance("merchant")) == (1, PRICE_FEN)


@pytest.mark.django_db
@pytest.mark.field_bug(15)
def test_a_charge_of_unknown_fate_is_charged_twice_when_unknown_is_a_failure(network, cover, work, monkeypatch):
    monkeypatch.setattr(ask, "understood", unknown_is_failure)
    assert charge_whose_answer_is_lost(network, work) == 2 * PRICE_FEN


def payout_whose_answer_is_lost(wallet, work) -> int:
    """The wallet pays a claim, its answer is lost, the worker comes again. What the claimant has, in fen."""
    payee = uuid4()
    wallet.faults(lose_reply=1)
    pay_out(payee=payee, amount_fen=5_000)
    work(hours=0.1)
    return wallet.simulator.store.balance(f"payee:{payee}")


@pytest.mark.django_db
@pytest.mark.field_bug(15)
def test_a_payout_of_unknown_fate_is_paid_once(wallet, work):
    assert payout_whose_answer_is_lost(wallet, work) == 5_000
    assert payments.payout("claim:1:1", 7).state == "done"


@pytest.mark.django_db
@pytest.mark.field_bug(15)
def test_a_payout_of_unknown_fate_is_paid_twice_when_it_is_retried_as_new(wallet, work, monkeypatch):
    """Two layers: it is asked before anything is sent again, and what is sent again has the number of before, which a
    provider works off once."""
    with_its_number = payout._order
    monkeypatch.setattr(payout, "_order", lambda row: replace(with_its_number(row), number=uuid4().hex))
    monkeypatch.setattr(payout, "resolve", sent_again)
    assert payout_whose_answer_is_lost(wallet, work) == 10_000


# ---- 13: 34.116425 stored, 34.12 charged


@dataclass(frozen=True, slots=True)
class Bought:
    """What we stored, what the provider charged, both in fen; covers that came of it; fen that fit nowhere."""

    stored_fen: int
    charged_fen: int
    covers: int
    suspense_fen: int


COMPUTED_FEN = Decimal("3411.6425")


def bought(cover, open_payment, price_fen: object) -> Bought:
    """Opened at a computed price; the provider, who knows only whole fen, charges 34.12."""
    intent = payments.intent(open_payment(price_fen).id)
    post_callback(signed_body(intent, total_amount="34.12"))
    return Bought(intent.amount_fen, 3_412, len(cover.issued), -ledger.balance("suspense/wallet"))


@pytest.mark.django_db
@pytest.mark.field_bug(13)
def test_a_computed_price_is_rounded_once_and_charged_as_it_is_stored(wallet, cover, open_payment):
    with pytest.raises(AmountRefused):
        bought(cover, open_payment, COMPUTED_FEN)
    assert PaymentIntent.objects.count() == 0
    assert bought(cover, open_payment, round_fen(COMPUTED_FEN)) == Bought(3_412, 3_412, 1, 0)


@pytest.mark.django_db
@pytest.mark.field_bug(13)
def test_a_computed_price_is_stored_as_another_sum_than_charged_without_the_border(
    wallet, cover, open_payment, monkeypatch
):
    """The layer is the border that refuses whatever is not whole fen; the column behind it cuts the fraction off. The
    comparison of both sums still keeps the money apart: without it, it would have bought a cover."""
    monkeypatch.setattr(open_intent, "refuse_amount", lambda amount_fen, field, most_fen: amount_fen)
    assert bought(cover, open_payment, COMPUTED_FEN) == Bought(3_411, 3_412, 0, 3_412)

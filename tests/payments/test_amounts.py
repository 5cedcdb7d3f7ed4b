"""Currency, fen, sign and limit at every border: nothing but whole fen comes in, goes out, or is believed."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.adapters.wallet import protocol
from baohe.kernel.money import AmountRefused, refuse_amount
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments import rules
from baohe.rooms.payments.models import PaymentIntent, Payout, Refund
from tests.payments.conftest import audit, post_callback, signed_body
from tests.payments.test_money_out import give_back, pay_out

MOST = 1_000_000

FRACTIONS = [3411.6425, 3412.0, Decimal("3411.6425"), Decimal("3412"), "3412", True, None]


@given(amount=st.integers() | st.floats() | st.decimals() | st.booleans() | st.text(max_size=5) | st.none())
def test_only_whole_fen_within_the_limit_pass(amount):
    if type(amount) is int and 0 < amount <= MOST:
        assert refuse_amount(amount, "amount", MOST) is amount
    else:
        with pytest.raises(AmountRefused):
            refuse_amount(amount, "amount", MOST)


@pytest.mark.field_bug(13)
@given(yuan=st.decimals(0, 10**6, places=4))
def test_a_provider_that_says_a_fraction_of_a_fen_says_nothing(yuan):
    text = f"{yuan:f}"
    fen = protocol.read_yuan(text)
    assert fen is None
    assert protocol.read_yuan(f"{yuan:.2f}") == round(Decimal(f"{yuan:.2f}") * 100)


@pytest.mark.django_db
@pytest.mark.field_bug(13)
@pytest.mark.parametrize("amount", FRACTIONS, ids=repr)
def test_no_fraction_of_a_fen_gets_in_anywhere(wallet, cover, open_payment, amount):
    paid = open_payment(10_000)
    post_callback(signed_body(paid))
    for act in (lambda: open_payment(amount), lambda: give_back(paid, amount), lambda: pay_out(amount_fen=amount)):
        with pytest.raises(AmountRefused):
            act()
    assert (PaymentIntent.objects.count(), Refund.objects.count(), Payout.objects.count()) == (1, 0, 0)


@pytest.mark.django_db
@pytest.mark.field_bug(13)
@pytest.mark.parametrize("text", ["34.116425", "34.121", "0.001", "NaN", "1e3", "-34.12", "34,12"])
def test_a_callback_with_a_fraction_pays_nothing_and_leaves_its_row(wallet, cover, open_payment, text):
    intent = open_payment(3_412)
    assert post_callback(signed_body(intent, total_amount=text)) == "fail"
    assert (payments.intent(intent.id).state, cover.issued, ledger.balances()) == ("created", [], {})
    assert audit() == [("refused", "malformed")]


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [0, -1, 10**15])
def test_sign_and_limit_hold_at_each_opening(wallet, open_payment, amount):
    with pytest.raises(AmountRefused):
        open_payment(amount)
    with pytest.raises(AmountRefused):
        pay_out(amount_fen=amount)
    assert (PaymentIntent.objects.count(), Payout.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_limit_itself_passes_and_a_fen_more_does_not(wallet, open_payment):
    limits = rules.limits_on(clock.today())
    assert open_payment(limits.most_in_fen).amount_fen == limits.most_in_fen
    assert pay_out(amount_fen=limits.most_out_fen).amount_fen == limits.most_out_fen
    with pytest.raises(AmountRefused):
        open_payment(limits.most_in_fen + 1)


@pytest.mark.django_db
def test_a_provider_that_speaks_of_more_than_the_limit_is_not_believed(wallet, cover, open_payment):
    intent = open_payment()
    most = rules.limits_on(clock.today()).most_in_fen
    assert post_callback(signed_body(intent, total_amount=protocol.yuan_text(most + 1))) == "fail"
    assert audit() == [("refused", "amount_refused")]
    assert ledger.balances() == {}


@pytest.mark.django_db
def test_a_line_with_a_fraction_opens_nothing(wallet):
    from baohe.rooms.payments.contracts import LineTerms

    with pytest.raises(AmountRefused):
        payments.open_intent(
            kind="test",
            subject_id=uuid4(),
            shard_key=7,
            account_id=uuid4(),
            payee="haijia",
            amount_fen=100,
            description="",
            payer="",
            lines=[LineTerms(uuid4(), "haijia", "海岬", 50.5), LineTerms(uuid4(), "haijia", "海岬", 49.5)],  # type: ignore[arg-type]
        )
    assert PaymentIntent.objects.count() == 0

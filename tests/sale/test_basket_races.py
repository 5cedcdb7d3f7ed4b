"""Two hands on one basket at the same moment, on real connections."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from baohe.flows import basket
from baohe.flows.cancel import cancel_policy
from baohe.flows.settle_payment import settle_notification
from baohe.kernel.errors import BaoheError
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.models import Policy
from tests.payments.conftest import as_told
from tests.sale import basket_steps as does
from tests.sale import steps, world
from tests.sale.test_settle import events, in_parallel
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def customer(now: None) -> world.Customer:
    put_on_sale()
    return world.customer()


def test_two_tabs_that_pay_the_same_basket_open_one_payment(customer: world.Customer) -> None:
    chosen = does.of_two(customer)
    intents = in_parallel(6, lambda: does.paying(customer, chosen))
    assert len({intent.id for intent in intents}) == PaymentIntent.objects.count() == 1


def test_overlapping_baskets_never_share_a_proposal(customer: world.Customer) -> None:
    one, two = does.of_two(customer)
    three = does.ready(customer)
    wishes = [[one, two], [two, three], [three, one]] * 2
    outcomes = in_parallel(6, lambda: outcome_of(lambda: does.paying(customer, wishes.pop())))
    opened = {outcome.id for outcome in outcomes if not isinstance(outcome, BaoheError)}
    assert len(opened) == PaymentIntent.objects.exclude(state="closed").count() == 1
    assert {failure.code for failure in outcomes if isinstance(failure, BaoheError)} <= {"paid_elsewhere"}


@pytest.mark.field_bug(10)
def test_taking_out_while_paying_ends_with_one_of_the_two(customer: world.Customer) -> None:
    mine, his = does.of_two(customer)
    acts: list[Callable[[], object]] = [
        lambda: does.paying(customer, [mine, his]),
        lambda: basket.remove(customer.id, his.item.id),
    ] * 2
    outcomes = in_parallel(4, lambda: outcome_of(acts.pop()))
    codes = {failure.code for failure in outcomes if isinstance(failure, BaoheError)}
    left = does.states(customer)
    if PaymentIntent.objects.count():
        assert (left, codes) == (["paying", "paying"], {"basket_item_being_paid"})
    else:
        assert (left, codes) == (["ready"], {"not_found"})


@pytest.mark.field_bug(11)
def test_callbacks_in_parallel_buy_the_basket_once(customer: world.Customer) -> None:
    intent = does.paying(customer, does.of_two(customer))
    told = steps.callback(intent)
    words = in_parallel(6, lambda: settle_notification(*as_told(told)).word)
    assert sorted(words) == ["accepted", *["duplicate"] * 5]
    assert (Policy.objects.count(), len(events("policies.issued"))) == (2, 2)
    assert ledger.balance("wallet/clearing") == intent.amount_fen
    assert ledger.check() == []


def test_paying_again_while_it_settles_does_not_lock_up(customer: world.Customer) -> None:
    chosen = does.of_two(customer)
    intent = does.paying(customer, chosen)
    told = steps.callback(intent)
    acts: list[Callable[[], object]] = [
        lambda: settle_notification(*as_told(told)),
        lambda: does.paying(customer, chosen),
    ] * 3
    in_parallel(6, lambda: outcome_of(acts.pop()))
    assert (Policy.objects.count(), PaymentIntent.objects.count()) == (2, 1)


@pytest.mark.field_bug(19)
def test_leaving_both_policies_at_once_gives_back_each_part_once(customer: world.Customer) -> None:
    bought = list(does.bought(customer, does.of_two(customer)).values())
    wishes = bought * 3
    in_parallel(6, lambda: leave(customer, wishes.pop()))
    payment = bought[0].payment_id
    assert payment is not None
    refunds = payments.refunds_of(payment)
    assert sorted(refund.amount_fen for refund in refunds) == sorted(policy.paid_fen for policy in bought)
    assert ledger.balance("refunds/payable") == -sum(policy.paid_fen for policy in bought)
    assert ledger.check() == payments.check() == []
    assert all(policies.policy(customer.id, policy.id).state == "cancelled" for policy in bought)


def leave(customer: world.Customer, policy: PolicyView) -> object:
    return cancel_policy(customer.id, policy.id, policy.paid_fen, uuid4().hex)


def outcome_of(act: Callable[[], object]) -> object:
    """What it returned, or how it was refused."""
    try:
        return act()
    except BaoheError as refusal:
        return refusal

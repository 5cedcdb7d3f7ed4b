"""A bug of the field: two hands take the same rows in opposite order, and the database must kill one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, transaction

from baohe.flows import limited
from baohe.plumbing import clock
from baohe.rooms.allowances.actions import reserve
from baohe.rooms.allowances.models import Quota
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.actions import refund
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.payments.models import PaymentIntent, PaymentLine
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.actions import issue
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.models import Policy
from tests.money.bugs.undoing import BROKEN_AFTER_SECONDS, meeting
from tests.payments.conftest import together
from tests.sale import basket_steps as does
from tests.sale import steps, world
from tests.shelf import put_on_sale

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.field_bug(10)]


@dataclass(frozen=True, slots=True)
class Both:
    """Of two that did the same at once: how many got their way, and how many the database killed."""

    done: int
    deadlocked: int


def both(*acts: Callable[[], object]) -> Both:
    outcomes = together(*acts)
    killed = [outcome for outcome in outcomes if _is_deadlock(outcome)]
    done = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    assert len(killed) + len(done) == len(outcomes), outcomes
    return Both(len(done), len(killed))


def _is_deadlock(outcome: object) -> bool:
    return isinstance(outcome, OperationalError) and "deadlock detected" in str(outcome)


def as_they_come(wished: Iterable[Any], key: object = None) -> list[Any]:
    """In place of `sorted`: everybody takes their rows in the order of their own wishes."""
    return list(wished)


@pytest.fixture
def shop(now: None) -> None:
    put_on_sale()


# ---- baskets: two customers want two limited products, each in another order


@pytest.fixture
def scarce(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every version on the shelf is limited to ten."""

    class Scarce:
        @staticmethod
        def version(version_id: str) -> Any:
            return replace(catalog.version(version_id), quota=10)

    monkeypatch.setattr(limited, "catalog", Scarce)


def two_baskets() -> Both:
    """Both customers want medical and accident cover; the second one chose accident cover first."""
    chosen = []
    for phone in ("13800000001", "13800000003"):
        customer = world.customer(phone)
        chosen.append((customer, [does.ready(customer), does.ready(customer, product=does.ACCIDENT)]))
    (lin, first), (zhou, second) = chosen
    return both(lambda: does.paying(lin, first), lambda: does.paying(zhou, second[::-1]))


def test_two_baskets_of_the_same_limited_products_do_not_wait_for_each_other(shop: None, scarce: None) -> None:
    assert two_baskets() == Both(2, 0)
    assert set(Quota.objects.values_list("used", flat=True)) == {2}


def test_two_baskets_of_the_same_limited_products_deadlock_without_the_order_of_versions(
    shop: None, scarce: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layer is one order of versions for all baskets. The one that was killed left nothing behind."""
    monkeypatch.setattr(limited, "sorted", as_they_come, raising=False)
    monkeypatch.setattr(limited.allowances, "reserve", meeting(2, limited.allowances.reserve))
    assert two_baskets() == Both(1, 1)
    assert set(Quota.objects.values_list("used", flat=True)) == {1}
    assert PaymentIntent.objects.count() == 1


def two_refusals() -> Both:
    """Two baskets were paid too late: each gives its places back, of the same two versions in another order."""
    intents = []
    for phone, products in (
        ("13800000001", (steps.MEDICAL, does.ACCIDENT)),
        ("13800000003", (does.ACCIDENT, steps.MEDICAL)),
    ):
        customer = world.customer(phone)
        intents.append(does.paying(customer, [does.ready(customer, product=product) for product in products]))

    def gives_up(intent: IntentView) -> Callable[[], object]:
        def act() -> object:
            with transaction.atomic():
                return limited.give_up([line.subject_id for line in payments.lines_of(intent.id)], intent.id)

        return act

    return both(*map(gives_up, intents))


def test_two_refused_baskets_of_the_same_limited_products_do_not_wait_for_each_other(shop: None, scarce: None) -> None:
    assert two_refusals() == Both(2, 0)
    assert set(Quota.objects.values_list("used", flat=True)) == {0}


def test_two_refused_baskets_of_the_same_limited_products_deadlock_without_the_order_of_versions(
    shop: None, scarce: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layer is the same order of versions for those who give back. The one that was killed keeps its places."""
    monkeypatch.setattr(reserve, "sorted", as_they_come, raising=False)
    monkeypatch.setattr(reserve, "_free_of", meeting(2, reserve._free_of))
    assert two_refusals() == Both(1, 1)
    assert set(Quota.objects.values_list("used", flat=True)) == {1}


# ---- payments: one payment for two covers is settled by two hands, each in another order


def two_settlements(intent: IntentView) -> Both:
    ids = [line.subject_id for line in payments.lines_of(intent.id)]
    paid_at = clock.now()

    def settled(proposal_ids: list[UUID]) -> object:
        with transaction.atomic():
            return policies.issue_together(proposal_ids, paid_at, intent.id)

    return both(lambda: settled(ids), lambda: settled(ids[::-1]))


@pytest.fixture
def basket(shop: None) -> IntentView:
    customer = world.customer()
    return does.paying(customer, does.of_two(customer))


def test_two_settlements_of_the_same_proposals_do_not_wait_for_each_other(basket: IntentView) -> None:
    assert two_settlements(basket) == Both(2, 0)
    assert Policy.objects.count() == 2


def test_two_settlements_of_the_same_proposals_deadlock_without_the_order_of_ids(
    basket: IntentView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layer is one order of ids for all settlements. What the other one settled is whole."""
    monkeypatch.setattr(issue, "sorted", as_they_come, raising=False)
    monkeypatch.setattr(issue, "_locked", meeting(2, issue._locked))
    assert two_settlements(basket) == Both(1, 1)
    assert Policy.objects.count() == 2


# ---- cancellations: a refund is refused in the moment in which another one of the same cover is asked for


Act = Callable[[], object]


def refused_and_asked_anew(policy: PolicyView, before: Act = lambda: None) -> tuple[Act, Act]:
    """The worker writes down that a refund of ¥1 was refused, while another ¥1 of the same line is asked for; `before`
    is what the second one takes beforehand. Either may be done again and changes nothing then."""
    assert policy.payment_id is not None

    def asked(key: str) -> Any:
        assert policy.payment_id is not None
        return payments.request_refund(
            intent_id=policy.payment_id,
            natural_key=key,
            amount_fen=100,
            reason="退保",
            subject_id=policy.proposal_id,
        )

    def asked_anew() -> Any:
        with transaction.atomic():
            before()
            return asked("second")

    first = asked("first")
    return lambda: refund._write_down(first.id, "failed", 0), asked_anew


@pytest.fixture
def bought(basket: IntentView) -> PolicyView:
    assert steps.told(basket).word == "accepted"
    return policies.policies_of_payment(basket.id, basket.shard_key)[0]


def test_two_hands_on_the_refunds_of_one_cover_do_not_wait_for_each_other(bought: PolicyView) -> None:
    assert both(*refused_and_asked_anew(bought)) == Both(2, 0)
    assert payments.check() == []


def test_two_hands_on_the_refunds_of_one_cover_deadlock_without_the_order_of_intent_and_line(
    bought: PolicyView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layer is the order of the house, the intent before its line: here the second hand takes the line first. The
    one that was killed left nothing behind: whichever it was, it comes again, and all is as if nobody had been."""
    gate, free_line = Barrier(2), refund._free_line

    def line_first() -> None:
        list(PaymentLine.objects.select_for_update().filter(subject_id=bought.proposal_id))
        gate.wait(BROKEN_AFTER_SECONDS)

    def with_the_intent_in_hand(row: Any) -> None:
        gate.wait(BROKEN_AFTER_SECONDS)
        free_line(row)

    with monkeypatch.context() as broken:
        broken.setattr(refund, "_free_line", with_the_intent_in_hand)
        assert both(*refused_and_asked_anew(bought, before=line_first)) == Both(1, 1)
    for act in refused_and_asked_anew(bought):
        act()
    assert payments.check() == []

"""Leaving: the amount that was shown, given back once (SERV-2, SERV-3, OVER-2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from baohe.flows.cancel import cancel_policy, leaving_today, refund_done
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.plumbing.idempotency import KeyReused
from baohe.plumbing.models import OutboxEvent
from baohe.plumbing.outbox import Event
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.errors import LeavingNotPossible, RefundChanged
from tests.sale import steps, world
from tests.sale.test_settle import events, in_parallel
from tests.sale.world import Customer
from tests.shelf import put_on_sale

CLAW_BACK = "platform/commission_clawed_back"


def refunds(policy_payment: object) -> int:
    return len(payments.refunds_of(policy_payment))  # type: ignore[arg-type]  # a payment's id


@pytest.mark.rule("SERV-2")
@pytest.mark.rule("SALE-9")
def test_in_cooling_off_everything_goes_back_to_the_same_payment(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    left = cancel_policy(lin.id, policy.id, 31_200, "k1")
    assert (left.policy.state, left.refund_fen) == ("cancelled", 31_200)
    assert policy.payment_id is not None
    [refund] = payments.refunds_of(policy.payment_id)
    assert (refund.amount_fen, refund.intent_id) == (31_200, policy.payment_id)
    assert (ledger.balance("wallet/clearing"), ledger.balance("refunds/payable")) == (31_200, -31_200)
    assert ledger.balance(CLAW_BACK) == -ledger.balance("platform/commission_earned")
    assert evidence.leaf_of(str(policy.id), "policy_cancelled") is not None
    assert events("policies.cancelled") == [str(policy.id)]


@pytest.mark.rule("SERV-3")
def test_after_cooling_off_the_days_left_are_given_back(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    with clock.travel(world.NOW + timedelta(days=16)):
        leaving = leaving_today(lin.id, policy.id)
        assert 0 < leaving.refund_fen < 31_200
        cancel_policy(lin.id, policy.id, leaving.refund_fen, "k1")
    assert ledger.balance("refunds/payable") == -leaving.refund_fen
    assert ledger.balance("insurer/haijia/premium_refunded") == leaving.refund_fen
    assert ledger.check() == []


def test_another_amount_than_the_one_shown_is_a_conflict_and_nothing_happened(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    before = OutboxEvent.objects.count()
    for amount in (0, 31_199, 31_201):
        with pytest.raises(RefundChanged) as refusal:
            cancel_policy(lin.id, policy.id, amount, uuid4().hex)
        assert refusal.value.facts["refund_fen"] == 31_200
    assert policies.policy(lin.id, policy.id).state == "cooling_off"
    assert (OutboxEvent.objects.count(), ledger.balance("wallet/clearing")) == (before, 31_200)


def test_leaving_twice_is_leaving_once(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    first = cancel_policy(lin.id, policy.id, 31_200, "k1")
    assert cancel_policy(lin.id, policy.id, 31_200, "k1").cancelled_at == first.cancelled_at
    assert cancel_policy(lin.id, policy.id, 31_200, "k2").cancelled_at == first.cancelled_at
    assert refunds(policy.payment_id) == 1
    with pytest.raises(KeyReused):
        cancel_policy(lin.id, policy.id, 5, "k1")


def test_a_policy_that_ended_cannot_be_left(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    with clock.travel(datetime(2027, 11, 23, 4, tzinfo=UTC)), pytest.raises(LeavingNotPossible):
        cancel_policy(lin.id, policy.id, 0, "k1")
    assert refunds(policy.payment_id) == 0


@pytest.mark.field_bug(27)
def test_a_stranger_cannot_end_a_policy(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    with pytest.raises(NotFound):
        cancel_policy(uuid4(), policy.id, 31_200, "k1")
    assert policies.policy(lin.id, policy.id).state == "cooling_off"


@pytest.mark.rule("SALE-3")
def test_leaving_takes_the_consent_to_deductions_back(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin), "monthly")
    assert consent.is_granted(lin.id, "deduction", str(policy.proposal_id))
    cancel_policy(lin.id, policy.id, 2_600, "k1")
    assert not consent.is_granted(lin.id, "deduction", str(policy.proposal_id))


def test_the_refund_is_told_once_when_it_is_done(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    cancel_policy(lin.id, policy.id, 31_200, "k1")
    before = len(events("notices.send"))
    event = Event(1, "payments.refund_done", "", {"natural_key": f"cancel:{policy.id}", "amount_fen": 31_200}, 1)
    refund_done(event)
    refund_done(event)
    assert policies.policy(lin.id, policy.id).refunded_at is not None
    assert len(events("notices.send")) == before + 1
    assert (ledger.balance("wallet/clearing"), ledger.balance("refunds/payable")) == (0, 0)
    assert ledger.check() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.field_bug(19)
def test_cancellations_in_parallel_end_with_one_refund(now: None) -> None:
    put_on_sale()
    customer = world.customer()
    policy = steps.sold(steps.drafted(customer))
    left = in_parallel(6, lambda: cancel_policy(customer.id, policy.id, 31_200, uuid4().hex))
    assert {result.refund_fen for result in left} == {31_200}
    assert refunds(policy.payment_id) == 1
    assert ledger.balance("refunds/payable") == -31_200
    assert ledger.check() == []

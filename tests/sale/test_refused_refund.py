"""A refund that the wallet refuses for good reaches the policyholder another way, once (SALE-9)."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from baohe.config.wiring import handlers
from baohe.flows import disburse, endorse
from baohe.flows.cancel import cancel_policy
from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.disbursements import facade as disbursements
from baohe.rooms.disbursements.contracts import Actor, DisbursementView, Payee
from baohe.rooms.disbursements.models import Disbursement
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices.models import Message
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import Payout
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.models import Proposal
from baohe.rooms.reconciliation import facade as reconciliation
from tests.payments.conftest import bank, deliver, post_callback, queued, wallet, work  # noqa: F401 - fixtures are found by their names here
from tests.sale import steps, world
from tests.sale.world import Customer

CHENG, XU = Actor(uuid4(), "程立"), Actor(uuid4(), "许衡")
OWN = Payee("临江银行", "林 知夏", "6222021001008888123")


def told(template: str) -> int:
    return Message.objects.filter(template=template).count()


def task() -> DisbursementView:
    [one] = disbursements.page().items
    return one


def again(topic: str) -> None:
    """At least once means: also twice."""
    for event in OutboxEvent.objects.filter(topic=topic):
        handlers()[topic](outbox.Event(event.id, topic, event.subject, event.payload, 1))


@pytest.fixture
def refused(lin: Customer, wallet, bank, work):  # noqa: F811
    """A policy paid at the wallet and left; the wallet refuses to give the premium back."""
    intent = steps.locked(steps.signed(steps.drafted(lin)))
    wallet.pay(intent.id)
    assert post_callback(json.loads(wallet.outgoing()[0]["body"])) == "success"
    policy = policies.policy_of_payment(intent.id, intent.shard_key)
    assert policy is not None
    cancel_policy(lin.id, policy.id, policy.paid_fen, "k1")
    wallet.faults(refuse=1)
    work()
    again("payments.refund_failed")
    return policy


@pytest.mark.rule("SALE-9")
def test_two_people_pay_it_and_the_policy_is_refunded_once(refused, lin: Customer, wallet, bank, work) -> None:  # noqa: F811
    found, fen = task(), refused.paid_fen
    assert (found.natural_key, found.amount_fen, found.state) == (f"cancel:{refused.id}", fen, "open")
    # the round finds what nobody was told of, and makes no second task of it
    assert (disburse.look(), disburse.look()) == (1, 1)
    assert (task(), told("refund_refused")) == (found, 1)
    assert payments.check() == [f"refund refused for good, its money is still here: cancel:{refused.id}"]
    assert disbursements.problems() == []

    with pytest.raises(disbursements.WrongHolder):
        disburse.enter_account(found.id, Payee("临江银行", "陈小满", OWN.number), CHENG)
    assert task() == found

    disburse.enter_account(found.id, OWN, CHENG)
    with pytest.raises(disbursements.SecondPersonNeeded):
        disburse.approve(found.id, CHENG)
    assert Payout.objects.count() == 0
    disburse.approve(found.id, XU)
    with pytest.raises(disbursements.NotWaiting):
        disburse.approve(found.id, XU)
    work(hours=1)
    again("payments.payout_done")

    assert task().state == "done"
    assert policies.policy(lin.id, refused.id).refunded_at is not None
    assert (told("payment_refunded_by_transfer"), told("payment_refunded")) == (1, 0)
    assert ledger.balance("refunds/payable") == 0
    assert (ledger.balance("wallet/clearing"), ledger.balance("transfer/clearing")) == (fen, -fen)
    assert wallet.simulator.store.balance("merchant") == fen
    assert [row.amount_fen for row in Payout.objects.all()] == [fen]
    assert ledger.check() + payments.check() + disbursements.problems() == []


def test_what_the_bank_refuses_is_owed_and_ordered_again_by_two(refused, bank, work) -> None:  # noqa: F811
    found = task()
    disburse.enter_account(found.id, OWN, CHENG)
    disburse.approve(found.id, XU)
    bank.faults(refuse=1)
    work(hours=1)
    again("payments.payout_failed")
    failed = task()
    assert (failed.state, failed.attempt, failed.last_four) == ("open", 2, "")
    assert ledger.balance("refunds/payable") == -refused.paid_fen
    disburse.enter_account(found.id, OWN, XU)
    disburse.approve(found.id, CHENG)
    work(hours=1)
    again("payments.payout_failed")  # the old word about the first try
    assert (task().state, ledger.balance("refunds/payable")) == ("done", 0)
    assert payments.check() + disbursements.problems() == []


def test_money_without_a_cover_leaves_suspense_the_same_way(lin: Customer, wallet, bank, work, queued) -> None:  # noqa: F811
    intent = steps.locked(steps.signed(steps.drafted(lin)))
    wallet.pay(intent.id)
    body = queued()
    with clock.travel(world.NOW + timedelta(minutes=20)):
        Proposal.objects.update(state="expired")
        assert post_callback(body) == "success"
        wallet.faults(refuse=1)
        deaf = {topic: act for topic, act in handlers().items() if topic != "payments.surplus_failed"}
        while outbox.work_once(deaf):
            pass
        assert disbursements.page().total == 0  # refused before anybody listened: the round finds it
        disburse.look()
        found = task()
        assert (found.natural_key, found.reference) == (f"surplus:{intent.id}", intent.order_number)
        disburse.enter_account(found.id, OWN, CHENG)
        disburse.approve(found.id, XU)
        work(hours=1)
    fen = intent.amount_fen
    assert ledger.balance("suspense/wallet") == 0
    assert (ledger.balance("wallet/clearing"), ledger.balance("transfer/clearing")) == (fen, -fen)
    assert Disbursement.objects.get().state == "done"
    assert ledger.check() + payments.check() + disbursements.problems() + reconciliation.problems() == []


@pytest.mark.rule("SALE-9")
def test_what_a_lower_sum_gives_back_is_made_up_for_too(lin: Customer, wallet, bank, work) -> None:  # noqa: F811
    inputs = {"sum_insured": "1000000", "plan": "with_medical"}
    intent = steps.locked(steps.signed(steps.drafted(lin, product="songtao-accident", inputs=inputs)))
    wallet.pay(intent.id)
    assert post_callback(json.loads(wallet.outgoing()[0]["body"])) == "success"
    policy = policies.policy_of_payment(intent.id, intent.shard_key)
    assert policy is not None
    chosen = endorse.lower_choices(lin.id, policy.id)[0]
    endorsed = endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
    wallet.faults(refuse=1)
    work()
    again("payments.refund_failed")

    found = task()
    assert (found.natural_key, found.amount_fen) == (f"endorse:{policy.id}:1", chosen.refund_fen)
    assert told("refund_refused") == 1
    assert not endorse.is_back(endorsed.policy, endorsed.endorsement)
    disburse.enter_account(found.id, OWN, CHENG)
    disburse.approve(found.id, XU)
    work(hours=1)
    again("payments.payout_done")

    assert task().state == "done"
    assert endorse.is_back(endorsed.policy, endorsed.endorsement)
    assert (told("payment_refunded_by_transfer"), told("payment_refunded")) == (1, 0)
    assert policies.policy(lin.id, policy.id).state == "cooling_off"
    assert ledger.balance("refunds/payable") == 0
    assert (ledger.check(), disbursements.problems()) == ([], [])

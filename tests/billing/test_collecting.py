"""Instalments that are charged, paid by hand, refused, unknown and tried again (SALE-3, field bugs 16, 17, 21)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from baohe.flows import billing_round, collect_instalment
from baohe.flows.stop_deduction import allow_deduction, stop_deduction
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.billing import facade as billing
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies.models import PremiumReceipt
from tests.billing import steps
from tests.billing.bank import Bank
from tests.payments.conftest import together
from tests.sale import world
from tests.sale.world import Customer
from tests.shelf import put_on_sale

DUE = date(2026, 12, 23)
RECEIVABLE, INCOME = "insurer/haijia/premium_receivable", "insurer/haijia/premium_income"


def test_a_sale_in_parts_leaves_a_plan(lin: Customer) -> None:
    policy = steps.monthly(lin)
    plan = billing.plan_of(policy.id)
    assert [one.number for one in plan] == list(range(2, 13))
    assert (plan[0].due_on, plan[0].grace_ends, plan[0].state) == (DUE, date(2027, 1, 22), "planned")
    assert sum(one.amount_fen for one in plan) + policy.paid_fen == policy.total_fen == 31_200


@pytest.mark.rule("SALE-3")
def test_a_deduction_is_announced_then_made_and_booked(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.bound(lin)
    steps.round_on(DUE - timedelta(days=8))
    assert steps.messages(lin) == []
    steps.round_on(DUE - timedelta(days=7))
    assert steps.messages(lin) == ["deduction_ahead"]
    steps.round_on(DUE - timedelta(days=1))
    assert bank.calls == []

    steps.round_on(DUE)
    two = steps.item(policy, 2)
    assert (two.state, two.provider, two.paid_on, len(bank.calls)) == ("paid", "deduction", DUE, 1)
    assert (steps.seen(policy).paid_fen, steps.seen(policy).receipts[0].received_on) == (5_200, DUE)
    assert (ledger.balance(RECEIVABLE), ledger.balance(INCOME)) == (0, -5_200)
    assert (ledger.balance("deduction/clearing"), ledger.balance("wallet/clearing")) == (2_600, 2_600)
    assert evidence.leaf_of(str(two.id), "instalment_paid") is not None
    assert (ledger.check(), billing.problems()) == ([], [])


@pytest.mark.rule("SALE-3")
def test_without_consent_or_account_nothing_is_charged_and_the_customer_is_told(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.round_on(DUE)
    assert steps.messages(lin) == ["premium_unpaid"]  # no account bound
    steps.bound(lin)
    stop_deduction(lin.id, policy.id)
    steps.round_on(DUE + timedelta(days=3))
    assert steps.messages(lin) == ["premium_unpaid", "premium_unpaid"]
    assert (bank.calls, PaymentIntent.objects.filter(kind="instalment").count()) == ([], 0)
    assert (ledger.balance(RECEIVABLE), steps.seen(policy).paid_fen) == (2_600, 2_600)

    allow_deduction(lin.id, policy.id)
    steps.round_on(DUE + timedelta(days=10))
    assert steps.item(policy, 2).state == "paid"


@pytest.mark.field_bug(16)
def test_every_failure_names_the_next_try(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.bound(lin)
    bank.mood = "insufficient_funds"
    tries = [DUE + timedelta(days=after) for after in (0, 3, 10, 20)]
    for number, day in enumerate(tries):
        steps.round_on(day)
        two = steps.item(policy, 2)
        assert (two.state, two.payment_id, two.tries, two.reason) == ("due", None, number + 1, "insufficient_funds")
        assert two.next_try_on == (tries[number + 1] if number < 3 else None)
    assert steps.messages(lin)[-4:].count("deduction_failed") == 4
    steps.round_on(DUE + timedelta(days=21))
    assert (len(bank.calls), steps.seen(policy).paid_fen) == (4, 2_600)
    steps.round_on(DUE + timedelta(days=23))
    assert steps.messages(lin)[-1] == "grace_ending"


def test_an_unknown_charge_blocks_everything_until_it_is_known(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.bound(lin)
    bank.mood = "lost"
    steps.round_on(DUE)
    steps.round_on(DUE + timedelta(days=3))
    with steps.on(DUE + timedelta(days=3)), pytest.raises(billing.NotPayable):
        collect_instalment.pay_by_hand(lin.id, policy.id, 2, uuid4().hex)
    steps.round_on(DUE + timedelta(days=40))
    assert (len(set(bank.calls)), steps.seen(policy).suspensions, steps.seen(policy).lapsed_on) == (1, (), None)

    bank.mood = "done"
    steps.round_on(DUE + timedelta(days=41))
    assert (steps.item(policy, 2).state, len(bank.charged)) == ("paid", 1)
    steps.round_on(DUE + timedelta(days=42))  # the third is due by now, and no longer waits for the second
    assert len(bank.charged) == 2
    assert steps.seen(policy).paid_fen == 7_800
    assert ledger.check() == []


def test_paying_by_hand_takes_one_instalment_once_and_in_order(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.bound(lin)
    steps.round_on(DUE - timedelta(days=7))
    with steps.on(DUE - timedelta(days=5)):
        first = collect_instalment.pay_by_hand(lin.id, policy.id, 2, "k1")
        assert collect_instalment.pay_by_hand(lin.id, policy.id, 2, "k2").id == first.id
        with pytest.raises(billing.NotPayable):
            collect_instalment.pay_by_hand(lin.id, policy.id, 3, "k3")
        steps.paid_by_hand(lin, policy, 2)
        with pytest.raises(billing.NotPayable):
            collect_instalment.pay_by_hand(lin.id, policy.id, 2, "k4")
        with pytest.raises(NotFound):
            collect_instalment.pay_by_hand(uuid4(), policy.id, 3, "k5")
    steps.round_on(DUE)
    assert (bank.calls, steps.seen(policy).paid_fen, ledger.balance(RECEIVABLE)) == ([], 5_200, 0)


@pytest.mark.field_bug(17)
def test_a_later_instalment_waits_for_the_earlier_one(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.round_on(DUE)
    steps.bound(lin)
    bank.mood = "over_limit"
    steps.round_on(date(2027, 1, 12))
    bank.mood = "done"
    steps.round_on(date(2027, 1, 22))  # no try of the second is left, and the third is not due
    with steps.on(date(2027, 1, 22)):
        steps.paid_by_hand(lin, policy, 2)
    steps.round_on(date(2027, 1, 23))
    assert [steps.item(policy, n).state for n in (2, 3, 4)] == ["paid", "paid", "planned"]


def test_nothing_is_taken_before_its_day(lin: Customer, bank: Bank) -> None:
    steps.monthly(lin)
    steps.bound(lin)
    before = OutboxEvent.objects.count()
    with pytest.raises(InvalidInput):
        billing_round.run(DUE)
    assert (bank.calls, OutboxEvent.objects.count()) == ([], before)


def test_money_for_a_policy_that_was_left_meanwhile_goes_back(lin: Customer, bank: Bank) -> None:
    from baohe.flows.cancel import cancel_policy, leaving_today

    policy = steps.monthly(lin)
    steps.bound(lin)
    bank.mood = "lost"
    steps.round_on(DUE)
    with steps.on(DUE):
        cancel_policy(lin.id, policy.id, leaving_today(lin.id, policy.id).refund_fen, "k1")
        assert ledger.balance(RECEIVABLE) == 0
        bank.mood = "done"
    steps.round_on(DUE + timedelta(days=1))
    assert list(bank.refunds.values()) == [2_600]
    assert (steps.seen(policy).paid_fen, ledger.balance("deduction/clearing")) == (2_600, 0)
    assert ledger.balance("suspense/deduction") == 0
    assert ledger.check() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.field_bug(21)
def test_rounds_in_parallel_and_again_bill_and_charge_once(now: None, bank: Bank) -> None:
    put_on_sale()
    lin = world.customer()
    policy = steps.monthly(lin)
    steps.bound(lin)

    def run() -> object:
        with steps.on(DUE):
            return billing_round.run(DUE)

    rounds = together(*[run] * 4)
    assert [sum(getattr(done, step) for done in rounds) for step in ("fell_due", "tried", "failed")] == [1, 1, 0]
    steps.round_on(DUE)
    assert (len(bank.charged), PremiumReceipt.objects.count()) == (1, 1)
    assert (steps.seen(policy).paid_fen, ledger.balance(RECEIVABLE)) == (5_200, 0)
    assert steps.messages(lin).count("deduction_ahead") <= 1
    assert ledger.check() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("SALE-3")
@pytest.mark.parametrize("_", range(3))
def test_a_consent_withdrawn_while_charging_is_respected_or_too_late_never_ignored(
    now: None, bank: Bank, _: int
) -> None:
    put_on_sale()
    lin = world.customer()
    policy = steps.monthly(lin)
    steps.bound(lin)
    with steps.on(DUE):
        billing_round.run(DUE - timedelta(days=1))

    def withdraw() -> object:
        with steps.on(DUE):
            return stop_deduction(lin.id, policy.id)

    def charge() -> object:
        with steps.on(DUE):
            return billing_round.run(DUE)

    assert not any(isinstance(done, Exception) for done in together(withdraw, charge))
    opened = PaymentIntent.objects.filter(kind="instalment").first()
    stopped_at = evidence.leaf_of(str(policy.id), "deduction_stopped")
    assert stopped_at is not None
    if opened is None:
        assert (steps.item(policy, 2).payment_id, steps.item(policy, 2).tries) == (None, 0)
    steps.round_on(DUE + timedelta(days=30))
    assert PaymentIntent.objects.filter(kind="instalment").count() == (0 if opened is None else 1)


@pytest.mark.field_bug(21)
def test_a_round_that_died_halfway_is_finished_by_the_next(lin: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    policies_ = [steps.monthly(lin), steps.monthly(lin)]
    posted = []

    def die(policy: object, *facts: object) -> None:
        if posted:
            raise KeyboardInterrupt
        posted.append(policy)
        original(policy, *facts)  # type: ignore[arg-type]

    from baohe.flows import bookkeeping

    original = bookkeeping.receivable
    monkeypatch.setattr(bookkeeping, "receivable", die)
    with steps.on(DUE), pytest.raises(KeyboardInterrupt):
        billing_round.run(DUE)
    monkeypatch.undo()
    assert ledger.balance(RECEIVABLE) == 2_600
    steps.round_on(DUE)
    assert ledger.balance(RECEIVABLE) == 5_200
    assert [steps.item(policy, 2).state for policy in policies_] == ["due", "due"]


def test_policies_from_before_get_their_plan_once(lin: Customer) -> None:
    policy = steps.monthly(lin)
    assert billing_round.plan_missing() == 0
    assert len(billing.plan_of(policy.id)) == 11
    assert payments.check() == []
    assert clock.today() == date(2026, 11, 22)

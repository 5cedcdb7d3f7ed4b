"""Two years of a policy paid by the year, in any order of days, payments, failures and wishes, beside a plain
reference that knows only days and counts (field bug 18)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baohe.flows import collect_instalment, reinstate
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.flows.stop_deduction import allow_deduction, stop_deduction
from baohe.kernel.dates import add_years
from baohe.kernel.errors import BaoheError
from baohe.rooms.billing import facade as billing
from baohe.rooms.ledger import facade as ledger
from tests.billing import steps
from tests.billing.bank import Bank
from tests.sale import steps as sale
from tests.sale.world import Customer

CHENG = UUID("019307a2-0000-7000-8000-000000000001")
START = date(2026, 11, 23)
STEPS = (
    "next_due",
    "weeks",
    "weeks",
    "grace_over",
    "year",
    "pay",
    "pay",
    "reinstate",
    "bank_refuses",
    "bank_pays",
    "bank_is_lost",
    "bind",
    "stop",
    "allow",
    "cancel",
)


class Life:
    """The policy as it is, and `suspended`, `gone`, `paid` as the reference knows them."""

    def __init__(self, customer: Customer, bank: Bank) -> None:
        self.customer, self.bank, self.day = customer, bank, date(2026, 11, 22)
        self.policy = steps.yearly(customer)
        self.before = held()
        self.gone = False

    def step(self, name: str) -> None:
        moves: dict[str, Callable[[], None]] = {
            "next_due": lambda: self.go(add_years(START, self.paid())),
            "weeks": lambda: self.go(self.day + timedelta(days=17)),
            "grace_over": lambda: self.go(add_years(START, self.paid()) + timedelta(days=61)),
            "year": lambda: self.go(self.day + timedelta(days=360)),
            "pay": self.pay,
            "reinstate": self.reinstate,
            "bank_refuses": lambda: self.mood("insufficient_funds"),
            "bank_pays": lambda: self.mood("done"),
            "bank_is_lost": lambda: self.mood("lost"),
            "bind": lambda: self.at(lambda: steps.bound(self.customer)),
            "stop": lambda: self.at(lambda: stop_deduction(self.customer.id, self.policy.id)),
            "allow": lambda: self.at(lambda: allow_deduction(self.customer.id, self.policy.id)),
            "cancel": self.cancel,
        }
        moves[name]()

    def at(self, act: Callable[[], object]) -> object:
        with steps.on(self.day):
            return act()

    def mood(self, mood: str) -> None:
        self.bank.mood = mood
        self.at(steps.work)

    def go(self, day: date) -> None:
        """Forward only; the round runs on the day and once more."""
        if self.day < day < add_years(START, 6):
            self.day = day
            steps.round_on(day)
            assert steps.round_on(day).stopped == 0

    def paid(self) -> int:
        return 1 + sum(one.state == "paid" for one in billing.plan_of(self.policy.id))

    def pay(self) -> None:
        number = self.paid() + 1
        intent = self.at(lambda: collect_instalment.pay_by_hand(self.customer.id, self.policy.id, number, uuid4().hex))
        self.at(lambda: sale.told(intent))

    def reinstate(self) -> None:
        def act() -> None:
            request = reinstate.ask(self.customer.id, self.policy.id, True, "", True)
            if request.state == "asked":
                reinstate.decide(CHENG, "程立", request.id, True, "无变化")
            sale.told(reinstate.pay(self.customer.id, self.policy.id, uuid4().hex))

        self.at(act)

    def cancel(self) -> None:
        def act() -> None:
            leaving = leaving_today(self.customer.id, self.policy.id)
            cancel_policy(self.customer.id, self.policy.id, leaving.refund_fen, uuid4().hex)
            self.gone = True

        self.at(act)

    def finish(self) -> None:
        """Leave, so that the next example's rounds find nothing of this one."""
        self.mood("done")
        if not self.gone:
            self.cancel()
        self.at(steps.work)
        assert all(one.state in ("paid", "dropped") for one in billing.plan_of(self.policy.id))

    def invariants(self) -> None:
        with steps.on(self.day):
            seen, plan = steps.seen(self.policy), billing.plan_of(self.policy.id)
        under_way = any(one.payment_id and one.state in ("planned", "due") for one in plan)
        # the reference: what is paid is a row of years from the first, and cover stops 60 days after the next one
        paid = self.paid()
        assert [one.state == "paid" for one in plan] == [n < paid for n in range(1, len(plan) + 1)]
        assert seen.paid_fen == paid * self.policy.premium_fen
        stops = add_years(START, paid) + timedelta(days=61)
        if self.gone:
            assert seen.state == "cancelled"
            assert all(one.state in ("paid", "dropped") for one in plan)
        elif not under_way:
            assert (seen.state == "suspended") == (self.day >= stops)
        for earlier, later in zip(seen.suspensions, seen.suspensions[1:], strict=False):
            assert earlier.until is not None
            assert earlier.until <= later.since
        due = sum(one.amount_fen for one in plan if one.state == "due")
        assert (
            ledger.balance("insurer/yunshan/premium_receivable")
            == due
            == -ledger.balance("insurer/yunshan/premium_due")
        )
        assert ledger.check() == []
        kept = seen.paid_fen - (seen.refund_fen or 0)
        assert held() - self.before == kept - self.policy.paid_fen


def held() -> int:
    """What the providers hold for policies, less what is on its way back."""
    accounts = ("wallet/clearing", "deduction/clearing", "suspense/wallet", "suspense/deduction", "refunds/payable")
    return sum(ledger.balance(account) for account in accounts)


@pytest.mark.field_bug(18)
@pytest.mark.rule("SERV-8")
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.sampled_from(STEPS), min_size=5, max_size=14))
def test_no_order_of_events_breaks_a_policy_paid_by_the_year(lin: Customer, bank: Bank, names: list[str]) -> None:
    bank.mood = "done"
    life = Life(lin, bank)
    try:
        for name in names:
            with contextlib.suppress(BaoheError):  # a refusal is an answer; what counts is what stands afterwards
                life.step(name)
            life.invariants()
    finally:
        life.finish()

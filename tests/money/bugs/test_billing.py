"""Bugs of the field in collecting later premiums: billed twice at a month end, a day off, by two runs of one day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from baohe.flows import billing_round, collect_instalment, settle_payment
from baohe.kernel.dates import add_months
from baohe.kernel.decisions import Text
from baohe.plumbing import clock
from baohe.rooms.billing import facade as billing
from baohe.rooms.billing.contracts import InstalmentView
from baohe.rooms.billing.models import Instalment as Row
from baohe.rooms.billing.views import instalment_view
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.models import PremiumReceipt
from baohe.rooms.policies.rules import periods
from baohe.rooms.rating.contracts import Instalment
from tests.billing import steps
from tests.billing.bank import Bank
from tests.money.bugs.undoing import meeting
from tests.payments.conftest import together
from tests.sale import steps as sale
from tests.sale import world
from tests.sale.world import Customer
from tests.shelf import put_on_sale

pytestmark = pytest.mark.field_bug(17)
committed = pytest.mark.django_db(transaction=True)

DUE = date(2026, 12, 23)


# ---- month ends


def charged_on(lin: Customer, start: date, days: list[date]) -> list[str]:
    """Cover from `start`, paid by the month from a bank account; the round runs on `days`. The days of its charges."""
    with steps.on(start.replace(day=20)):
        policy = sale.sold(sale.drafted(lin, start=start, instalment="monthly"), "monthly")
        steps.bound(lin)
    for day in days:
        steps.round_on(day)
    received = PremiumReceipt.objects.filter(policy_id=policy.id).order_by("number")
    return [f"{day:%m-%d}" for day in received.values_list("received_on", flat=True)]


AROUND_THE_ENDS = [date(2027, 2, 28), date(2027, 3, 1), date(2027, 3, 3), date(2027, 3, 30), date(2027, 3, 31)]
IN_A_LEAP_YEAR = [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2028, 3, 2), date(2028, 3, 31)]


def overflowing(day: date, months: int) -> date:
    """As in the field: the days that a month does not have run over into the next one."""
    first = add_months(day.replace(day=1), months)
    return date.fromordinal(first.toordinal() + day.day - 1)


@pytest.mark.parametrize(
    ("start", "days", "charged"),
    [
        (date(2027, 1, 31), AROUND_THE_ENDS, ["02-28", "03-31"]),
        (date(2028, 1, 31), IN_A_LEAP_YEAR, ["02-29", "03-31"]),
    ],
)
def test_cover_from_the_31st_is_charged_once_a_month(
    lin: Customer, bank: Bank, start: date, days: list[date], charged: list[str]
) -> None:
    assert charged_on(lin, start, days) == charged


@pytest.mark.parametrize(
    ("start", "days", "charged"),
    [
        (date(2027, 1, 31), AROUND_THE_ENDS, ["03-03", "03-31"]),
        (date(2028, 1, 31), IN_A_LEAP_YEAR, ["03-02", "03-31"]),
    ],
)
def test_cover_from_the_31st_is_charged_twice_in_march_without_the_last_day_of_a_month(
    lin: Customer, bank: Bank, start: date, days: list[date], charged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layer is `add_months`, which stops at the last day of a shorter month."""
    monkeypatch.setattr(periods, "add_months", overflowing)
    assert charged_on(lin, start, days) == charged


def due_by_the_year(start: date) -> list[str]:
    """Due days of a premium by the year."""
    plan = Instalment("yearly", Text("", ""), 5, 100, 100)
    return [due.on.isoformat() for due in periods.later_dues(start, 100, plan)]


def test_cover_from_29_february_is_due_in_february_every_year() -> None:
    assert due_by_the_year(date(2028, 2, 29)) == ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]


def test_cover_from_29_february_is_due_a_day_off_without_the_last_day_of_a_month(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(periods, "add_months", overflowing)
    assert due_by_the_year(date(2028, 2, 29)) == ["2029-03-01", "2030-03-01", "2031-03-01", "2032-02-29"]


# ---- half past midnight in Shanghai


@dataclass(frozen=True, slots=True)
class Night:
    """What fell due at 00:30 on the due day, and the day on which the premium paid in that minute counts as paid."""

    fell_due: int
    paid_on: date | None


def half_past_midnight(lin: Customer) -> Night:
    policy = steps.monthly(lin)
    with clock.travel(datetime(2026, 12, 22, 16, 30, tzinfo=UTC)):  # 00:30 on the 23rd in Shanghai
        fell_due = billing_round.run(clock.today()).fell_due
        steps.paid_by_hand(lin, policy, 2)
    return Night(fell_due, steps.item(policy, 2).paid_on)


def test_half_past_midnight_belongs_to_the_new_day(lin: Customer) -> None:
    assert half_past_midnight(lin) == Night(1, DUE)


def test_half_past_midnight_belongs_to_the_day_before_without_shanghai(
    lin: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layer is `business_date`: a server's own day is another one for eight hours of every day."""
    for module in (clock, collect_instalment):
        monkeypatch.setattr(module, "business_date", lambda moment: moment.astimezone(UTC).date())
    assert half_past_midnight(lin) == Night(0, date(2026, 12, 22))


# ---- two runs of one day


@pytest.fixture
def overdue(now: None, bank: Bank) -> Iterator[Bank]:
    """A premium of this day and a bank that takes it, whose answers are lost: nobody knows that it was charged."""
    put_on_sale()
    lin = world.customer()
    steps.monthly(lin)
    steps.bound(lin)
    bank.mood = "lost"
    with steps.on(DUE):
        yield bank


def runs(bank: Bank, run: Callable[[Callable[[], object]], object]) -> int:
    """Charges at the bank after `run` has done with the day's round what it does, and the worker after it."""
    run(lambda: billing_round.run(DUE))
    steps.work()
    return len(bank.charged)


def twice(round_: Callable[[], object]) -> None:
    round_()
    steps.work()
    round_()


def in_parallel(round_: Callable[[], object]) -> None:
    assert [result for result in together(round_, round_) if isinstance(result, Exception)] == []


@committed
@pytest.mark.field_bug(21)
@pytest.mark.parametrize("run", [twice, in_parallel])
def test_two_runs_of_one_day_charge_once(overdue: Bank, run: Callable[[Callable[[], object]], object]) -> None:
    assert runs(overdue, run) == 1


def everything_due(day: date, after: UUID | None = None, only: UUID | None = None) -> list[InstalmentView]:
    """In place of `billing.trying`: also what waits for a payment, and what was tried on this day before."""
    rows = Row.objects.filter(state="due", due_on__lte=day)
    rows = rows.filter(id=only) if only else rows
    return [instalment_view(row) for row in (rows.filter(id__gt=after) if after else rows).order_by("id")]


def charged_as_listed(due: InstalmentView, day: date) -> bool:
    """In place of `collect_instalment.charge`: under a number of its own, and without a second look."""
    policy = policies.policy(due.account_id, due.policy_id)
    agreement = collect_instalment.active_agreement(policy)
    assert agreement is not None
    payments.open_charge(
        kind=collect_instalment.KIND,
        subject_id=uuid4(),
        shard_key=policy.shard_key,
        account_id=policy.account_id,
        payee="haijia",
        payee_name="海岬健康保险",
        amount_fen=due.amount_fen,
        description=collect_instalment.describe(policy, due.number),
        payer="",
        agreement_id=agreement,
    )
    return True


@committed
@pytest.mark.field_bug(21)
@pytest.mark.parametrize(("run", "at_once"), [(twice, 1), (in_parallel, 2)])
def test_two_runs_of_one_day_charge_twice_without_lock_second_look_and_key(
    overdue: Bank, run: Callable[[Callable[[], object]], object], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four layers: the lock of the policy with the second look under it, the list's "waits for no payment and is not
    tried before its day", the payment's natural key, which is the instalment, and the look before a charge is sent."""
    monkeypatch.setattr(billing, "trying", meeting(at_once, everything_due))
    monkeypatch.setattr(collect_instalment, "charge", charged_as_listed)
    monkeypatch.setattr(settle_payment, "_is_agreed", lambda intent: True)
    assert runs(overdue, run) == 2

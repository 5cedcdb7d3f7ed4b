"""The days of instalments: month ends, 29 February, half past midnight, whatever the machine's zone (field bug 17)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.cli import check
from baohe.flows import billing_round
from baohe.kernel.dates import Period, add_months
from baohe.kernel.decisions import Text
from baohe.kernel.money import split
from baohe.plumbing import clock
from baohe.rooms.billing import facade as billing
from baohe.rooms.billing.rules import days
from baohe.rooms.policies.facade import Paid, spread
from baohe.rooms.policies.rules.earning import Premium, earned_by
from baohe.rooms.policies.rules.periods import later_dues
from baohe.rooms.rating.contracts import Instalment
from tests.billing import steps
from tests.billing.bank import Bank
from tests.sale.world import Customer

STARTS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.fixture(params=["UTC", "America/Juneau", "Pacific/Kiritimati"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The machine's own zone, which nothing may depend on."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.field_bug(17)
@pytest.mark.parametrize(
    ("start", "dues"),
    [
        (date(2027, 1, 31), ["02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30"]),
        (date(2028, 1, 30), ["02-29", "03-30", "04-30", "05-30"]),
        (date(2028, 2, 29), ["03-29", "04-29", "05-29"]),
        (date(2027, 12, 31), ["01-31", "02-29", "03-31"]),
    ],
)
def test_due_days_at_month_ends(start: date, dues: list[str]) -> None:
    plan = Instalment("monthly", Text("", ""), 12, 100, 1200)
    assert [f"{due.on:%m-%d}" for due in later_dues(start, 1200, plan)][: len(dues)] == dues


@pytest.mark.field_bug(17)
@given(start=STARTS, grace=st.sampled_from([30, 60]), number=st.integers(1, 30), step=st.sampled_from([1, 12]))
def test_announced_tried_pressed_and_stopped_in_this_order(start: date, grace: int, number: int, step: int) -> None:
    due, following = add_months(start, step * number), add_months(start, step * (number + 1))
    ends = days.grace_ends(due, grace)
    tries, day = [due], due
    while (found := days.next_try(due, day, ends)) is not None:
        tries.append(found)
        day = found
    assert days.announce_on(due) < due <= tries[0] < tries[-1] <= days.press_on(due, ends) < ends
    assert tries == sorted(set(tries))
    assert ends - due == timedelta(days=grace)
    assert due < following


@pytest.mark.field_bug(17)
def test_half_past_midnight_in_shanghai_is_the_new_day(lin: Customer, bank: Bank, zone: str) -> None:
    policy = steps.monthly(lin)
    steps.bound(lin)
    with clock.travel(datetime(2026, 12, 22, 15, 59, tzinfo=UTC)):  # 23:59 on the 22nd in Shanghai
        assert billing_round.run(clock.today()).fell_due == 0
    with clock.travel(datetime(2026, 12, 22, 16, 30, tzinfo=UTC)):  # 00:30 on the 23rd
        billing_round.today()
        assert steps.item(policy, 2).state == "planned"  # the day's work begins at 8
        done = billing_round.run(clock.today())
        steps.work()
    assert (done.day, done.fell_due, len(bank.charged)) == (date(2026, 12, 23), 1, 1)
    assert steps.item(policy, 2).paid_on == date(2026, 12, 23)
    with clock.travel(datetime(2026, 12, 23, 0, 0, tzinfo=UTC)):  # 8:00 on the 23rd: nothing is left to do
        billing_round.today()
        steps.work()
    assert (len(bank.charged), billing.problems()) == (1, [])


@given(
    paid=st.lists(st.integers(1, 10**9), min_size=1, max_size=30),
    share=st.integers(0, 10_000),
)
def test_a_refund_is_spread_to_the_fen_the_latest_first(paid: list[int], share: int) -> None:
    from uuid import uuid4

    payments = [Paid(number, uuid4(), fen) for number, fen in enumerate(paid, start=1)]
    refund_fen = split(sum(paid), [share, 10_000 - share])[0]
    parts = spread(refund_fen, payments)
    assert sum(part.amount_fen for part in parts) == refund_fen
    taken = {part.payment_id: part.amount_fen for part in parts}
    for earlier, later in zip(payments, payments[1:], strict=False):
        assert earlier.payment_id not in taken or taken[later.payment_id] == later.amount_fen
    with pytest.raises(ValueError, match="more to give back"):
        spread(sum(paid) + 1, payments)


@given(start=STARTS, each=st.integers(1, 10**7), unpaid=st.integers(0, 11))
def test_what_is_paid_in_parts_is_earned_like_the_whole(start: date, each: int, unpaid: int) -> None:
    """On every due day, what came in so far covers at least the days given, and at the end all of it is earned."""
    period = Period(start, add_months(start, 12))
    total = each * 12
    for number in range(12 - unpaid):
        before = add_months(start, number) - timedelta(days=1)
        told = earned_by(Premium(period, total, each * (number + 1)), before)
        assert told.earned_fen + told.unearned_fen == told.written_fen
        assert told.unearned_fen > 0
    assert earned_by(Premium(period, total, each * (12 - unpaid)), period.last_day).unearned_fen == 0


@pytest.mark.rule("SERV-8")
def test_a_plan_written_late_gives_its_whole_grace_from_today(lin: Customer, bank: Bank) -> None:
    asked = {"account_id": lin.id, "shard_key": 1, "grace_days": 30}
    policy_id = uuid4()
    billing.plan(policy_id=policy_id, terms=[(2, date(2026, 6, 1), 100), (3, date(2026, 12, 1), 100)], **asked)
    assert [one.grace_ends for one in billing.plan_of(policy_id)] == [date(2026, 12, 22), date(2026, 12, 31)]


def test_the_operators_check_names_premiums_that_no_round_worked_off(lin: Customer, bank: Bank) -> None:
    steps.monthly(lin)
    with steps.on(date(2026, 12, 24)):
        assert check._ask("billing", check._ROOMS["billing"]) == []
    with steps.on(date(2026, 12, 27)):
        assert check._ask("billing", check._ROOMS["billing"]) == ["1 instalments fell due and were not billed"]

"""What lowering a sum gives back, and which contract holds on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.dates import Period
from baohe.rooms.policies.errors import EndorsementNotPossible
from baohe.rooms.policies.rules.earning import Premium, earned_by
from baohe.rooms.policies.rules.endorsing import (
    Change,
    Standing,
    given_back_fen,
    lines_of,
    refuse_endorsing,
    valid_from,
)
from baohe.rooms.policies.rules.giving_back import Paid, spread
from baohe.rooms.policies.rules.leaving import Contract, leaving_on

YEAR = Period(date(2026, 11, 23), date(2027, 11, 23))
CHANGE = Change(YEAR, before_fen=36_500, after_fen=14_600, expense_bp=3_500, cooling_off_ends=date(2026, 12, 7))
FREE = Standing("in_force", by_partner=False, period_kind="year", unpaid=False)


@pytest.mark.rule("SERV-2")
@pytest.mark.parametrize(
    ("today", "back"),
    [
        (date(2026, 11, 22), 21_900),  # cover has not begun
        (date(2026, 12, 7), 21_900),  # the last day of cooling-off
        (date(2026, 12, 8), 14_235 - 624),  # net ¥142.35, 16 of 365 days given at the old premium
        (date(2027, 11, 21), 39),
        (date(2027, 11, 22), 0),  # its last day
    ],
)
def test_the_day_decides_what_comes_back(today: date, back: int) -> None:
    assert given_back_fen(CHANGE, today) == back
    assert lines_of(CHANGE, today)[-1].amount_fen == back


def test_every_line_leads_to_the_next() -> None:
    lines = lines_of(CHANGE, date(2026, 12, 8))
    assert [line.amount_fen for line in lines] == [36_500, 14_600, 21_900, 14_235, 13_611]
    assert lines[3].label.zh == "扣除费用 35% 后"
    assert lines[-1].label.zh == "按剩余 349 天退还（全期 365 天）"
    assert [line.amount_fen for line in lines_of(CHANGE, date(2026, 12, 7))] == [36_500, 14_600, 21_900, 21_900]


def test_it_holds_from_the_next_midnight() -> None:
    assert valid_from(date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("standing", "word"),
    [
        (replace(FREE, by_partner=True), "合作方"),
        (replace(FREE, state="suspended"), "中止"),
        (replace(FREE, state="lapsed"), "终止"),
        (replace(FREE, state="cancelled"), "退保"),
        (replace(FREE, state="ended"), "到期"),
        (replace(FREE, period_kind="years"), "一年期"),
        (replace(FREE, period_kind="order"), "一年期"),
        (replace(FREE, claim="open"), "正在处理"),
        (replace(FREE, claim="agreed"), "已经理赔过"),
        (replace(FREE, unpaid=True), "分期"),
        (replace(FREE, refunding=True), "还没到账"),
    ],
)
def test_what_may_not_be_lowered_says_why(standing: Standing, word: str) -> None:
    with pytest.raises(EndorsementNotPossible) as refusal:
        refuse_endorsing(standing)
    assert word in refusal.value.facts["reason_zh"]


@pytest.mark.parametrize("state", ["in_force", "cooling_off", "not_started"])
def test_what_is_in_force_may(state: str) -> None:
    refuse_endorsing(replace(FREE, state=state))


@st.composite
def histories(draw):
    """A year's contract lowered up to four times on days that do not go back, and left on a later one."""
    start = draw(st.dates(date(2023, 12, 1), date(2028, 3, 31)))
    period = Period(start, start + timedelta(days=draw(st.integers(1, 400))))
    first = start - timedelta(days=draw(st.integers(0, 30)))
    totals = sorted(draw(st.lists(st.integers(1, 10**9), min_size=2, max_size=5, unique=True)), reverse=True)
    last = (period.end - first).days - 1
    days = sorted(draw(st.lists(st.integers(0, last), min_size=len(totals), max_size=len(totals))))
    cooling = draw(st.none() | st.integers(0, 30).map(lambda n: first + timedelta(days=n)))
    return period, totals, [first + timedelta(days=n) for n in days], draw(st.integers(0, 9_000)), cooling


@pytest.mark.rule("SERV-3")
@given(history=histories())
def test_what_comes_back_is_never_negative_and_never_more_than_was_paid(history) -> None:
    period, totals, days, expense_bp, cooling = history
    paid, returned = totals[0], 0
    for before, after, day in zip(totals, totals[1:], days, strict=False):
        back = given_back_fen(Change(period, before, after, expense_bp, cooling), day)
        assert 0 <= back <= before - after
        returned += back
    left = leaving_on(_contract(period, totals[-1], totals[-1], expense_bp, cooling), days[-1]).refund_fen
    assert 0 <= left <= paid - returned


@given(history=histories())
def test_lowering_and_leaving_the_same_day_is_leaving(history) -> None:
    """However the contract is taken apart, the parts re-add: each is rounded once, so a fen a step at most."""
    period, totals, days, expense_bp, cooling = history
    day = days[-1]
    whole = leaving_on(_contract(period, totals[0], totals[0], expense_bp, cooling), day).refund_fen
    parts = [
        given_back_fen(Change(period, before, after, expense_bp, cooling), day)
        for before, after in zip(totals, totals[1:], strict=False)
    ]
    rest = leaving_on(_contract(period, totals[-1], totals[-1], expense_bp, cooling), day).refund_fen
    assert abs(sum(parts) + rest - whole) <= len(parts)


@given(history=histories(), ahead=st.integers(0, 400))
def test_after_it_the_reserve_is_that_of_the_smaller_contract(history, ahead: int) -> None:
    period, totals, days, expense_bp, cooling = history
    before, after, day = totals[0], totals[1], days[0]
    back = given_back_fen(Change(period, before, after, expense_bp, cooling), day)
    later = day + timedelta(days=ahead)
    told = earned_by(Premium(period, before, before, dropped_fen=before - after, endorsed_fen=back), later)
    assert told.unearned_fen == earned_by(Premium(period, after, after), later).unearned_fen
    assert told.earned_fen + told.unearned_fen == told.written_fen == before - back
    assert 0 <= told.unearned_fen <= told.written_fen


@given(amounts=st.lists(st.integers(1, 10**9), min_size=1, max_size=12), parts=st.data())
def test_what_two_refunds_take_of_each_payment_is_what_one_would(amounts, parts) -> None:
    payments = [Paid(number, uuid4(), fen) for number, fen in enumerate(amounts, start=1)]
    first = parts.draw(st.integers(0, sum(amounts)))
    second = parts.draw(st.integers(0, sum(amounts) - first))
    gone = {part.payment_id: part.amount_fen for part in spread(first, payments)}
    left = [replace(one, amount_fen=one.amount_fen - gone.get(one.payment_id, 0)) for one in payments]
    for part in spread(second, left):
        gone[part.payment_id] = gone.get(part.payment_id, 0) + part.amount_fen
    assert gone == {part.payment_id: part.amount_fen for part in spread(first + second, payments)}


def _contract(period, premium_fen: int, paid_fen: int, expense_bp: int, cooling: date | None) -> Contract:
    return Contract(
        period, premium_fen, paid_fen, expense_bp, cooling, cancelled=False, long_term=False, cash_value_fen=0
    )

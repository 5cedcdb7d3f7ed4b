"""What leaving gives back (SERV-2, SERV-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.dates import Period, prorate
from baohe.kernel.money import apply_bp
from baohe.rooms.policies.rules.leaving import Contract, leaving_on

BOUGHT = date(2026, 11, 22)
YEAR = Period(date(2026, 11, 23), date(2027, 11, 23))
CONTRACT = Contract(
    period=YEAR,
    premium_fen=36_500,
    paid_fen=36_500,
    expense_bp=3_500,
    cooling_off_ends=date(2026, 12, 7),
    cancelled=False,
    long_term=False,
    cash_value_fen=0,
)


@pytest.mark.rule("SERV-2")
@pytest.mark.parametrize("days", range(16))
def test_everything_comes_back_in_cooling_off(days: int) -> None:
    assert leaving_on(CONTRACT, BOUGHT + timedelta(days=days)).refund_fen == 36_500


@pytest.mark.rule("SERV-3")
def test_after_cooling_off_the_net_premium_of_the_days_left() -> None:
    leaving = leaving_on(CONTRACT, date(2026, 12, 8))  # the sixteenth day
    assert leaving.refund_fen == 23_725 - prorate(23_725, 16, 365) == 22_685
    assert leaving.allowed


def test_before_the_first_covered_day_everything_comes_back() -> None:
    later = replace(CONTRACT, period=Period(date(2027, 1, 1), date(2028, 1, 1)))
    assert leaving_on(later, date(2026, 12, 20)).refund_fen == 36_500
    assert leaving_on(later, date(2027, 1, 1)).refund_fen < 36_500


def test_a_first_instalment_that_is_used_up_gives_nothing_back() -> None:
    monthly = replace(CONTRACT, paid_fen=3_042)
    assert leaving_on(monthly, date(2026, 12, 8)).refund_fen == apply_bp(3_042, 6_500) - prorate(23_725, 16, 365)
    assert leaving_on(monthly, date(2027, 3, 1)).refund_fen == 0


def test_a_long_contract_gives_its_cash_value() -> None:
    long = replace(CONTRACT, long_term=True, period=Period(YEAR.start, date(2046, 11, 23)), cash_value_fen=1_200)
    assert leaving_on(long, date(2028, 1, 1)).refund_fen == 1_200
    nothing = leaving_on(replace(long, cash_value_fen=0), date(2027, 1, 1))
    assert (nothing.allowed, nothing.refund_fen) == (True, 0)


def test_what_has_ended_cannot_be_left() -> None:
    assert not leaving_on(CONTRACT, YEAR.end).allowed
    assert leaving_on(CONTRACT, YEAR.last_day).allowed
    assert not leaving_on(replace(CONTRACT, cancelled=True), BOUGHT).allowed


@pytest.mark.rule("SERV-3")
@given(
    premium=st.integers(1, 10**9),
    expense=st.integers(0, 10_000),
    days=st.integers(1, 366),
    part=st.integers(1, 12),
    on=st.integers(0, 365),
)
def test_a_refund_never_exceeds_what_was_paid_and_never_grows(
    premium: int, expense: int, days: int, part: int, on: int
) -> None:
    contract = replace(
        CONTRACT,
        period=Period(YEAR.start, YEAR.start + timedelta(days=days)),
        premium_fen=premium,
        paid_fen=max(1, premium // part),
        expense_bp=expense,
        cooling_off_ends=None,
    )
    day = YEAR.start + timedelta(days=min(on, days - 1))
    today, tomorrow = leaving_on(contract, day), leaving_on(contract, day + timedelta(days=1))
    assert 0 <= tomorrow.refund_fen <= today.refund_fen <= contract.paid_fen
    net = apply_bp(premium, 10_000 - expense)
    if part == 1:
        elapsed = (day - YEAR.start).days + 1
        assert abs(today.refund_fen * days - net * (days - elapsed)) <= days


@pytest.mark.rule("SERV-2")
def test_a_cash_value_above_what_was_paid_here_is_told_in_full_and_given_by_a_person() -> None:
    long = replace(CONTRACT, long_term=True, period=Period(YEAR.start, date(2046, 11, 23)), cash_value_fen=90_000)
    leaving = leaving_on(long, date(2036, 1, 1))
    assert (leaving.allowed, leaving.refund_fen) == (False, 0)
    assert "900.00" in leaving.rule.zh and "30 天" in leaving.rule.zh

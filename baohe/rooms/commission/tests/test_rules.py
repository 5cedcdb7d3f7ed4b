"""How a commission is spread, what goes back of it, and what terms may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import apply_bp
from baohe.rooms.commission.rules import spreading, terms
from baohe.rooms.commission.rules.standing import Facts, commission_fen, standing

pytestmark = pytest.mark.rule("OVER-2")


@pytest.mark.parametrize(
    ("pay_years", "sold_on", "over"),
    [
        (1, date(2026, 11, 22), 0),
        (4, date(2026, 11, 22), 0),
        (5, date(2026, 11, 22), 3),
        (9, date(2026, 11, 22), 3),
        (10, date(2026, 11, 22), 5),
        (30, date(2026, 11, 22), 5),
        (30, date(2025, 4, 17), 0),  # before the rule
    ],
)
def test_the_pay_term_says_over_how_many_years(pay_years: int, sold_on: date, over: int):
    assert spreading.years_over(pay_years, sold_on) == over


def test_the_last_part_is_earned_when_all_the_years_have_passed():
    days = spreading.days(date(2024, 2, 29), 3)
    assert days == (date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28))
    assert spreading.parts(100_00, 3) == [2500, 2500, 2500, 2500]
    assert spreading.parts(10, 5) == [2, 2, 2, 2, 1, 1]


@pytest.mark.parametrize(
    ("ended_on", "share_bp"),
    [
        (date(2026, 1, 31), 10_000),
        (date(2027, 1, 30), 10_000),
        (date(2027, 1, 31), 5_000),
        (date(2028, 1, 31), 0),
    ],
)
def test_an_early_end_takes_back_what_the_table_says(ended_on: date, share_bp: int):
    assert terms.claw_back_of([(12, 10_000), (24, 5_000)], date(2026, 1, 31), ended_on) == share_bp


@pytest.mark.parametrize(("day", "year"), [("2026-01-01", 1), ("2026-03-01", 1), ("2027-02-28", 1), ("2027-03-01", 2)])
def test_a_premium_has_the_rate_of_its_year(day: str, year: int):
    assert terms.policy_year(date(2026, 3, 1), date.fromisoformat(day)) == year
    assert [terms.rate_of((2800, 500), one) for one in (1, 2, 3)] == [2800, 500, 0]


@pytest.mark.parametrize(
    ("rates", "share", "table"),
    [
        ((), 5_000, ()),
        ((0, 0), 5_000, ()),
        ((10_001,), 5_000, ()),
        ((2_000,), 10_001, ()),
        ((2_000,), 5_000, ((24, 5_000), (12, 10_000))),
        ((2_000,), 5_000, ((12, 5_000), (24, 10_000))),
        ((2_000,), 5_000, ((0, 5_000),)),
    ],
)
def test_terms_that_contradict_themselves_are_refused(rates: tuple[int, ...], share: int, table: terms.Table):
    with pytest.raises(InvalidInput):
        terms.check(rates, share, table)


# How long a draw takes is the machine's affair, not the rule's.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    premium = draw(st.integers(1, 10**9))
    over = draw(st.sampled_from([0, 3, 5]))
    return Facts(
        premium_fen=premium,
        rate_bp=draw(st.integers(0, 10_000)),
        share_bp=draw(st.integers(0, 10_000)),
        over=over,
        returned_fen=draw(st.integers(0, premium)),
        earned=frozenset(range(draw(st.integers(1, over + 1)))),
    )


@calm
@given(facts())
def test_parts_add_up_and_the_producer_never_has_more_than_the_platform(some: Facts):
    told = standing(some)
    assert sum(told.platform) == commission_fen(some)
    assert sum(told.producer) == apply_bp(commission_fen(some), some.share_bp)
    assert 0 <= told.producer_fen <= sum(told.platform)
    assert all(part >= 0 for part in (*told.platform, *told.producer))


@calm
@given(facts(), st.integers(0, 10**9), st.integers(0, 10_000))
def test_what_goes_back_only_grows(some: Facts, more: int, closed_bp: int):
    after = replace(some, returned_fen=min(some.premium_fen, some.returned_fen + more))
    for worse in (after, replace(after, closed_bp=closed_bp)):
        assert all(a >= b for a, b in zip(standing(some).platform, standing(worse).platform, strict=True))
        assert all(a >= b for a, b in zip(standing(some).producer, standing(worse).producer, strict=True))


@calm
@given(facts())
def test_a_premium_that_is_back_leaves_nothing(some: Facts):
    told = standing(replace(some, returned_fen=some.premium_fen))
    assert (told.earned_fen, told.deferred_fen, told.producer_fen) == (0, 0, 0)

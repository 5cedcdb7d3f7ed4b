"""Periods, dues and ages: the days on which insurers go wrong."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.dates import Period, add_months, add_years, business_date
from baohe.kernel.decisions import Text
from baohe.rooms.policies.errors import AgeOutsideProduct, StartNotPossible
from baohe.rooms.policies.rules import periods
from baohe.rooms.rating.contracts import Instalment

TODAY = date(2026, 11, 22)
MONTHLY = Instalment("monthly", Text("按月付", "monthly"), 12, 2_600, 31_200)
SINGLE = Instalment("single", Text("一次付清", "at once"), 1, 31_200, 31_200)


def test_cover_starts_tomorrow_unless_asked() -> None:
    assert periods.start_day(None, TODAY) == date(2026, 11, 23)


@pytest.mark.field_bug(26)
@given(offset=st.integers(-4_000, 4_000))
def test_only_tomorrow_to_thirty_days_ahead_is_possible(offset: int) -> None:
    asked = TODAY + timedelta(days=offset)
    if 1 <= offset <= 30:
        assert periods.start_day(asked, TODAY) == asked
    else:
        with pytest.raises(StartNotPossible):
            periods.start_day(asked, TODAY)


def test_a_start_after_the_birthday_is_refused_with_the_last_day_of_the_old_price() -> None:
    birth = date(1990, 12, 1)
    periods.same_age_at_start(birth, date(2026, 11, 30), "35", TODAY)
    with pytest.raises(StartNotPossible) as refusal:
        periods.same_age_at_start(birth, date(2026, 12, 1), "35", TODAY)
    assert refusal.value.facts["last"] == "2026-11-30"


@pytest.mark.parametrize(
    ("birth", "allowed"),
    [
        (date(2026, 10, 25), True),  # 29 days old on 23 November
        (date(2026, 10, 26), True),  # 28 days
        (date(2026, 10, 27), False),
        (date(1960, 11, 24), True),  # 65 until the next day
        (date(1960, 11, 23), False),  # 66 today
    ],
)
def test_age_limits_hold_on_the_first_covered_day(birth: date, allowed: bool) -> None:
    start = date(2026, 11, 23)
    if allowed:
        periods.age_allowed("林知夏", birth, start, 28, 65)
    else:
        with pytest.raises(AgeOutsideProduct):
            periods.age_allowed("林知夏", birth, start, 28, 65)


def test_waiting_and_cooling_off_as_the_customer_reads_them() -> None:
    assert periods.waiting_ends(date(2026, 11, 23), 30) == date(2026, 12, 23)
    assert periods.waiting_ends(date(2026, 11, 23), 0) is None
    assert periods.cooling_off_ends(TODAY, 15) == date(2026, 12, 7)


@pytest.mark.field_bug(17)
@pytest.mark.parametrize("start", [date(2027, 1, 31), date(2028, 2, 29), date(2027, 8, 31), date(2026, 12, 30)])
def test_due_days_come_back_after_a_short_month(start: date) -> None:
    dues = periods.later_dues(start, 31_200, MONTHLY)
    assert len(dues) == 11
    assert [due.on for due in dues] == [add_months(start, i) for i in range(1, 12)]
    assert max(due.on.day for due in dues) == start.day


@given(premium=st.integers(12, 10**9), count=st.integers(2, 12))
def test_parts_of_a_premium_add_up_to_it(premium: int, count: int) -> None:
    plan = Instalment("monthly", Text("", ""), count, premium // count, premium)
    assert sum(periods.amounts(premium, plan)) == premium


def test_whole_premiums_are_the_same_every_year() -> None:
    plan = Instalment("yearly", Text("年交", "yearly"), 20, 128_640, 20 * 128_640)
    dues = periods.later_dues(date(2028, 2, 29), 128_640, plan)
    assert {due.amount_fen for due in dues} == {128_640}
    assert [dues[0].on, dues[3].on] == [date(2029, 2, 28), date(2032, 2, 29)]


def test_nothing_is_due_later_when_all_is_paid_at_once() -> None:
    assert periods.later_dues(TODAY, 31_200, SINGLE) == ()


@pytest.mark.field_bug(17)
@given(start=st.dates(date(2024, 1, 1), date(2033, 12, 31)), months=st.sampled_from([1, 12]))
def test_terms_are_contiguous_from_any_first_day(start: date, months: int) -> None:
    terms = periods.contiguous_terms(Period(start, add_months(start, months)), months, 36)
    assert all(a.end == b.start for a, b in zip(terms, terms[1:], strict=False))
    assert terms[-1].end == add_months(start, months * 36)
    assert terms[0].start == start


@pytest.mark.field_bug(17)
@settings(max_examples=300, deadline=None)
@given(
    zone=st.sampled_from(sorted(available_timezones())),
    day=st.sampled_from([date(2027, 1, 31), date(2028, 2, 28), date(2028, 2, 29), date(2027, 12, 31), TODAY]),
    minute=st.integers(0, 24 * 60 - 1),
)
def test_the_zone_of_whoever_asks_does_not_move_the_business_day(zone: str, day: date, minute: int) -> None:
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=ZoneInfo("Asia/Shanghai"))
    abroad = local.astimezone(ZoneInfo(zone))
    assert business_date(abroad) == day
    start = periods.start_day(None, business_date(abroad))
    assert start == day + timedelta(days=1)
    assert Period(start, add_years(start, 1)).last_day < add_years(start, 1)

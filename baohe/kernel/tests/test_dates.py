"""Dates: half-open, Shanghai, no drift at month ends."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.dates import Period, add_months, add_years, age_on, business_date, prorate
from baohe.kernel.errors import InvalidInput

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def test_the_end_day_is_not_covered():
    period = Period(date(2026, 11, 23), date(2027, 11, 23))
    assert period.last_day == date(2027, 11, 22)
    assert date(2027, 11, 22) in period
    assert date(2027, 11, 23) not in period
    assert period.days == 365


@pytest.mark.parametrize("end", [date(2026, 1, 1), date(2025, 12, 31)])
def test_an_empty_period_is_refused(end):
    with pytest.raises(InvalidInput):
        Period(date(2026, 1, 1), end)


@pytest.mark.field_bug(17)
@given(DAYS, st.integers(1, 60))
def test_terms_counted_from_the_first_day_join_without_gap_or_overlap(first, terms):
    edges = [add_months(first, n) for n in range(terms + 1)]
    assert edges == sorted(set(edges))
    assert all(edge.day == min(first.day, _last(edge)) for edge in edges)


def _last(day):
    return (date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)).day


@pytest.mark.field_bug(17)
@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)), st.integers(-12, 14))
def test_the_business_day_does_not_depend_on_the_zone_it_was_written_in(moment, hours):
    there = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(hours=hours)))
    assert business_date(there) == business_date(moment.replace(tzinfo=UTC))


def test_a_moment_before_midnight_in_london_is_tomorrow_in_shanghai():
    assert business_date(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    with pytest.raises(ValueError, match="aware"):
        business_date(datetime(2026, 11, 22))


def test_age_turns_on_the_birthday_and_leaplings_on_the_first_of_march():
    assert age_on(date(2000, 5, 2), date(2026, 5, 1)) == 25
    assert age_on(date(2000, 5, 2), date(2026, 5, 2)) == 26
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_a_year_from_leap_day_ends_on_the_28th():
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.rule("SERV-3")
@given(st.integers(0, 10**12), st.integers(1, 40_000), st.data())
def test_earned_and_unearned_parts_make_the_whole(amount, total, data):
    elapsed = data.draw(st.integers(0, total))
    earned = prorate(amount, elapsed, total)
    assert 0 <= earned <= amount
    assert abs(earned * total - amount * elapsed) * 2 <= total


def test_days_outside_the_term_are_refused():
    with pytest.raises(InvalidInput):
        prorate(100, 11, 10)

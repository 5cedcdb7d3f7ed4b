"""Working days as offices in the mainland keep them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.work_calendar import is_working_day, unknown_year, working_days_after, working_days_between

_DAYS = st.dates(date(2020, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 30), True),  # a Monday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 9, 20), True),  # a Sunday worked for it
        (date(2026, 2, 14), True),  # a Saturday worked for Spring Festival
        (date(2026, 2, 23), False),  # the last Monday of Spring Festival
        (date(2020, 1, 30), False),  # the days by which the festival of 2020 was made longer
        (date(2027, 10, 1), True),  # a year without a notice: weekends alone
    ],
)
def test_a_day_is_worked_or_not(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.rule("SERV-4")
@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # the whole of National Day lies between
        (date(2026, 9, 30), 5, date(2026, 10, 13)),  # with Saturday the tenth worked
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 11, 27), 5, date(2026, 12, 4)),
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
    ],
)
def test_the_day_on_which_working_days_are_over(day: date, count: int, expected: date) -> None:
    assert working_days_after(day, count) == expected


@given(_DAYS, st.integers(1, 60))
def test_counting_there_and_back_agrees(day: date, count: int) -> None:
    last = working_days_after(day, count)
    assert is_working_day(last)
    assert working_days_between(day, last) == count
    assert working_days_between(day, last - timedelta(days=1)) == count - 1


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        working_days_after(date(2026, 11, 30), -1)


def test_a_year_without_its_notice_is_named_before_it_begins() -> None:
    assert unknown_year(date(2026, 6, 1)) is None
    assert unknown_year(date(2026, 11, 30)) == 2027
    assert unknown_year(date(2028, 3, 1)) == 2028

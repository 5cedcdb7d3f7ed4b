"""Frequencies pulled toward the whole, exact Poisson intervals, and a premium that is rounded once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.rooms.parametric.rules import pricing
from baohe.rooms.parametric.rules.circles import track
from baohe.rooms.parametric.rules.credibility import shrink
from baohe.rooms.parametric.rules.pricing import Flights, poisson_interval
from baohe.rooms.parametric.tests.test_agreeing import TRIGGER


def test_groups_that_differ_by_chance_alone_are_all_the_whole() -> None:
    found = shrink(np.array([10.0, 11.0, 9.0]), np.array([100.0, 100.0, 100.0]))
    assert found.frequency == pytest.approx([0.1, 0.1, 0.1])
    assert found.credibility == pytest.approx([0, 0, 0])


def test_few_observations_are_pulled_further() -> None:
    found = shrink(np.array([500.0, 4.0, 100.0]), np.array([1000.0, 8.0, 1000.0]))
    assert found.credibility[0] > 0.9 > found.credibility[1]
    assert found.whole < found.frequency[1] < 0.5
    assert (found.low <= found.frequency).all() and (found.frequency <= found.high).all()


@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), min_size=2, max_size=8).map(
        lambda rows: [(n, min(k, n)) for n, k in rows]
    )
)
def test_a_shrunk_frequency_lies_between_its_own_and_the_whole(rows: list[tuple[int, int]]) -> None:
    count, events = (np.array([float(row[n]) for row in rows]) for n in (0, 1))
    found = shrink(events, count)
    own = events / count
    assert (np.minimum(own, found.whole) - 1e-9 <= found.frequency).all()
    assert (found.frequency <= np.maximum(own, found.whole) + 1e-9).all()
    assert ((found.credibility >= 0) & (found.credibility <= 1)).all()


def test_an_empty_group_is_refused() -> None:
    with pytest.raises(ValueError, match="observation"):
        shrink(np.array([0.0]), np.array([0.0]))


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904), (100, 81.3640, 121.6268)]
)
def test_poisson_intervals_are_those_of_the_tables(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), abs=1e-4)


def test_a_premium_is_the_expected_benefit_over_one_minus_the_loading_rounded_up() -> None:
    late = np.array([20] * 10 + [50] * 10 + [0] * 80, np.int64)
    flights = Flights(late, np.zeros(100, np.int64), ("all",))
    [quoted] = pricing.flight_prices(flights, TRIGGER, 40_000, 2_500)
    assert [round(rate.rate, 6) for rate in quoted.bands] == [0.1, 0.0, 0.1]
    assert (quoted.expected_fen, quoted.premium_fen) == (1_600, 2_134)


def test_tested_on_what_it_was_fitted_to_it_is_calibrated() -> None:
    late = np.array([20, 50, 0, 0, 0, 0, 31, 0], np.int64)
    flights = Flights(late, np.zeros(8, np.int64), ("all",))
    assert [one.ratio for one in pricing.calibrate_flights(flights, flights, TRIGGER)] == pytest.approx([1, 1, 1])
    unknown = Flights(late, np.zeros(8, np.int64), ("new",))
    assert [one.ratio for one in pricing.calibrate_flights(flights, unknown, TRIGGER)] == pytest.approx([1, 1, 1])


def test_a_storm_counts_once_in_its_strongest_band_and_quiet_years_count() -> None:
    storm = track([(0, 20.0, 118.0, 20.0), (360, 20.0, 118.1, 50.0)])
    far = track([(0, 40.0, 118.0, 90.0)])
    quoted = pricing.typhoon_price({2000: [storm, far], 2001: []}, (20.0, 118.0), 100, TRIGGER, 10_000, 0)
    assert [rate.rate for rate in quoted.bands] == [0, 0, 0.5, 0]
    assert (quoted.exposure, quoted.expected_fen) == (2, 1_500)

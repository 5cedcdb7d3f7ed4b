"""A storm in a circle, against looking at every minute."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.rooms.parametric.rules import circles
from baohe.rooms.parametric.rules.circles import EARTH_KM, LONGEST_GAP_MINUTES, Track, strongest, track

Fix = tuple[int, float, float, float]


def haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def every_minute(path: Track) -> Iterator[Fix]:
    """Fixes and all minutes between, by spherical interpolation written out."""
    for n in range(len(path.minutes)):
        yield int(path.minutes[n]), float(path.lat[n]), float(path.lon[n]), float(path.wind[n])
    for n in range(len(path.minutes) - 1):
        gap = int(path.minutes[n + 1] - path.minutes[n])
        if gap > LONGEST_GAP_MINUTES:
            continue
        turn = haversine(path.lat[n], path.lon[n], path.lat[n + 1], path.lon[n + 1]) / EARTH_KM
        ends = circles.vectors(path.lat[n : n + 2], path.lon[n : n + 2])
        for step in range(1, gap):
            part = step / gap
            if turn:
                where = (math.sin((1 - part) * turn) * ends[0] + math.sin(part * turn) * ends[1]) / math.sin(turn)
            else:
                where = ends[0]
            lat, lon = (
                math.degrees(math.asin(max(-1.0, min(1.0, where[2])))),
                math.degrees(math.atan2(where[1], where[0])),
            )
            wind = float(path.wind[n] + (path.wind[n + 1] - path.wind[n]) * part)
            yield int(path.minutes[n]) + step, lat, lon, wind


def brute(path: Track, lat: float, lon: float, radius: float) -> float | None:
    inside = [wind for _, y, x, wind in every_minute(path) if haversine(y, x, lat, lon) <= radius]
    return max(inside, default=None)


@given(
    st.lists(
        st.tuples(st.floats(-3, 3), st.floats(-4, 4), st.integers(4, 32).map(lambda n: n * 5.0)), min_size=1, max_size=4
    ),
    st.sampled_from([(20.0, 118.0), (35.0, 179.5), (-2.0, -179.0)]),
    st.floats(5, 400),
)
def test_the_chord_is_what_every_minute_says(
    steps: list[tuple[float, float, float]], centre: tuple[float, float], radius: float
) -> None:
    lat, lon = centre
    path = track([(n * 360, lat + dy, (lon + dx + 180) % 360 - 180, wind) for n, (dy, dx, wind) in enumerate(steps)])
    mine, plain = strongest(path, lat, lon, radius), brute(path, lat, lon, radius)
    assert (mine is None) == (plain is None)
    assert mine is None or mine == pytest.approx(plain, abs=1e-9)


def test_between_two_fixes_that_both_lie_outside() -> None:
    path = track([(0, 20.0, 116.0, 60.0), (360, 20.0, 120.0, 80.0)])
    assert strongest(path, 20.0, 118.0, 50) == pytest.approx(70.0, abs=3)
    assert strongest(path, 22.0, 118.0, 50) is None


def test_fixes_too_far_apart_are_not_joined() -> None:
    path = track([(0, 20.0, 116.0, 60.0), (LONGEST_GAP_MINUTES + 1, 20.0, 120.0, 80.0)])
    assert strongest(path, 20.0, 118.0, 50) is None


def test_a_storm_that_stands_still_and_a_single_fix() -> None:
    still = track([(0, 20.0, 118.0, 60.0), (360, 20.0, 118.0, 90.0)])
    assert strongest(still, 20.0, 118.0, 1) == 90.0
    assert strongest(track([(0, 20.0, 118.0, 60.0)]), 20.0, 118.0, 1) == 60.0
    assert strongest(track([]), 20.0, 118.0, 1) is None


def test_only_the_minutes_of_the_day_count() -> None:
    path = track([(0, 20.0, 118.0, 100.0), (360, 20.0, 118.5, 40.0), (720, 20.0, 119.0, 40.0)])
    assert strongest(path, 20.0, 118.0, 100) == 100.0
    assert strongest(path, 20.0, 118.0, 100, (180, 720)) == pytest.approx(70.0)
    assert strongest(path, 20.0, 118.0, 100, (181, 720)) == pytest.approx(100 - 181 / 6)
    assert strongest(path, 20.0, 118.0, 100, (1000, 2000)) is None


def test_of_two_fixes_at_one_minute_the_stronger_counts_in_any_order() -> None:
    fixes = [(0, 20.0, 118.0, 60.0), (0, 20.0, 118.1, 90.0), (360, 21.0, 118.0, 50.0)]
    one, two = track(fixes), track(fixes[::-1])
    assert np.array_equal(one.wind, two.wind)
    assert one.wind[0] == 90.0

"""How strong a storm was within a circle. Pure, on a sphere of 6,371.0088 km.

Between two fixes the centre goes along the great circle at even speed and the wind changes evenly; both are looked at
every whole minute, so that anybody can check it with a table. The chord of the arc in the circle is worked out and
rounded inwards to minutes, which gives what looking at every minute gives, without looking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EARTH_KM = 6_371.0088
LONGEST_GAP_MINUTES = 12 * 60
"""Fixes further apart in time are two tracks: nobody knows what lay between."""

Floats = NDArray[np.float64]
Vectors = NDArray[np.float64]


EVER = (-(2**60), 2**60)


@dataclass(frozen=True, slots=True)
class _Circle:
    centre: Vectors
    radius_km: float
    window: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Track:
    """Fixes of one storm in time order: whole minutes from any beginning, degrees, knots."""

    minutes: NDArray[np.int64]
    lat: Floats
    lon: Floats
    wind: Floats


def track(fixes: Sequence[tuple[int, float, float, float]]) -> Track:
    """(minute, latitude, longitude, knots) in any order; of two at one minute the stronger."""
    best: dict[int, tuple[int, float, float, float]] = {}
    for fix in fixes:
        if fix[0] not in best or fix[3] > best[fix[0]][3]:
            best[fix[0]] = fix
    rows = [best[minute] for minute in sorted(best)]
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
    return Track(np.array(columns[0], np.int64), *(np.array(column, np.float64) for column in columns[1:]))


def strongest(path: Track, lat: float, lon: float, radius_km: float, window: tuple[int, int] = EVER) -> float | None:
    """The strongest wind in knots while the centre lay within the circle, its edge included, in the minutes
    [from, until) of `window`; None when it never did."""
    if not path.minutes.size:
        return None
    points, centre = vectors(path.lat, path.lon), vectors(np.array([lat]), np.array([lon]))[0]
    circle = _Circle(centre, radius_km, window)
    found = [_at_fixes(path, points, circle), _between(path, points, circle)]
    inside = [wind for wind in found if wind is not None]
    return max(inside) if inside else None


def vectors(lat: Floats, lon: Floats) -> Vectors:
    """Unit vectors from degrees."""
    a, b = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)], axis=-1)


def distances(points: Vectors, centre: Vectors) -> Floats:
    """Kilometres along the sphere; exact also for points that lie close together."""
    chord = np.linalg.norm(points - centre, axis=-1)
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(1.0, chord / 2)))


def _at_fixes(path: Track, points: Vectors, circle: _Circle) -> float | None:
    begin, end = circle.window
    inside = (distances(points, circle.centre) <= circle.radius_km) & (path.minutes >= begin) & (path.minutes < end)
    return float(path.wind[inside].max()) if inside.any() else None


def _between(path: Track, points: Vectors, circle: _Circle) -> float | None:
    gap = np.diff(path.minutes)
    legs = np.flatnonzero((gap > 1) & (gap <= LONGEST_GAP_MINUTES))
    start, end = points[legs], points[legs + 1]
    angle = 2 * np.arcsin(np.minimum(1.0, np.linalg.norm(end - start, axis=1) / 2))
    still = angle == 0
    angle[still] = 1.0  # a storm that stands still is where its fixes are
    sideways = (end - start * np.cos(angle)[:, None]) / np.sin(angle)[:, None]
    along, across = start @ circle.centre, sideways @ circle.centre
    height, crest = np.hypot(along, across), np.arctan2(across, along)
    with np.errstate(invalid="ignore", divide="ignore"):
        half = np.arccos(np.cos(circle.radius_km / EARTH_KM) / height)
        first = np.ceil((crest - half) / angle * gap[legs]) - 1
        last = np.floor((crest + half) / angle * gap[legs]) + 1
    first, last = np.maximum(1, first), np.minimum(gap[legs] - 1, last)
    best = [
        wind
        for leg in np.flatnonzero((first <= last) & ~still)
        if (wind := _on_leg(path, points, circle, int(legs[leg]), int(first[leg]), int(last[leg]))) is not None
    ]
    return max(best) if best else None


def _on_leg(path: Track, points: Vectors, circle: _Circle, leg: int, first: int, last: int) -> float | None:
    """Of the minutes `first` to `last` of a leg, which bound the chord generously. The wind changes evenly, so one of
    the outermost minutes inside is the strongest; which those are is decided by the distance itself."""
    begin, end = circle.window
    minutes = int(path.minutes[leg + 1] - path.minutes[leg])
    first, last = max(first, begin - int(path.minutes[leg])), min(last, end - 1 - int(path.minutes[leg]))
    if first > last:
        return None
    steps = np.unique(np.clip([first, first + 1, first + 2, last - 2, last - 1, last], first, last))
    where = positions(points[leg], points[leg + 1], steps / minutes)
    inside = steps[distances(where, circle.centre) <= circle.radius_km]
    low, high = path.wind[leg], path.wind[leg + 1]
    return max((float(low + (high - low) * step / minutes) for step in inside), default=None)


def positions(start: Vectors, end: Vectors, parts: Floats) -> Vectors:
    """Points on the great circle from `start` to `end`, at these parts of the way."""
    angle = 2 * np.arcsin(min(1.0, float(np.linalg.norm(end - start)) / 2))
    if angle == 0:
        return np.repeat(start[None, :], len(parts), axis=0)
    sideways = (end - start * np.cos(angle)) / np.sin(angle)
    turn = angle * np.asarray(parts, np.float64)
    return np.asarray(start * np.cos(turn)[:, None] + sideways * np.sin(turn)[:, None])

"""Reports → one value a source. Pure; the order of the reports makes no difference.

Of a subject the highest sequence of a source counts; a source that said two things under one sequence has said
nothing of it. At a place the value is the highest within the circle on the day: of the stations that lie in it, or of a
storm between its fixes. A source that follows storms and told of none near says 0; one without a station in the circle
says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from baohe.kernel.dates import business_date, day_begins
from baohe.rooms.catalog.contracts import Point, Trigger
from baohe.rooms.parametric.rules import circles
from baohe.rooms.parametric.rules.agreeing import Value

_DEGREE = 10_000


@dataclass(frozen=True, slots=True)
class Said:
    """One believed report."""

    source: str
    subject: str
    sequence: int
    value: Value
    observed_at: datetime
    digest: str
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a source says, when it saw it, and the reports it rests on."""

    value: Value
    observed_at: datetime
    digests: tuple[str, ...]


def counted(trigger: Trigger, point: Point | None, day: date, said: Iterable[Said]) -> dict[str, Counted]:
    """Source → its value; sources that said nothing are absent."""
    found: dict[str, Counted] = {}
    for source, theirs in _by(said, lambda one: one.source).items():
        newest = [one for one in map(_newest, _by(theirs, lambda one: one.subject).values()) if one is not None]
        value = _value(trigger, point, day, newest)
        if value is not None and newest:
            digests = tuple(sorted(one.digest for one in newest))
            found[source] = Counted(value, max(one.observed_at for one in newest), digests)
    return found


def equivocates(theirs: Iterable[Said]) -> bool:
    """Two different contents of one source for one subject under one sequence."""
    seen: dict[int, str] = {}
    return any(seen.setdefault(one.sequence, one.digest) != one.digest for one in theirs)


def settles_at(trigger: Trigger, day: date, seen_at: Iterable[datetime]) -> datetime:
    """From when it may be settled: so long after it was seen, at a place after the end of the day."""
    begun = day_begins(day + timedelta(days=1)) if trigger.circle else max(seen_at)
    return begun + timedelta(minutes=trigger.settle_after_minutes)


def _by(said: Iterable[Said], key: Callable[[Said], str]) -> dict[str, list[Said]]:
    groups: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        groups[key(one)].append(one)
    return groups


def _newest(theirs: Sequence[Said]) -> Said | None:
    return None if equivocates(theirs) else max(theirs, key=lambda one: one.sequence)


def _value(trigger: Trigger, point: Point | None, day: date, newest: Sequence[Said]) -> Value | None:
    if point is None or trigger.circle is None:
        return newest[0].value if newest else None
    if trigger.measure == "typhoon_wind":
        return _strongest_storm(point, trigger.circle.radius_km, day, newest)
    inside = [
        one.value
        for one in newest
        if business_date(one.observed_at) == day and _inside(point, trigger.circle.radius_km, one)
    ]
    return max((value for value in inside if isinstance(value, int)), default=None)


def _inside(point: Point, radius_km: int, one: Said) -> bool:
    if one.place is None:
        return False
    here = circles.vectors(np.array([one.place[0] / _DEGREE]), np.array([one.place[1] / _DEGREE]))
    centre = circles.vectors(np.array([point.lat_e4 / _DEGREE]), np.array([point.lon_e4 / _DEGREE]))[0]
    return bool(circles.distances(here, centre)[0] <= radius_km)


def _strongest_storm(point: Point, radius_km: int, day: date, newest: Sequence[Said]) -> int | None:
    if not any(business_date(one.observed_at) == day for one in newest):
        return None
    window = (_minute(day_begins(day)), _minute(day_begins(day + timedelta(days=1))))
    best = 0.0
    for fixes in _by(newest, lambda one: one.subject.partition("/")[0]).values():
        path = circles.track(
            [
                (_minute(one.observed_at), one.place[0] / _DEGREE, one.place[1] / _DEGREE, float(one.value))
                for one in fixes
                if one.place is not None and isinstance(one.value, int)
            ]
        )
        wind = circles.strongest(path, point.lat_e4 / _DEGREE, point.lon_e4 / _DEGREE, radius_km, window)
        best = max(best, wind or 0.0)
    return int(best)


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60

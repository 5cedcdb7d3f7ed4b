"""From histories to an expected benefit and a premium. Pure; probabilities are floats, money is rounded once, up.

Flights: how often each band of a trigger comes, by group (route, carrier, month), shrunk toward the whole.
Typhoons: how often a year each band comes within a circle, counted storm by storm; a count of rare events, so Poisson.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import Band, Trigger
from baohe.rooms.parametric.rules import circles
from baohe.rooms.parametric.rules.circles import Track
from baohe.rooms.parametric.rules.credibility import Floats, shrink
from baohe.rooms.parametric.rules.words import benefit_fen

_PERMILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Flights:
    """One row a flight: minutes late, and the number of its group among `groups`."""

    late: NDArray[np.int64]
    group: NDArray[np.int64]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BandRate:
    """`rate` is events per unit of exposure (a flight, a year) with its 95% interval."""

    event: str
    rate: float
    low: float
    high: float
    credibility: float = 1.0


@dataclass(frozen=True, slots=True)
class Quoted:
    """`expected_fen` a unit of exposure; `premium_fen` carries the loadings."""

    group: str
    exposure: int
    bands: tuple[BandRate, ...]
    expected_fen: int
    premium_fen: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted on the past, tested on what came after: what was expected, what happened, and their ratio."""

    event: str
    expected: float
    actual: int

    @property
    def ratio(self) -> float | None:
        """None where nothing was expected."""
        return self.actual / self.expected if self.expected else None


def flight_prices(flights: Flights, trigger: Trigger, sum_insured_fen: int, loading_bp: int) -> tuple[Quoted, ...]:
    """One quote a group; only bands of minutes, for a record of arrivals knows no others."""
    bands = [band for band in trigger.bands if not band.state]
    count, shrunk = _counts(flights), [shrink(_events(flights, band), _counts(flights)) for band in bands]
    quoted = []
    for number, group in enumerate(flights.groups):
        rates = tuple(
            BandRate(
                band.event,
                float(one.frequency[number]),
                float(one.low[number]),
                float(one.high[number]),
                float(one.credibility[number]),
            )
            for band, one in zip(bands, shrunk, strict=True)
        )
        quoted.append(_quoted(group, int(count[number]), rates, bands, sum_insured_fen, loading_bp))
    return tuple(quoted)


def calibrate_flights(past: Flights, later: Flights, trigger: Trigger) -> tuple[Calibration, ...]:
    """Prices of the past against what came, by band. A group that the past did not know is expected like the whole."""
    found = []
    for band in (band for band in trigger.bands if not band.state):
        actual = int(_in_band(later.late, band).sum())
        found.append(Calibration(band.event, float(_expected(past, later, band).sum()), actual))
    return tuple(found)


def calibrate_by_tenths(past: Flights, later: Flights, band: Band) -> tuple[Calibration, ...]:
    """The same for one band in ten equal parts of the later flights, from those expected least often to most."""
    expected, happened = _expected(past, later, band), _in_band(later.late, band)
    order = np.argsort(expected, kind="stable")
    return tuple(
        Calibration(f"{band.event}/{number}", float(expected[part].sum()), int(happened[part].sum()))
        for number, part in enumerate(np.array_split(order, 10), start=1)
    )


def typhoon_price(
    storms: Mapping[int, Sequence[Track]],
    place: tuple[float, float],
    radius_km: float,
    trigger: Trigger,
    sum_insured_fen: int,
    loading_bp: int,
) -> Quoted:
    """`storms` by season, a season without storms included; a storm counts once, in its strongest band."""
    years = len(storms)
    hits = typhoon_hits((path for paths in storms.values() for path in paths), place, radius_km, trigger)
    bands = list(trigger.bands)
    rates = tuple(
        BandRate(band.event, hits[band.event] / years, *(end / years for end in poisson_interval(hits[band.event])))
        for band in bands
    )
    return _quoted("circle", years, rates, bands, sum_insured_fen, loading_bp)


def typhoon_hits(
    storms: Iterable[Track], place: tuple[float, float], radius_km: float, trigger: Trigger
) -> dict[str, int]:
    """How many storms reached each band within the circle."""
    hits = {band.event: 0 for band in trigger.bands}
    for path in storms:
        wind = circles.strongest(path, *place, radius_km)
        band = trigger.band_of(int(wind)) if wind is not None else None
        if band is not None:
            hits[band.event] += 1
    return hits


def poisson_interval(count: int) -> tuple[float, float]:
    """The exact 95% interval of the mean of which `count` was seen (Garwood)."""
    low = _mean_where(lambda mean: 1 - _poisson_below(count, mean), 0.025, count) if count else 0.0
    high = _mean_where(lambda mean: 1 - _poisson_below(count + 1, mean), 0.975, count)
    return low, high


def _mean_where(rising: Callable[[float], float], wanted: float, count: int) -> float:
    low, high = 0.0, count + 10 * math.sqrt(count + 1) + 10
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2


def _poisson_below(count: int, mean: float) -> float:
    """P(X < count)."""
    if mean == 0:
        return 1.0 if count else 0.0
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count))


def _quoted(
    group: str,
    exposure: int,
    rates: tuple[BandRate, ...],
    bands: Sequence[Band],
    sum_insured_fen: int,
    loading_bp: int,
) -> Quoted:
    """The loading is a share of the premium: expected ÷ (1 − loading). Rounded up to the fen, once."""
    expected = sum(
        round(rate.rate * _PERMILLION) * benefit_fen(band, sum_insured_fen)
        for rate, band in zip(rates, bands, strict=True)
    )
    premium = -(-expected * BASIS // (_PERMILLION * (BASIS - loading_bp)))
    return Quoted(group, exposure, rates, -(-expected // _PERMILLION), premium)


def _expected(past: Flights, later: Flights, band: Band) -> Floats:
    """Of every later flight, how often the past saw it in the band."""
    known = shrink(_events(past, band), _counts(past))
    place = {group: number for number, group in enumerate(past.groups)}
    of_group = [known.frequency[place[group]] if group in place else known.whole for group in later.groups]
    return np.array(of_group, np.float64)[later.group]


def _counts(flights: Flights) -> Floats:
    return np.bincount(flights.group, minlength=len(flights.groups)).astype(np.float64)


def _events(flights: Flights, band: Band) -> Floats:
    chosen = flights.group[_in_band(flights.late, band)]
    return np.bincount(chosen, minlength=len(flights.groups)).astype(np.float64)


def _in_band(late: NDArray[np.int64], band: Band) -> NDArray[np.bool_]:
    return (late >= band.low) & (late < (band.high if band.high is not None else 2**60))

"""A trigger priced from a history, as plain JSON: what the command line shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import Trigger
from baohe.rooms.parametric.histories import flights, storms
from baohe.rooms.parametric.rules import pricing
from baohe.rooms.parametric.rules.pricing import Calibration, Quoted


def price_flights(
    path: Path, trigger: Trigger, by: Sequence[str], sum_insured_fen: int, loading_bp: int
) -> list[dict[str, Any]]:
    """One quote a group, the dearest first. Raises `InvalidInput`."""
    _refuse_other(trigger, "flight_arrival")
    quoted = pricing.flight_prices(flights(path, by), trigger, sum_insured_fen, loading_bp)
    return [_shown(one) for one in sorted(quoted, key=lambda one: -one.expected_fen)]


def calibrate_flights(path: Path, trigger: Trigger, by: Sequence[str], until_month: int) -> dict[str, Any]:
    """Fitted on months up to `until_month`, tested on those after."""
    _refuse_other(trigger, "flight_arrival")
    past, later = flights(path, by, until_month=until_month), flights(path, by, from_month=until_month + 1)
    numbers = [band for band in trigger.bands if not band.state]
    return {
        "bands": [_ratio(one) for one in pricing.calibrate_flights(past, later, trigger)],
        "tenths": [_ratio(one) for band in numbers[-1:] for one in pricing.calibrate_by_tenths(past, later, band)],
    }


def price_typhoon(
    path: Path, trigger: Trigger, place: tuple[float, float], radius_km: int, sum_insured_fen: int, loading_bp: int
) -> dict[str, Any]:
    _refuse_other(trigger, "typhoon_wind")
    return _shown(pricing.typhoon_price(storms(path), place, radius_km, trigger, sum_insured_fen, loading_bp))


def calibrate_typhoon(
    path: Path, trigger: Trigger, places: Sequence[tuple[float, float]], radius_km: int, first_tested: int
) -> dict[str, Any]:
    """Fitted on seasons before `first_tested`, tested on those from it on, over all `places` together."""
    _refuse_other(trigger, "typhoon_wind")
    seasons = storms(path)
    past = {season: paths for season, paths in seasons.items() if season < first_tested}
    later = {season: paths for season, paths in seasons.items() if season >= first_tested}
    found = []
    for band in trigger.bands:
        fitted, came = (
            sum(pricing.typhoon_hits(_all(part), place, radius_km, trigger)[band.event] for place in places)
            for part in (past, later)
        )
        found.append(Calibration(band.event, fitted / len(past) * len(later), came))
    return {"bands": [_ratio(one) for one in found]}


def _all(seasons: dict[int, list[Any]]) -> list[Any]:
    return [path for paths in seasons.values() for path in paths]


def _refuse_other(trigger: Trigger, measure: str) -> None:
    if trigger.measure != measure:
        zh, en = f"这项约定看的是 {trigger.measure}", f"is of {trigger.measure}"
        raise InvalidInput(field="trigger", reason_zh=zh, reason_en=en)


def _shown(quoted: Quoted) -> dict[str, Any]:
    bands = [{name: _rounded(value) for name, value in asdict(rate).items()} for rate in quoted.bands]
    return {**asdict(quoted), "bands": bands}


def _ratio(one: Calibration) -> dict[str, Any]:
    return {
        "event": one.event,
        "expected": _rounded(one.expected),
        "actual": one.actual,
        "ratio": _rounded(one.ratio),
    }


def _rounded(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float) else value

"""What a policy waits for, as the name under which sources report it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import Point, Trigger

_FLIGHT = re.compile(r"^[A-Z0-9]{2}\d{1,4}$")
_NAME = re.compile(r"^[A-Z0-9-]{4,40}$")
MOST_DAYS = 31
"""Days of one policy that are watched at a place."""

FACTS: Mapping[str, tuple[str, ...]] = {
    "flight_arrival": ("flight", "day"),
    "parcel": ("parcel",),
    "sensor": ("device",),
}
"""What an order must name, by measure. At a place nothing: it was chosen with the price."""


def waits_for(measure: str, facts: Mapping[str, str], start: date, end: date) -> list[tuple[str, date]]:
    """Subjects with the day after which their window closes: a flight on its day (“MU5101/2026-11-22”), a parcel
    (“SF1234567”) until the last covered day, a sensor on each covered day (“SH-00183A/2026-11-22”), at most
    `MOST_DAYS`. Raises `InvalidInput` naming the fact (`inputs.flight`)."""
    if measure == "flight_arrival":
        _matching(facts, "flight", _FLIGHT, "航班号，如 MU5101", "a flight number such as MU5101")
        day = _day(facts)
        return [(f"{facts['flight']}/{day.isoformat()}", day)]
    name = _matching(facts, FACTS[measure][0], _NAME, "4 到 40 位大写字母、数字", "4 to 40 capitals and digits")
    if measure == "parcel":
        return [(name, end - timedelta(days=1))]
    return [(f"{name}/{day.isoformat()}", day) for day in days_watched(start, end)]


def place_subject(point: Point, radius_km: int, day: date) -> str:
    """“31.2300,121.4700+50km/2026-11-22”: one circle and one day."""
    return f"{point.lat_e4 / 10_000:.4f},{point.lon_e4 / 10_000:.4f}+{radius_km}km/{day.isoformat()}"


def days_watched(start: date, end: date) -> list[date]:
    """Covered days, at most `MOST_DAYS` from the first."""
    return [start + timedelta(days=n) for n in range(min((end - start).days, MOST_DAYS))]


def in_words(trigger: Trigger, subject_: str, place: Text | None) -> Text:
    """“MU5101，2026-11-22”; for a circle the name of its point."""
    what, _, day = subject_.partition("/")
    name = place or Text(what, what)
    return Text(f"{name.zh} {day}".strip(), f"{name.en} {day}".strip())


def _matching(facts: Mapping[str, str], name: str, pattern: re.Pattern[str], zh: str, en: str) -> str:
    value = facts.get(name, "")
    if not pattern.match(value):
        raise InvalidInput(field=f"inputs.{name}", reason_zh=f"需要{zh}", reason_en=f"needs {en}")
    return value


def _day(facts: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(facts.get("day", ""))
    except ValueError:
        raise InvalidInput(
            field="inputs.day", reason_zh="需要计划起飞日，如 2026-11-22", reason_en="needs the day, such as 2026-11-22"
        ) from None

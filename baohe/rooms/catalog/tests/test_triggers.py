"""Triggers as data: what would leave a value unpaid, paid twice or decided by one source alone is refused by name."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from baohe.kernel.canonical import digest
from baohe.rooms.catalog import facade
from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules.package import Raw
from baohe.rooms.catalog.tests.conftest import read

FLIGHT, WEATHER = "yizhan-flight-delay/2026-11-15", "songtao-weather-trip"
Change = Callable[[list[dict[str, Any]]], object]

BROKEN: dict[str, tuple[str, str, Change]] = {
    "a hole": (FLIGHT, "bands[0].to", lambda t: t[0]["bands"][0].update(to=29)),
    "an overlap": (FLIGHT, "bands[1].to", lambda t: t[0]["bands"][1].update(to=46)),
    "an end below its beginning": (FLIGHT, "bands[0].to", lambda t: t[0]["bands"][0].update(to=15)),
    "an open band in the middle": (FLIGHT, "bands[0].to", lambda t: t[0]["bands"][0].pop("to")),
    "a ceiling": (FLIGHT, "bands[2].to", lambda t: t[0]["bands"][2].update(to=600)),
    "an unknown measure": (FLIGHT, "measure", lambda t: t[0].update(measure="mood")),
    "an unknown word": (FLIGHT, "bands[3].state", lambda t: t[0]["bands"][3].update(state="hijacked")),
    "a word twice": (FLIGHT, "bands[3].state", lambda t: t[0]["bands"][4].update(state="cancelled")),
    "a number for a word": (FLIGHT, "bands[0].from", lambda t: t[0].update(measure="parcel")),
    "neither number nor word": (FLIGHT, "bands[0].from", lambda t: t[0]["bands"][0].pop("from")),
    "an event that is none": (FLIGHT, "bands[0].event", lambda t: t[0]["bands"][0].update(event="flood")),
    "another share than the claim": (FLIGHT, "bands[0].share_bp", lambda t: t[0]["bands"][0].update(share_bp=1500)),
    "half of the sources": (FLIGHT, "sources.need", lambda t: t[0]["sources"].update(need=1)),
    "more than there are": (FLIGHT, "sources.need", lambda t: t[0]["sources"].update(need=4)),
    "a source twice": (FLIGHT, "sources.of", lambda t: t[0]["sources"].update(of=["flight-a"] * 3)),
    "a tolerance below nothing": (FLIGHT, "sources.tolerance", lambda t: t[0]["sources"].update(tolerance=-1)),
    "a clause that is none": (FLIGHT, "clause", lambda t: t[0].update(clause="9.9")),
    "no window": (FLIGHT, "window.observe_hours", lambda t: t[0]["window"].update(observe_hours=0)),
    "an endless window": (FLIGHT, "window.observe_hours", lambda t: t[0]["window"].update(observe_hours=999)),
    "no days of correction": (FLIGHT, "dispute_days", lambda t: t[0].update(dispute_days=0)),
    "no limit": (FLIGHT, "breaker.fen_an_hour", lambda t: t[0]["breaker"].update(fen_an_hour=0)),
    "a place for a flight": (
        FLIGHT,
        "circle",
        lambda t: t[0].update(
            circle={"input": "benefit", "radius_km": 1, "by_value": {"200": {"lat_e4": 1, "lon_e4": 1, "name": _TEXT}}}
        ),
    ),
    "rain without a place": (WEATHER, "circle", lambda t: t[0].pop("circle")),
    "a city without a point": (WEATHER, "circle.by_value", lambda t: t[0]["circle"]["by_value"].pop("haikou")),
    "a circle too large": (WEATHER, "circle.radius_km", lambda t: t[0]["circle"].update(radius_km=501)),
    "no point on earth": (
        WEATHER,
        "circle.by_value.haikou",
        lambda t: t[0]["circle"]["by_value"]["haikou"].update(lat_e4=900_001),
    ),
    "two of one name": (WEATHER, "code", lambda t: t[1].update(code="rain")),
}
_TEXT = {"zh": "这里", "en": "here"}


def changed(code: str, change: Change) -> Raw:
    raw = copy.deepcopy(read(code))
    change(raw["triggers"]["triggers"])
    return raw


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_trigger_is_refused_by_its_field(case: str) -> None:
    code, field, change = BROKEN[case]
    with pytest.raises(NotPublishable) as refusal:
        facade.check_package(changed(code, change))
    assert refusal.value.facts["field"] == f"triggers.triggers[0].{field}"


def test_the_filed_ones_are_sound() -> None:
    for code in (FLIGHT, WEATHER):
        assert facade.check_package(read(code)).triggers


def test_a_version_without_triggers_keeps_the_hash_it_always_had() -> None:
    raw = read("yizhan-flight-delay/2026-05-01")
    assert "triggers" not in raw
    assert facade.check_package(raw).content_hash == digest(raw)


def test_a_line_of_the_file_is_named() -> None:
    package = next(p for p in facade.packages_below(Path(settings.BAOHE_PRODUCTS)) if WEATHER in str(p))
    files = facade.read_files(package)
    files["triggers.yaml"] = files["triggers.yaml"].replace("radius_km: 25", "radius_km: far")
    _, faults, _ = facade.check_files(package.parent.name, package.name, files)
    line = next(n for n, text in enumerate(files["triggers.yaml"].splitlines(), start=1) if "radius_km: far" in text)
    assert [(fault.facts["file"], fault.facts["line"]) for fault in faults] == [("triggers.yaml", line)]

"""Rain at stations and storms on their way, as each source tells them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import Band, Circle, Point
from baohe.rooms.parametric.rules import clocks, subjects, words
from baohe.rooms.parametric.rules.counting import Said, counted, settles_at
from baohe.rooms.parametric.tests.test_agreeing import AT, TRIGGER

SHANGHAI = Point(312_300, 1_214_700, Text("上海", "Shanghai"))
RAIN = replace(
    TRIGGER,
    measure="rain_24h",
    bands=(Band("rain_50", 500, 1000, share_bp=2000), Band("rain_100", 1000, share_bp=5000)),
    circle=Circle("city", 25, {"shanghai": SHANGHAI}),
)
WIND = replace(RAIN, measure="typhoon_wind", bands=(Band("gale", 34, share_bp=3000),))
DAY = date(2026, 11, 22)
NEAR, FAR = (312_000, 1_214_000), (300_000, 1_200_000)


def rain(source: str, station: str, value: int, place: tuple[int, int], at: datetime = AT) -> Said:
    return Said(source, f"{station}/{DAY}", 1, value, at, f"{source}{station}{value}", place)


def test_the_wettest_station_within_the_circle_counts() -> None:
    told = [rain("a", "1", 300, NEAR), rain("a", "2", 620, NEAR), rain("a", "3", 2000, FAR)]
    assert counted(RAIN, SHANGHAI, DAY, told)["a"].value == 620


def test_a_source_without_a_station_in_the_circle_says_nothing() -> None:
    assert counted(RAIN, SHANGHAI, DAY, [rain("a", "3", 2000, FAR)]) == {}
    assert counted(RAIN, SHANGHAI, DAY, [rain("a", "1", 900, NEAR, AT + timedelta(days=1))]) == {}


def fix(storm: str, hour: int, lon: int, wind: int) -> Said:
    at = datetime(2026, 11, 22, hour, tzinfo=UTC)
    return Said("a", f"{storm}/{hour}", 1, wind, at, f"{storm}{hour}", (312_300, lon))


def test_a_storm_counts_between_its_fixes() -> None:
    told = [fix("2630", 0, 1_234_700, 60), fix("2630", 6, 1_194_700, 80)]
    assert counted(WIND, SHANGHAI, DAY, told)["a"].value == pytest.approx(70, abs=2)


def test_a_source_that_follows_storms_elsewhere_says_that_none_was_near() -> None:
    assert counted(WIND, SHANGHAI, DAY, [fix("2630", 0, 1_500_000, 60)])["a"].value == 0
    assert counted(WIND, SHANGHAI, DAY, []) == {}


def test_two_storms_are_not_joined() -> None:
    told = [fix("2630", 0, 1_234_700, 60), fix("2631", 6, 1_194_700, 80)]
    assert counted(WIND, SHANGHAI, DAY, told)["a"].value == 0


def test_a_day_on_the_map_is_settled_after_it_ended() -> None:
    assert settles_at(RAIN, DAY, [AT]).isoformat() == "2026-11-23T00:15:00+08:00"
    assert settles_at(TRIGGER, DAY, [AT, AT + timedelta(hours=1)]) == AT + timedelta(hours=1, minutes=15)


def test_windows_and_clocks() -> None:
    assert clocks.closes_at(TRIGGER, DAY).isoformat() == "2026-11-25T00:00:00+08:00"
    assert clocks.answer_by(AT).isoformat() == "2026-11-25T18:00:00+08:00"
    assert clocks.correctable_until(TRIGGER, AT) == AT + timedelta(days=10)
    assert not clocks.is_stale(AT, AT + timedelta(seconds=60), 60)
    assert clocks.is_stale(AT, AT + timedelta(seconds=61), 60)


@pytest.mark.parametrize(
    ("trigger", "band", "said"),
    [
        (TRIGGER, 0, "晚到 15–30 分钟，赔 ¥40.00"),
        (TRIGGER, 2, "晚到 45 分钟以上，赔 ¥120.00"),
        (TRIGGER, 3, "航班取消，赔 ¥200.00"),
        (RAIN, 0, "一天降雨 50–100 毫米，赔 ¥80.00"),
        (WIND, 0, "台风最大风速 34 节以上，赔 ¥120.00"),
    ],
)
def test_promises_in_plain_words(trigger: object, band: int, said: str) -> None:
    assert words.promise(trigger, trigger.bands[band], 40_000).zh == said  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("measure", "value", "said"),
    [
        ("flight_arrival", 47, "晚到 47 分钟"),
        ("flight_arrival", -3, "晚到 -3 分钟"),
        ("flight_arrival", "diverted", "备降或返航"),
        ("rain_24h", 512, "一天降雨 51.2 毫米"),
        ("parcel", "returned", "包裹已退回"),
        ("sensor", "alarm", "传感器报警"),
    ],
)
def test_values_in_plain_words(measure: str, value: int | str, said: str) -> None:
    assert words.value_in_words(measure, value).zh == said


def test_subjects_and_what_is_none() -> None:
    end = DAY + timedelta(days=3)
    assert subjects.waits_for("flight_arrival", {"flight": "MU5101", "day": "2026-11-22"}, DAY, end) == [
        ("MU5101/2026-11-22", date(2026, 11, 22))
    ]
    assert subjects.waits_for("parcel", {"parcel": "SF1234567"}, DAY, end) == [("SF1234567", end - timedelta(days=1))]
    assert subjects.waits_for("sensor", {"device": "SH-1"}, DAY, end) == [
        (f"SH-1/{day}", day) for day in (DAY, DAY + timedelta(days=1), DAY + timedelta(days=2))
    ]
    assert subjects.place_subject(SHANGHAI, 25, DAY) == "31.2300,121.4700+25km/2026-11-22"
    assert len(subjects.days_watched(DAY, DAY + timedelta(days=90))) == subjects.MOST_DAYS
    for facts in ({}, {"flight": "mu1", "day": "2026-11-22"}, {"flight": "MU5101", "day": "22.11."}):
        with pytest.raises(InvalidInput):
            subjects.waits_for("flight_arrival", facts, DAY, end)

"""Histories as files: what cannot be read is refused by name, with what is there instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from baohe.kernel.errors import InvalidInput
from baohe.rooms.parametric import histories

FLIGHTS = "date,delay,origin,destination\n2001-01-31T07:40,12,SHA,PEK\n2001-05-01T21:05,-3,PEK,SHA\n"
STORMS = """track_id,season,time,lat,lon,wind
A,1981,1981-07-01 06:00:00,20.0,118.0,35
A,1981,1981-07-01 12:00:00,20.5,118.0,
"""


def flights(path: Path) -> object:
    return histories.flights(path, ["route"])


def test_flights_are_grouped_and_bounded_by_month(tmp_path: Path) -> None:
    file = tmp_path / "flights.csv"
    file.write_text(FLIGHTS, encoding="utf-8")
    assert histories.flights(file, ["route"]).groups == ("PEK-SHA", "SHA-PEK")
    assert histories.flights(file, ["month", "hour"], until_month=4).groups == ("01/07",)
    assert list(histories.flights(file, ["route"], from_month=5).late) == [-3]


def test_storms_leave_out_fixes_without_a_wind(tmp_path: Path) -> None:
    file = tmp_path / "storms.csv"
    file.write_text(STORMS, encoding="utf-8")
    assert [len(paths) for paths in histories.storms(file).values()] == [1]


@pytest.mark.parametrize(
    ("read", "content", "said"),
    [
        (flights, b"PAR1\x15\x04\x15", ("Parquet", "CSV")),
        (flights, "日期,延误\n".encode("gb18030"), ("UTF-8",)),
        (flights, b"FlightDate,ArrDelay,origin\n2001-01-01,5,SHA\n", ("date", "delay", "destination", "FlightDate")),
        (flights, b"date,delay,origin,destination\n2001-01-01,5,SHA\n", ("line 2",)),
        (flights, b"date,delay,origin,destination\n31.01.2001,5,SHA,PEK\n", ("31.01.2001", "is no date")),
        (flights, b"date,delay,origin,destination\n2001-01-31,late,SHA,PEK\n", ("late", "is no number")),
        (flights, b"date,delay,origin,destination\n", ("no flights",)),
        (histories.storms, b"track_id,season,time,lat,lon\n", ("lacks wind",)),
        (histories.storms, STORMS.replace("1981-07-01 06:00:00", "soon").encode(), ("soon", "is no date")),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_there(
    tmp_path: Path, read: Callable[[Path], object], content: bytes, said: tuple[str, ...]
) -> None:
    file = tmp_path / "history"
    file.write_bytes(content)
    with pytest.raises(InvalidInput) as refused:
        read(file)
    told = str(refused.value.problem())
    assert [word for word in said if word not in told] == []

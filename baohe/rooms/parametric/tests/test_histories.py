"""Histories as files: what cannot be read is refused by name, with what is there instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
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


def parquet(path: Path, select: str) -> Path:
    """`select` as a Parquet file."""
    with duckdb.connect() as database:
        database.sql(select).write_parquet(str(path))
    return path


def test_a_parquet_file_says_the_same_as_its_csv(tmp_path: Path) -> None:
    plain = tmp_path / "flights.csv"
    plain.write_text(FLIGHTS, encoding="utf-8")
    packed = parquet(
        tmp_path / "flights[1]?*.parquet",  # a name is a name, no pattern
        """FROM (VALUES (TIMESTAMP '2001-01-31 07:40:00', 12::BIGINT, 'SHA', 'PEK', [1, 2]),
                        (TIMESTAMP '2001-05-01 21:05:00', -3::BIGINT, 'PEK', 'SHA', NULL))
                AS flight(date, delay, origin, destination, left_alone)""",
    )
    for by in (["route"], ["origin", "month"], ["hour"]):
        read, same = histories.flights(packed, by), histories.flights(plain, by)
        assert (read.groups, list(read.group), list(read.late)) == (same.groups, list(same.group), list(same.late))


def test_a_wind_that_is_null_or_no_number_is_left_out_of_a_parquet_file(tmp_path: Path) -> None:
    packed = parquet(
        tmp_path / "storms.parquet",
        """FROM (VALUES ('A', 1981, TIMESTAMPTZ '1981-07-01 14:00:00+08', 20.0, 118.0, 35.0::DOUBLE),
                        ('A', 1981, TIMESTAMPTZ '1981-07-01 20:00:00+08', 20.5, 118.0, 'NaN'),
                        ('A', 1981, TIMESTAMPTZ '1981-07-02 02:00:00+08', 21.0, 118.0, NULL))
                AS fix(track_id, season, time, lat, lon, wind)""",
    )
    plain = tmp_path / "storms.csv"
    plain.write_text(STORMS, encoding="utf-8")
    [[read]], [[same]] = histories.storms(packed).values(), histories.storms(plain).values()
    assert list(read.minutes) == list(same.minutes)
    assert list(read.wind) == list(same.wind) == [35]


def test_a_parquet_file_without_a_column_or_cut_off_is_refused_by_name(tmp_path: Path) -> None:
    other = parquet(tmp_path / "other.parquet", 'SELECT 1 AS "FlightDate", 2 AS delay')
    with pytest.raises(InvalidInput, match="date.*origin.*destination.*FlightDate"):
        flights(other)
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(other.read_bytes()[:-20])
    with pytest.raises(InvalidInput, match="damaged"):
        flights(cut)


@pytest.mark.parametrize(
    ("read", "content", "said"),
    [
        (flights, b"PAR1\x15\x04\x15", ("Parquet", "damaged")),
        (flights, "日期,延误\n".encode("gb18030"), ("UTF-8", "Parquet")),
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

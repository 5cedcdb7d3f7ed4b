"""Histories as files: one CSV row a flight, or a fix of a storm."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import numpy as np

from baohe.kernel.errors import InvalidInput
from baohe.rooms.parametric.rules.circles import Track, track
from baohe.rooms.parametric.rules.pricing import Flights

_PARQUET = b"PAR1"
_MOST_SHOWN = 20
"""Columns of the file that a refusal names."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "route": ("origin", "destination"),
    "origin": ("origin",),
    "destination": ("destination",),
    "carrier": ("carrier",),
    "month": (),
    "hour": (),
}


def flights(path: Path, by: Sequence[str], until_month: int = 0, from_month: int = 0) -> Flights:
    """Columns `date` (local, ISO) and `delay` (minutes at arrival), and those of the groups `by`; months 1 to 12 of the
    dates may be bounded on either side (0 = not). Raises `InvalidInput` for a column that lacks or cannot be read."""
    late, names = [], []
    for row in _rows(path, ("date", "delay", *(column for one in by for column in GROUPS[one]))):
        month = _when(row, "date").month
        if (until_month and month > until_month) or (from_month and month < from_month):
            continue
        late.append(_number(row, "delay"))
        names.append("/".join(_group(row, one) for one in by))
    if not late:
        raise InvalidInput(field="flights", reason_zh="没有航班", reason_en="has no flights")
    groups, index = np.unique(np.array(names), return_inverse=True)
    return Flights(np.array(late, np.int64), index.astype(np.int64), tuple(str(group) for group in groups))


def storms(path: Path) -> dict[int, list[Track]]:
    """Season → tracks, from columns `track_id`, `season`, `time` (UTC), `lat`, `lon`, `wind` (knots). Fixes without a
    wind are left out; seasons between the first and the last are all there."""
    fixes: dict[tuple[int, str], list[tuple[int, float, float, float]]] = defaultdict(list)
    for row in _rows(path, ("track_id", "season", "time", "lat", "lon", "wind")):
        if not row["wind"]:
            continue
        minute = int(_when(row, "time").replace(tzinfo=UTC).timestamp()) // 60
        place = tuple(_decimal(row, column) for column in ("lat", "lon", "wind"))
        fixes[_number(row, "season"), row["track_id"]].append((minute, place[0], place[1], place[2]))
    if not fixes:
        raise InvalidInput(field="typhoon", reason_zh="没有路径", reason_en="has no tracks")
    seasons = [season for season, _ in fixes]
    found: dict[int, list[Track]] = {season: [] for season in range(min(seasons), max(seasons) + 1)}
    for (season, _), theirs in sorted(fixes.items()):
        found[season].append(track(theirs))
    return found


def _group(row: Mapping[str, str], by: str) -> str:
    if by == "month":
        return row["date"][5:7]
    if by == "hour":
        return row["date"][11:13]
    return "-".join(row[column] for column in GROUPS[by])


def _rows(path: Path, needed: Sequence[str]) -> Iterator[dict[str, str]]:
    """Raises `InvalidInput` for what is no CSV, columns that lack (told with those that are there), a short row."""
    with path.open("rb") as file:
        _refuse_other_formats(path, file.read(len(_PARQUET)))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        try:
            _refuse_lacking(path, needed, reader.fieldnames or ())
            for row in reader:
                if any(row[column] is None for column in needed):
                    _refuse(path, f"第 {reader.line_num} 行少了格", f"is short in line {reader.line_num}")
                yield row
        except (UnicodeDecodeError, csv.Error) as unreadable:
            raise InvalidInput(
                field=path.name, reason_zh="不是 UTF-8 的 CSV", reason_en="is no CSV in UTF-8"
            ) from unreadable


def _refuse_other_formats(path: Path, begins: bytes) -> None:
    if begins == _PARQUET:
        _refuse(
            path,
            "是 Parquet，请先另存为 CSV（UTF-8，首行列名）",
            "is Parquet; save it as CSV (UTF-8, names in the first line)",
        )


def _refuse_lacking(path: Path, needed: Sequence[str], present: Sequence[str]) -> None:
    if lacking := [column for column in dict.fromkeys(needed) if column not in present]:
        shown = present[:_MOST_SHOWN]
        _refuse(
            path,
            f"缺少列 {'、'.join(lacking)}；现有 {'、'.join(shown)}",
            f"lacks {', '.join(lacking)}; it has {', '.join(shown)}",
        )


def _refuse(path: Path, zh: str, en: str) -> NoReturn:
    raise InvalidInput(field=path.name, reason_zh=zh, reason_en=en)


def _when(row: Mapping[str, str], column: str) -> datetime:
    try:
        return datetime.fromisoformat(row[column])
    except ValueError:
        raise InvalidInput(
            field=column, reason_zh=f"“{row[column][:20]}”不是日期", reason_en=f"“{row[column][:20]}” is no date"
        ) from None


def _number(row: Mapping[str, str], column: str) -> int:
    return int(_decimal(row, column))


def _decimal(row: Mapping[str, str], column: str) -> float:
    try:
        return float(row[column])
    except ValueError:
        raise InvalidInput(
            field=column, reason_zh=f"“{row[column][:20]}”不是数", reason_en=f"“{row[column][:20]}” is no number"
        ) from None

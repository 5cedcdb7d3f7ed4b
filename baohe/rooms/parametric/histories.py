"""Histories as files: a row is a flight, or a fix of a storm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from baohe.kernel.errors import InvalidInput
from baohe.rooms.parametric.history_rows import rows
from baohe.rooms.parametric.rules.circles import Track, track
from baohe.rooms.parametric.rules.pricing import Flights

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
    for row in rows(path, ("date", "delay", *(column for one in by for column in GROUPS[one]))):
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
    for row in rows(path, ("track_id", "season", "time", "lat", "lon", "wind")):
        if not row["wind"]:
            continue
        minute = int(_in_utc(_when(row, "time")).timestamp()) // 60
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


def _when(row: Mapping[str, str], column: str) -> datetime:
    try:
        return datetime.fromisoformat(row[column])
    except ValueError:
        raise InvalidInput(
            field=column, reason_zh=f"“{row[column][:20]}”不是日期", reason_en=f"“{row[column][:20]}” is no date"
        ) from None


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(row: Mapping[str, str], column: str) -> int:
    return int(_decimal(row, column))


def _decimal(row: Mapping[str, str], column: str) -> float:
    try:
        return float(row[column])
    except ValueError:
        raise InvalidInput(
            field=column, reason_zh=f"“{row[column][:20]}”不是数", reason_en=f"“{row[column][:20]}” is no number"
        ) from None

"""A CSV of claims as rows of words. Nothing is guessed: what is missing is named, what is unknown stays a word."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from baohe.rooms.fraud.errors import ColumnsMissing, TableUnreadable
from baohe.rooms.fraud.rules.encoding import Row
from baohe.rooms.fraud.rules.vehicle import FEATURES, LABEL, YEAR

_LARGEST = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Table:
    """`sha256` is of the file's bytes."""

    rows: Sequence[Row]
    columns: frozenset[str]
    sha256: str


def read(path: Path, extra: Sequence[str] = ()) -> Table:
    """The features and `extra` columns must be there. Raises `ColumnsMissing`, `TableUnreadable`."""
    content = _bytes(path)
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        columns = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise TableUnreadable(reason_zh="不是 UTF-8 的 CSV", reason_en="it is not a CSV in UTF-8") from wrong
    missing = [name for name in (*(feature.name for feature in FEATURES), *extra) if name not in columns]
    if missing:
        raise ColumnsMissing(columns="、".join(missing))
    ragged = next((line for line, row in enumerate(rows, 1) if None in row or None in row.values()), None)
    if ragged is not None:
        raise TableUnreadable(
            reason_zh=f"第 {ragged} 条记录的格数与列名不符",
            reason_en=f"record {ragged} has another number of cells than there are columns",
        )
    if not rows:
        raise TableUnreadable(reason_zh="没有记录", reason_en="it has no records")
    return Table(rows, frozenset(columns), hashlib.sha256(content).hexdigest())


def labels(rows: Sequence[Row]) -> list[float]:
    """0.0 or 1.0 a row. Raises `TableUnreadable`."""
    return [float(_number(line, row[LABEL], LABEL, {0, 1})) for line, row in enumerate(rows, 1)]


def years(rows: Sequence[Row]) -> list[int]:
    """Raises `TableUnreadable`."""
    return [_number(line, row[YEAR], YEAR) for line, row in enumerate(rows, 1)]


def _number(line: int, text: str, column: str, allowed: set[int] | None = None) -> int:
    plain = text.strip().removesuffix(".0")
    if not plain.isdecimal() or (allowed is not None and int(plain) not in allowed):
        raise TableUnreadable(
            reason_zh=f"第 {line} 条记录的 {column} 是 {text!r}", reason_en=f"record {line} has {text!r} in {column}"
        )
    return int(plain)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as wrong:
        raise TableUnreadable(reason_zh=f"打不开 {path}", reason_en=f"cannot open {path}") from wrong
    if len(content) > _LARGEST:
        raise TableUnreadable(reason_zh="文件超过 512 MB", reason_en="the file is larger than 512 MB")
    return content

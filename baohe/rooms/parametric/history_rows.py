"""Rows of a history, each a mapping of column to text, from CSV or from Parquet: the file's first bytes say which."""

from __future__ import annotations

import csv
import glob
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from baohe.kernel.errors import InvalidInput

_PARQUET = b"PAR1"
_AT_ONCE = 10_000
"""Rows of a Parquet file that are text at the same time."""

_MOST_SHOWN = 20
"""Columns of the file that a refusal names."""


def rows(path: Path, needed: Sequence[str]) -> Iterator[dict[str, str]]:
    """At least the columns `needed`; "" where a cell is empty. Raises `InvalidInput` for what is neither format or
    broken, for columns that lack (told with those that are there), and for a short row of a CSV."""
    with path.open("rb") as file:
        begins = file.read(len(_PARQUET))
    return _of_parquet(path, tuple(dict.fromkeys(needed))) if begins == _PARQUET else _of_csv(path, needed)


def _of_csv(path: Path, needed: Sequence[str]) -> Iterator[dict[str, str]]:
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
                field=path.name,
                reason_zh="既不是 UTF-8 的 CSV，也不是 Parquet",
                reason_en="is neither CSV in UTF-8 nor Parquet",
            ) from unreadable


def _of_parquet(path: Path, needed: Sequence[str]) -> Iterator[dict[str, str]]:
    import duckdb  # only whoever prices waits for it, not the start of the server

    # Nothing is fetched over the network, whatever the file asks for; and a path is a file, no pattern.
    database, file = duckdb.connect(config={"autoinstall_known_extensions": False}), [glob.escape(str(path))]
    try:
        database.execute("SET TimeZone = 'UTC'")  # a moment means the same on every machine
        present = database.execute("DESCRIBE FROM read_parquet(?)", file).fetchall()
        _refuse_lacking(path, needed, [column for column, *_ in present])
        cells = ", ".join(map(_as_text, needed))
        database.execute(f"SELECT {cells} FROM read_parquet(?)", file)  # noqa: S608 - columns that we name ourselves
        while some := database.fetchmany(_AT_ONCE):
            yield from (dict(zip(needed, row, strict=True)) for row in some)
    except duckdb.Error as broken:
        raise InvalidInput(
            field=path.name, reason_zh="是损坏的 Parquet", reason_en="is a Parquet file that is damaged"
        ) from broken
    finally:
        database.close()


def _as_text(column: str) -> str:
    """An empty cell and what is not a number are both empty, as in a CSV."""
    return f"COALESCE(NULLIF(CAST({column} AS VARCHAR), 'nan'), '')"


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

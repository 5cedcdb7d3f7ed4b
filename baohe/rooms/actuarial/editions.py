"""Mortality tables from their files: `<edition>.yaml` says what the columns of `<edition>.csv` are.

A new edition is two files in a folder and no code. The installation's own folder is `data/`; a caller may name one
more, whose editions come on top.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from baohe.kernel.decisions import Text
from baohe.rooms.actuarial.contracts import ROLES, SEXES, Edition, MortalityTable
from baohe.rooms.actuarial.errors import TableBroken

_OWN = Path(__file__).parent / "data"
_PARTS_OF_ONE = {"per_year": Decimal(1), "per_mille": Decimal(1000)}
_FIGURE = re.compile(r"^\d{1,4}(\.\d{1,9})?(e-\d{1,2})?$", re.IGNORECASE)
"""With an exponent too: published sheets that went through a spreadsheet hold figures such as 9.5e-05."""
_LARGEST_FILE = 1024 * 1024


@functools.lru_cache(maxsize=8)
def editions(folder: Path | None = None) -> Mapping[str, Edition]:
    """Every edition by its code, oldest first. Raises `TableBroken` with file, row and column."""
    found: dict[str, Edition] = {}
    for source in (_OWN, folder):
        if source is not None:
            read = [_read(path) for path in sorted(source.glob("*.yaml"))]
            found.update({edition.code: edition for edition in read})
    return dict(sorted(found.items(), key=lambda item: item[1].in_force_from))


def _read(description: Path) -> Edition:
    said = _description(description)
    code = _word(said, "edition", description.name)
    unit = said.get("unit")
    if unit not in _PARTS_OF_ONE:
        raise _broken(code, description.name, f"unit 应为 {'、'.join(_PARTS_OF_ONE)}", "unit is per_year or per_mille")
    listed = said.get("tables")
    if not isinstance(listed, dict) or not listed:
        raise _broken(code, description.name, "没有 tables", "has no tables")
    columns = _columns(description.with_suffix(".csv"), code, _PARTS_OF_ONE[unit])
    tables = [table for name, about in listed.items() for table in _tables(code, str(name), about, columns)]
    return Edition(
        code=code,
        title=_text(said, "title", code),
        in_force_from=_day(said, code),
        source=_text(said, "source", code),
        tables={(table.code, table.sex): table for table in tables},
    )


def _tables(
    edition: str, name: str, about: Any, columns: tuple[int, Mapping[str, tuple[Decimal, ...]]]
) -> list[MortalityTable]:
    place = f"tables.{name}"
    sexes = about.get("columns") if isinstance(about, dict) else None
    if not isinstance(sexes, dict) or not sexes or not set(sexes) <= set(SEXES):
        raise _broken(edition, place, "columns 应为 male、female 到列名", "columns map male, female to column names")
    if about.get("role") not in ROLES:
        raise _broken(edition, place, f"role 应为 {'、'.join(ROLES)}", f"role is one of {', '.join(ROLES)}")
    first_age, by_name = columns
    for column in sexes.values():
        if column not in by_name:
            raise _broken(edition, place, f"CSV 里没有列 {column}", f"the CSV has no column {column}")
    said = _text(about, "name", edition)
    return [
        MortalityTable(edition, name, sex, str(about["role"]), said, first_age, by_name[column])
        for sex, column in sexes.items()
    ]


def _columns(path: Path, edition: str, parts: Decimal) -> tuple[int, dict[str, tuple[Decimal, ...]]]:
    """First age, and each column as chances a year."""
    header, *rows = list(csv.reader(_contents(path, edition).splitlines())) or [[]]
    if header[:1] != ["age"] or len(header) < 2 or not rows:
        raise _broken(edition, path.name, "第一列应为 age，其后至少一列", "starts with age and has one column or more")
    if len(set(header)) != len(header):
        raise _broken(edition, path.name, "有两列同名", "has two columns of one name")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header) or not row[0].isdigit():
            raise _broken(edition, f"{path.name} 第 {number} 行", "列数不对或年龄不是整数", "has a wrong row")
        if number > 2 and int(row[0]) != int(rows[number - 3][0]) + 1:
            raise _broken(edition, f"{path.name} 第 {number} 行", f"{row[0]} 岁前后不连续", "ages do not follow on")
    read = {
        name: tuple(_chance(row[at], parts, edition, f"{path.name} 第 {n} 行 {name}") for n, row in enumerate(rows, 2))
        for at, name in enumerate(header[1:], start=1)
    }
    for name, chances in read.items():
        if chances[-1] != 1:
            raise _broken(
                edition, f"{path.name} {name}", "最后一个年龄的死亡率应为 1", "the last age must have chance 1"
            )
    return int(rows[0][0]), read


def _chance(text: str, parts: Decimal, edition: str, place: str) -> Decimal:
    if not _FIGURE.match(text.strip()) or (chance := Decimal(text.strip()) / parts) > 1:
        raise _broken(edition, place, f"“{text}”不是死亡率", f"“{text}” is not a chance")
    return chance


def _description(path: Path) -> dict[str, Any]:
    try:
        said = yaml.safe_load(_contents(path, path.stem))
    except yaml.YAMLError as wrong:
        raise _broken(path.stem, path.name, f"读不出来：{wrong}", f"cannot be read: {wrong}") from wrong
    if not isinstance(said, dict):
        raise _broken(path.stem, path.name, "应为一组字段", "should be a mapping")
    return said


def _contents(path: Path, edition: str) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ValueError("larger than 1 MB")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as wrong:
        raise _broken(edition, path.name, f"读不出来：{wrong}", f"cannot be read: {wrong}") from wrong


def _word(said: Mapping[str, Any], key: str, place: str) -> str:
    value = said.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _broken(place, key, "没有填写，或不是文字（年份请加引号）", "is missing or no text (quote a year)")
    return value.strip()


def _text(said: Mapping[str, Any], key: str, edition: str) -> Text:
    value = said.get(key)
    if not isinstance(value, dict) or not all(isinstance(value.get(language), str) for language in ("zh", "en")):
        raise _broken(edition, key, "应有 zh 与 en", "needs zh and en")
    return Text(value["zh"], value["en"])


def _day(said: Mapping[str, Any], edition: str) -> date:
    value = said.get("in_force_from")
    if type(value) is not date:
        raise _broken(edition, "in_force_from", "应为日期，如 2026-01-01", "should be a date such as 2026-01-01")
    return value


def _broken(edition: str, place: str, zh: str, en: str) -> TableBroken:
    return TableBroken(edition=edition, place=place, reason_zh=zh, reason_en=en)

"""A CSV of claims as rows of words. Nothing is guessed: what is missing is named, what is unknown stays a word."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from baohe.rooms.fraud.errors import ColumnsMissing, TableUnreadable
from baohe.rooms.fraud.rules.encoding import Row
from baohe.rooms.fraud.rules.vehicle import FEATURES, LABEL, YEAR

_LARGEST = 64 * 1024 * 1024
"""A quarter of a million claims; read, they take half a gigabyte."""

_LOOKED_AT, _SHOWN = 4_096, 80
_OTHER_SIGNS = {";": ("分号", "semicolons"), "\t": ("制表符", "tabs"), "|": ("竖线", "bars")}
_AS_UTF8 = ("请另存为“CSV UTF-8”", "Save it as “CSV UTF-8”")
_OTHER_FILES = (
    (b"PK\x03\x04", (f"这是 Excel 工作簿或压缩包，{_AS_UTF8[0]}", f"it is a workbook or an archive. {_AS_UTF8[1]}")),
    (b"\xd0\xcf\x11\xe0", (f"这是旧版 Excel 工作簿，{_AS_UTF8[0]}", f"it is an old workbook. {_AS_UTF8[1]}")),
    (b"%PDF-", ("这是 PDF", "it is a PDF")),
    (b"\xff\xfe", (f"这是 UTF-16 文本，{_AS_UTF8[0]}", f"it is UTF-16. {_AS_UTF8[1]}")),
    (b"\xfe\xff", (f"这是 UTF-16 文本，{_AS_UTF8[0]}", f"it is UTF-16. {_AS_UTF8[1]}")),
)


@dataclass(frozen=True, slots=True)
class Table:
    """`sha256` is of the file's bytes."""

    rows: Sequence[Row]
    columns: frozenset[str]
    sha256: str


def read(path: Path, extra: Sequence[str] = ()) -> Table:
    """The features and `extra` columns must be there. Raises `ColumnsMissing`, `TableUnreadable`, which say what is
    wrong with the file and where."""
    content = _bytes(path)
    wanted = (*(feature.name for feature in FEATURES), *extra)
    reader = csv.DictReader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        columns = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        _refuse_columns(columns, wanted)
        rows = [_row(number, row) for number, row in enumerate(reader, 1)]
    except csv.Error as wrong:
        line = reader.line_num
        raise TableUnreadable(
            reason_zh=f"读到第 {line} 行时引号不成对，不是 CSV",
            reason_en=f"at line {line} its quotes do not match: it is no CSV",
        ) from wrong
    if not rows:
        raise TableUnreadable(reason_zh="只有列名，没有记录", reason_en="it names columns and has no records")
    return Table(rows, frozenset(columns), hashlib.sha256(content).hexdigest())


def _refuse_columns(columns: Sequence[str], wanted: Sequence[str]) -> None:
    missing = [name for name in wanted if name not in columns]
    if len(missing) == len(wanted):
        _refuse_another_table(columns)
    if missing:
        raise ColumnsMissing(columns="、".join(missing))
    twice = next((name for name in wanted if columns.count(name) > 1), None)
    if twice is not None:
        raise TableUnreadable(
            reason_zh=f"列 {twice} 出现了两次", reason_en=f"the column {twice} is there more than once"
        )


def _refuse_another_table(columns: Sequence[str]) -> None:
    """Eighteen missing names would hide that the first line is no list of columns at all."""
    first = columns[0] if len(columns) == 1 else ""
    sign = next((one for one in _OTHER_SIGNS if one in first), None)
    if sign is not None:
        zh, en = _OTHER_SIGNS[sign]
        raise TableUnreadable(
            reason_zh=f"列之间用的是{zh}，应当是逗号", reason_en=f"its columns are divided by {en} instead of commas"
        )
    shown = "、".join(columns)[:_SHOWN]
    raise TableUnreadable(
        reason_zh=f"第一行不是车险理赔表的列名：{shown}",
        reason_en=f"its first line does not name the columns of vehicle claims: {shown}",
    )


def _row(number: int, row: dict[str, str]) -> Row:
    """Each word kept once: a year's table has some hundred of them."""
    if None in row or None in row.values():
        raise TableUnreadable(
            reason_zh=f"第 {number} 条记录的格数与列名不符",
            reason_en=f"record {number} has another number of cells than there are columns",
        )
    return {name: sys.intern(value) for name, value in row.items()}


def _text(content: bytes) -> str:
    """UTF-8 alone; what else it seems to be is named, so that it can be saved anew."""
    kind = next((kind for start, kind in _OTHER_FILES if content.startswith(start)), None)
    if kind is None and b"\0" in content[:_LOOKED_AT]:
        kind = ("这不是文本文件", "it is not a text file")
    if kind is not None:
        raise TableUnreadable(reason_zh=kind[0], reason_en=kind[1])
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise TableUnreadable(reason_zh="文件是空的", reason_en="the file is empty")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        zh, en = ("，像是 GBK 编码", "; it looks like GBK") if _is_gbk(content) else ("", "")
        raise TableUnreadable(
            reason_zh=f"第 {line} 行不是 UTF-8{zh}，请另存为“CSV UTF-8”",
            reason_en=f"line {line} is not UTF-8{en}. Save it as “CSV UTF-8”",
        ) from wrong


def _is_gbk(content: bytes) -> bool:
    try:
        content[:_LOOKED_AT].decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


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
        raise TableUnreadable(
            reason_zh=f"打不开 {path}：{wrong.strerror}", reason_en=f"cannot open {path}: {wrong.strerror}"
        ) from wrong
    if len(content) > _LARGEST:
        raise TableUnreadable(
            reason_zh=f"文件超过 {_LARGEST >> 20} MB，请分成几份",
            reason_en=f"the file is larger than {_LARGEST >> 20} MB; give it in parts",
        )
    return content

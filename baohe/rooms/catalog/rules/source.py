"""The files of a package as text → its raw contents, and a field back to its file and line.

The only place that reads YAML; nothing is read again after publishing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

import yaml

from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules.faults import Faults
from baohe.rooms.catalog.rules.plain_yaml import PlainLoader, refuse_traps

Files = Mapping[str, str]
"""Name within the package folder ("product.yaml", "rates/premium.csv") → text."""

Raw = dict[str, Any]
"""Keys: code, version, product, clauses (text), exclusions, formula, rates {file stem: rows}, questionnaire,
underwriting, claims, cases, and triggers where there are any. Rows keep their header as the first row."""

PARTS = ("product", "exclusions", "formula", "underwriting", "claims", "cases")
NAMES = (*(f"{part}.yaml" for part in PARTS), "questionnaire.yaml", "triggers.yaml", "clauses.md")
"""The files of a package besides its rate tables; only the questionnaire and the triggers may be absent."""
RATE_FILE = re.compile(r"^rates/([a-z0-9_]{1,40})\.csv$")
_CODE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_VERSION = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
MOST_ROWS = 200_000
"""Rows of one rate table. The longest filed tables have a few ten thousand."""


def raw_of(code: str, version: str, files: Files) -> Raw:
    """The contents of one package. Raises `NotPublishable` for the first file that is missing or unreadable."""
    faults = Faults()
    raw = read(code, version, files, faults)
    if faults:
        raise faults.found[0]
    return raw


def read(code: str, version: str, files: Files, faults: Faults) -> Raw:
    """Like `raw_of`, but every unreadable file is noted; such a part is missing from the answer."""
    name = f"{code}@{version}"
    if not _CODE.match(code) or not _VERSION.match(version) or len(name) > 60:
        zh, en = "应为 产品代码/年-月-日", "should be product-code/year-month-day"
        faults.add(NotPublishable(package=name, field="folder", reason_zh=zh, reason_en=en, rule="PUB-1"))
    raw: Raw = {"code": code, "version": version}
    for part in ("clauses", *PARTS, "questionnaire", "triggers"):
        file = "clauses.md" if part == "clauses" else f"{part}.yaml"
        if file in files:
            raw[part] = files[file] if part == "clauses" else faults.take(lambda: _yaml(files, file, name), None)  # noqa: B023 - called at once
        elif part == "questionnaire":
            raw[part] = None
        elif part == "triggers":
            continue  # no key: the hash of a version from before there were triggers stays
        else:
            faults.add(_unreadable(name, file, "没有这个文件", "is missing"))
    raw["rates"] = {}
    for file in sorted(files):
        table = RATE_FILE.match(file)
        if table:
            none: list[list[str]] = []
            raw["rates"][table[1]] = faults.take(lambda: _rows(files, file, name), none)  # noqa: B023 - called at once
    return raw


def files_of(raw: Raw) -> dict[str, str]:
    """A raw package written as files again: the same contents, in a plain layout of their own."""
    files = {"clauses.md": str(raw["clauses"])}
    for part in (*PARTS, "questionnaire", "triggers"):
        if raw.get(part) is not None:
            files[f"{part}.yaml"] = yaml.safe_dump(raw[part], allow_unicode=True, sort_keys=False, width=110)
    for table, rows in raw["rates"].items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        files[f"rates/{table}.csv"] = text.getvalue()
    return files


def placed(fault: NotPublishable, files: Files) -> NotPublishable:
    """The fault with its file and line, as far as the files tell."""
    if fault.facts["file"]:
        return fault
    file = file_of(str(fault.facts["field"]))
    if file not in files:
        return fault.at(file, 0)
    header = 1 if file.endswith(".csv") else 0
    return fault.at(file, line_of(files[file], str(fault.facts["field"])) if file.endswith(".yaml") else header)


def file_of(field: str) -> str:
    """`product.name.zh` → product.yaml, `rates.premium` → rates/premium.csv; a file's own name stays."""
    if field in NAMES or RATE_FILE.match(field):
        return field
    part, _, rest = field.partition(".")
    if part == "rates" and rest:
        return f"rates/{rest}.csv"
    if part == "clauses":
        return "clauses.md"
    part = part.partition("[")[0]
    return f"{part}.yaml" if f"{part}.yaml" in NAMES else ""


def line_of(text: str, field: str) -> int:
    """The line of a field in a YAML file, from 1; of the innermost mapping that is there when the field is not."""
    try:
        node = yaml.compose(text, Loader=PlainLoader)  # noqa: S506 - builds no Python objects
    except yaml.YAMLError:
        return 0
    line = 0
    steps = [key or int(index) for key, index in _STEP.findall(field)][1:]
    if "[" in field.partition(".")[0]:
        steps = [key or int(index) for key, index in _STEP.findall(field[field.index("[") :])]
    for step in steps:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return line or (node.start_mark.line + 1 if node is not None else 0)


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
            if key.tag.endswith(":merge"):
                merged = _child(value, step)
                if merged is not None:
                    return merged
    if isinstance(node, yaml.SequenceNode) and str(step).isdecimal() and int(step) < len(node.value):
        item = node.value[int(step)]
        return item.start_mark.line + 1, item
    return None


def _yaml(files: Files, file: str, name: str) -> Any:
    try:
        refuse_traps(files[file])
        return yaml.load(files[file], Loader=PlainLoader)  # noqa: S506 - derives from the safe loader
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 0
        raise _unreadable(name, file, f"读不出来：{wrong.problem}", f"cannot be read: {wrong.problem}", line) from wrong
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        raise _unreadable(name, file, f"读不出来：{wrong}", f"cannot be read: {wrong}") from wrong


def _rows(files: Files, file: str, name: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(files[file]), strict=True):
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise _unreadable(name, file, f"超过 {MOST_ROWS:,} 行", f"has more than {MOST_ROWS:,} rows", len(rows))
    except csv.Error as wrong:
        raise _unreadable(name, file, f"读不出来：{wrong}", f"cannot be read: {wrong}", len(rows) + 1) from wrong
    return rows


def _unreadable(name: str, file: str, zh: str, en: str, line: int = 0) -> NotPublishable:
    return NotPublishable(package=name, field=file, reason_zh=zh, reason_en=en, rule="PUB-1", file=file, line=line)

"""Two versions side by side: wording, rates and every other field. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import ClauseSection
from baohe.rooms.catalog.contracts.diff import FieldChange, PartChange, VersionDiff, WordingChange
from baohe.rooms.catalog.rules import wording
from baohe.rooms.catalog.rules.rate_diff import table_changes
from baohe.rooms.catalog.rules.source import Raw
from baohe.rooms.catalog.rules.words import marked

_PARTS: tuple[tuple[str, Text], ...] = (
    ("coverages", Text("保障与限额", "Coverages and limits")),
    ("exclusions", Text("免责的白话", "Exclusions in plain words")),
    ("product", Text("基本信息与披露", "Metadata and disclosure")),
    ("formula", Text("公式与投保项", "Formula and inputs")),
    ("questionnaire", Text("健康告知", "Questionnaire")),
    ("underwriting", Text("核保规则", "Underwriting rules")),
    ("claims", Text("理赔规则", "Claim rules")),
    ("cases", Text("用例", "Cases")),
)
_NAMES = ("code", "id", "clause", "name", "value", "input", "kind")
"""What tells one item of a list from its neighbours, in this order of preference."""
_LONG = 16
"""From so many characters on, the words of a changed text are marked."""


def difference(before: Raw, after: Raw) -> VersionDiff:
    """What changed from `before` to `after`, both raw packages."""
    parts = []
    for code, title in _PARTS:
        fields = tuple(_fields(_part(before, code), _part(after, code)))
        if fields:
            parts.append(PartChange(code, title, fields))
    return VersionDiff(
        before=f"{before['code']}@{before['version']}",
        after=f"{after['code']}@{after['version']}",
        wording=tuple(_wording(str(before["clauses"]), str(after["clauses"]))),
        tables=tuple(table_changes(before, after)),
        parts=tuple(parts),
    )


def _part(raw: Raw, code: str) -> Any:
    product = raw.get("product") or {}
    if code == "coverages":
        return product.get("coverages")
    if code == "product":
        return {key: value for key, value in product.items() if key != "coverages"}
    return raw.get(code)


def _wording(before: str, after: str) -> Iterator[WordingChange]:
    """Point by point, by number, in the order of the new wording; what went comes last."""
    old = {section.number: section for section in wording.sections(before)}
    new = {section.number: section for section in wording.sections(after)}
    for number, now in new.items():
        was = old.get(number)
        if was is None:
            yield WordingChange(number, now.title, "added", marked("", _whole(now)), "begins" if now.exclusion else "")
        elif was != now:
            turned = "" if was.exclusion == now.exclusion else "begins" if now.exclusion else "ends"
            words = marked(was.body, now.body) if was.title == now.title else marked(_whole(was), _whole(now))
            yield WordingChange(number, now.title, "changed", words, turned)
    for number, was in old.items():
        if number not in new:
            yield WordingChange(number, was.title, "removed", marked(_whole(was), ""), "ends" if was.exclusion else "")


def _whole(section: ClauseSection) -> str:
    return f"{section.title}\n{section.body}".strip()


def _fields(before: Any, after: Any) -> Iterator[FieldChange]:
    old, new = dict(_leaves(before, "")), dict(_leaves(after, ""))
    for path, now in new.items():
        was = old.get(path)
        if was is None:
            yield FieldChange(path, "added", "", now)
        elif was != now:
            yield FieldChange(path, "changed", was, now, marked(was, now) if max(len(was), len(now)) >= _LONG else ())
    for path, was in old.items():
        if path not in new:
            yield FieldChange(path, "removed", was, "")


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every single value with its path; items of a list go by their name where they have one."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        seen: dict[str, int] = {}
        for index, item in enumerate(value):
            name = _name(item, index)
            seen[name] = seen.get(name, 0) + 1
            yield from _leaves(item, f"{path}[{name}]" if seen[name] == 1 else f"{path}[{name} {seen[name]}]")
    elif value is not None:
        yield path, str(value)


def _name(item: Any, index: int) -> str:
    if isinstance(item, Mapping):
        for key in _NAMES:
            if isinstance(item.get(key), str):
                return str(item[key])
        return str(index + 1)
    return str(item) if isinstance(item, str) and len(item) <= 20 else str(index + 1)

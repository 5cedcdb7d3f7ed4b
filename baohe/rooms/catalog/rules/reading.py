"""Reading a package strictly: a missing or wrong field is named by its path, never guessed.

With `Faults` at hand a reader notes the fault and reads on with an empty value, which no caller ever sees: a package
with one fault or more gives no version at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Choice
from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules.faults import Faults

Conditions = Mapping[str, tuple[str, ...]]
_TOO_LARGE = 2**53
"""Whole numbers stay those that every JSON reader keeps exactly."""


class Node:
    """A mapping of the package together with where it stands. Without `faults` the first fault is raised."""

    def __init__(self, value: Any, path: str, package: str, faults: Faults | None = None) -> None:
        self.path, self.package, self._faults = path, package, faults
        if not isinstance(value, dict):
            raise self.wrong("", "应为一组字段", "should be a mapping")
        self._value = value

    def wrong(self, key: str, zh: str, en: str, rule: str = "PUB-1") -> NotPublishable:
        return NotPublishable(package=self.package, field=self._at(key), reason_zh=zh, reason_en=en, rule=rule)

    def tell(self, key: str, zh: str, en: str, rule: str = "PUB-1") -> None:
        """Raise the fault, or note it and go on."""
        fault = self.wrong(key, zh, en, rule)
        if self._faults is None:
            raise fault
        self._faults.add(fault)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if key and self.path else key or self.path

    def _below(self, key: str, value: Any) -> Node:
        """What stands under `key`. Where it is no mapping, an empty one whose own gaps are not told again."""
        if isinstance(value, dict) or self._faults is None:
            return Node(value, self._at(key), self.package, self._faults)
        self.tell(key, "应为一组字段", "should be a mapping")
        return Node({}, self._at(key), self.package, Faults())

    def _get(self, key: str) -> Any:
        """The value, or None when its lack was told."""
        value = self._value.get(key)
        if value is None or value == [] or value == {}:
            self.tell(key, "没有填写", "is missing")
            return None
        return value

    def has(self, key: str) -> bool:
        return self._value.get(key) is not None

    def has_items(self, key: str) -> bool:
        return self._value.get(key) not in (None, [], {})

    def names(self) -> list[str]:
        return [str(name) for name in self._value]

    def word(self, key: str) -> str:
        value = self._get(key)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.tell(key, "应为文字", "should be text")
            return ""
        return value.strip()

    def str_or(self, key: str, default: str) -> str:
        return self.word(key) if self.has(key) else default

    def whole(self, key: str) -> int:
        value = self._get(key)
        if value is None:
            return 0
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= _TOO_LARGE:
            self.tell(key, "应为整数", "should be a whole number")
            return 0
        return value

    def int_or(self, key: str, default: int) -> int:
        return self.whole(key) if self.has(key) else default

    def bool_or(self, key: str, default: bool) -> bool:
        value = self._value.get(key, default)
        if not isinstance(value, bool):
            self.tell(key, "应为 true 或 false", "should be true or false")
            return default
        return value

    def date(self, key: str) -> date:
        text = self.word(key)
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.tell(key, "应为日期，如 2026-03-01", "should be a date such as 2026-03-01")
            return date.min

    def text(self, key: str, *, may_be_empty: bool = False) -> Text:
        """Both languages, or the missing one is named."""
        node = self.node(key)
        said = {"zh": "", "en": ""}
        for language in said:
            value = node._value.get(language)
            if isinstance(value, str) and (value.strip() or may_be_empty):
                said[language] = value.strip()
            else:
                node.tell(language, "没有填写", "is missing")
        for other in node._value:
            if other not in said:
                # An unquoted comma (3,500) ends a text early and turns its rest into a key, unseen by anybody.
                node.tell(
                    str(other), "只能有 zh 和 en；带逗号的文字要加引号", "only zh and en; quote a text with a comma"
                )
        return Text(**said)

    def text_or_none(self, key: str) -> Text | None:
        return self.text(key) if self.has(key) else None

    def node(self, key: str) -> Node:
        value = self._get(key)
        return Node({}, self._at(key), self.package, Faults()) if value is None else self._below(key, value)

    def _list(self, key: str) -> list[Any]:
        value = self._get(key)
        if value is not None and not isinstance(value, list):
            self.tell(key, "应为列表", "should be a list")
            return []
        return value or []

    def nodes(self, key: str) -> Iterator[Node]:
        for index, item in enumerate(self._list(key)):
            yield self._below(f"{key}[{index}]", item)

    def nodes_or_none(self, key: str) -> Iterator[Node]:
        if self.has_items(key):
            yield from self.nodes(key)

    def texts(self, key: str) -> tuple[Text, ...]:
        holder = {str(index): item for index, item in enumerate(self._list(key))}
        wrapped = Node(holder, self._at(key), self.package, self._faults)
        return tuple(wrapped.text(index) for index in holder)

    def strings(self, key: str) -> tuple[str, ...]:
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.tell(key, "应为文字列表", "should be a list of text")
            return ()
        return tuple(value)

    def strings_table(self, key: str) -> list[list[str]]:
        """Rows of text, the header first, all of one width. Raises also when faults are collected."""
        rows = self._value.get(key)
        if not rows or len(rows) < 2:
            raise self.wrong(key, "没有这张表，或表里没有行", "is missing or has no rows")
        for line, row in enumerate(rows, start=1):
            if len(row) != len(rows[0]):
                zh, en = (
                    f"有 {len(row)} 列，应为 {len(rows[0])} 列",
                    f"has {len(row)} columns instead of {len(rows[0])}",
                )
                raise self.wrong(key, zh, en).at(f"{self._at(key).replace('.', '/')}.csv", line)
        return rows  # type: ignore[no-any-return]

    def conditions(self, key: str) -> Conditions:
        """`{input: [value, …]}`; absent = no condition."""
        if not self._value.get(key):
            return {}
        node = self.node(key)
        return {name: node.strings(name) for name in node.names()}

    def string_map(self, key: str) -> dict[str, str]:
        if not self._value.get(key):
            return {}
        node = self.node(key)
        return {name: node.word(name) for name in node.names()}

    def int_map(self, key: str) -> dict[str, int]:
        if not self._value.get(key):
            return {}
        node = self.node(key)
        return {name: node.whole(name) for name in node.names()}

    def choices(self, key: str) -> tuple[Choice, ...]:
        return tuple(Choice(c.word("value"), c.text("label"), c.text_or_none("detail")) for c in self.nodes(key))

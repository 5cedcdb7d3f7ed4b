"""Reading a package strictly: a missing or wrong field is named by its path, never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Choice
from baohe.rooms.catalog.errors import NotPublishable

Conditions = Mapping[str, tuple[str, ...]]


class Node:
    """A mapping of the package together with where it stands."""

    def __init__(self, value: Any, path: str, package: str) -> None:
        self.path, self.package = path, package
        if not isinstance(value, dict):
            raise self.wrong("", "应为一组字段", "should be a mapping")
        self._value = value

    def wrong(self, key: str, zh: str, en: str, rule: str = "PUB-1") -> NotPublishable:
        field = f"{self.path}.{key}" if key and self.path else key or self.path
        return NotPublishable(package=self.package, field=field, reason_zh=zh, reason_en=en, rule=rule)

    def _get(self, key: str) -> Any:
        value = self._value.get(key)
        if value is None or value == [] or value == {}:
            raise self.wrong(key, "没有填写", "is missing")
        return value

    def has(self, key: str) -> bool:
        return self._value.get(key) is not None

    def names(self) -> list[str]:
        return [str(name) for name in self._value]

    def word(self, key: str) -> str:
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "应为文字", "should be text")
        return value.strip()

    def str_or(self, key: str, default: str) -> str:
        return self.word(key) if self.has(key) else default

    def whole(self, key: str) -> int:
        value = self._get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(key, "应为整数", "should be a whole number")
        return value

    def int_or(self, key: str, default: int) -> int:
        return self.whole(key) if self.has(key) else default

    def bool_or(self, key: str, default: bool) -> bool:
        value = self._value.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "应为 true 或 false", "should be true or false")
        return value

    def date(self, key: str) -> date:
        try:
            return date.fromisoformat(self.word(key))
        except ValueError:
            raise self.wrong(key, "应为日期，如 2026-03-01", "should be a date such as 2026-03-01") from None

    def text(self, key: str, *, may_be_empty: bool = False) -> Text:
        """Both languages, or the missing one is named."""
        node = self.node(key)
        for language in ("zh", "en"):
            value = node._value.get(language)
            if not isinstance(value, str) or not (value.strip() or may_be_empty):
                raise node.wrong(language, "没有填写", "is missing")
        return Text(node._value["zh"].strip(), node._value["en"].strip())

    def text_or_none(self, key: str) -> Text | None:
        return self.text(key) if self.has(key) else None

    def node(self, key: str) -> Node:
        value = self._get(key)
        return Node(value, f"{self.path}.{key}" if self.path else key, self.package)

    def nodes(self, key: str) -> Iterator[Node]:
        value = self._get(key)
        if not isinstance(value, list):
            raise self.wrong(key, "应为列表", "should be a list")
        where = f"{self.path}.{key}" if self.path else key
        for index, item in enumerate(value):
            yield Node(item, f"{where}[{index}]", self.package)

    def nodes_or_none(self, key: str) -> Iterator[Node]:
        if self.has(key) and self._value[key] != []:
            yield from self.nodes(key)

    def texts(self, key: str) -> tuple[Text, ...]:
        value = self._get(key)
        if not isinstance(value, list):
            raise self.wrong(key, "应为列表", "should be a list")
        holder = {str(index): item for index, item in enumerate(value)}
        wrapped = Node(holder, f"{self.path}.{key}" if self.path else key, self.package)
        return tuple(wrapped.text(index) for index in holder)

    def strings(self, key: str) -> tuple[str, ...]:
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "应为文字列表", "should be a list of text")
        return tuple(value)

    def strings_table(self, key: str) -> list[list[str]]:
        """Rows of text, the header first, all of one width."""
        rows = self._get(key)
        if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
            raise self.wrong(key, "表格每行列数须相同且不能为空", "every row needs the same columns")
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

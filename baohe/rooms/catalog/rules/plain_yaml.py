"""YAML as a package may be written: plain scalars, no repeated keys, nothing that grows beyond its file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

_DEEPEST = 40
_MOST_EVENTS = 200_000
_MOST_NODES = 400_000
"""Nodes after every alias is written out. The largest package of the house has some thousand."""


class PlainLoader(yaml.CSafeLoader):
    """YAML 1.2's plain scalars: `no` stays text, a date stays text, so a package hashes the same everywhere."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag.rsplit(":", 1)[1] in ("int", "null", "merge")]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


@dataclass(slots=True)
class _Open:
    """A collection being read: where its size began, and of a mapping the keys so far and whether one is due."""

    anchor: str | None
    before: int
    mapping: bool
    key_due: bool
    keys: set[str] = field(default_factory=set)


def refuse_traps(text: str) -> None:
    """Raises `yaml.YAMLError` with the line of a key that stands twice (YAML would keep the last and say nothing), or
    of the place where a file gets too deep, too long, or swells by its aliases beyond all measure.

    Reads the stream of events, which neither recurses nor expands, before anything is built from it.
    """
    total = 0
    sizes: dict[str, int] = {}
    stack: list[_Open] = []
    for number, event in enumerate(yaml.parse(text, Loader=PlainLoader)):
        if isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            if done.anchor:
                sizes[done.anchor] = total - done.before
        elif isinstance(event, yaml.NodeEvent):
            _key_once(stack, event)
            if isinstance(event, yaml.AliasEvent):
                if event.anchor not in sizes:
                    raise _trap(event, f"*{event.anchor} 引用了自己或不存在的内容 · refers to itself or to nothing")
                total += sizes[event.anchor]
            else:
                if isinstance(event, yaml.CollectionStartEvent):
                    mapping = isinstance(event, yaml.MappingStartEvent)
                    stack.append(_Open(event.anchor, total, mapping, mapping))
                elif event.anchor:
                    sizes[event.anchor] = 1
                total += 1
        if len(stack) > _DEEPEST or number > _MOST_EVENTS or total > _MOST_NODES:
            raise _trap(event, "嵌套太深或内容太多 · nests too deeply or holds too much")


def _key_once(stack: list[_Open], event: yaml.NodeEvent) -> None:
    """Every second node of a mapping is a key."""
    if not stack or not stack[-1].mapping:
        return
    here = stack[-1]
    if here.key_due:
        if not isinstance(event, yaml.ScalarEvent):
            raise _trap(event, "字段名应为文字 · a key should be text")
        if event.value in here.keys and event.value != "<<":
            raise _trap(event, f"{event.value} 重复 · stands twice")
        here.keys.add(event.value)
    here.key_due = not here.key_due


def _trap(event: yaml.Event, problem: str) -> yaml.MarkedYAMLError:
    at = event.start_mark
    mark = yaml.Mark("", at.index, at.line, at.column, None, 0) if at is not None else None
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)

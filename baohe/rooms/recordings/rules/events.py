"""What a part of a recording may hold: events of rrweb's shape and marks that say which page begins."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baohe.rooms.recordings.errors import PartTooLarge, PartUnreadable
from baohe.rooms.recordings.rules.kinds import KINDS

MOST_PACKED = 96 * 1024
"""Bytes of one part as sent; a whole sale is below 60 KB."""
MOST_PLAIN = 1024 * 1024
"""Bytes of one part unpacked: what a bomb swells to is never held."""
MOST_EVENTS = 4_000
MOST_DEPTH = 200

FULL_SNAPSHOT, MARK = 2, 5
_TYPES = frozenset({0, 1, FULL_SNAPSHOT, 3, 4, MARK})
_PAGE = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
_WORD = re.compile(r"[A-Za-z0-9_.:@-]{1,100}\Z")
_MOST_SUBJECTS, _MOST_SHOWN = 20, 12


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page that begins here. `at` is the phone's clock in ms; `subjects` the quote or proposals it is about;
    `shown` names digests and versions of what stands on it."""

    kind: str
    page: str
    at: int
    subjects: tuple[UUID, ...]
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """An opened part: its plain bytes, how many events, its page marks, and whether a picture can begin with it."""

    content: bytes
    events: int
    pages: tuple[PageMark, ...]
    begins: bool


def unpack(body: bytes, *, packed: bool) -> bytes:
    """Plain bytes of a part as sent. Raises `PartTooLarge`, also for a bomb, without unpacking it whole, and
    `PartUnreadable`."""
    if len(body) > MOST_PACKED:
        raise PartTooLarge(kilobytes=MOST_PACKED // 1024)
    if not packed:
        return body
    opener = zlib.decompressobj(wbits=31)
    try:
        content = opener.decompress(body, MOST_PLAIN + 1)
    except zlib.error as wrong:
        raise PartUnreadable(reason_zh="压缩内容损坏", reason_en="the packed content is damaged") from wrong
    if len(content) > MOST_PLAIN:
        raise PartTooLarge(kilobytes=MOST_PLAIN // 1024)
    if not opener.eof or opener.unused_data:
        raise PartUnreadable(reason_zh="压缩内容不完整", reason_en="the packed content is not whole")
    return content


def read(content: bytes) -> Part:
    """Raises `PartUnreadable` naming what is wrong, `PartTooLarge`."""
    events = events_of(content)
    if len(events) > MOST_EVENTS:
        raise PartTooLarge(kilobytes=MOST_PLAIN // 1024)
    pages = tuple(_mark(event) for event in events if _is_mark(event))
    return Part(content, len(events), pages, any(event["type"] == FULL_SNAPSHOT for event in events))


def events_of(content: bytes) -> list[dict[str, Any]]:
    """The events of a part. Raises `PartUnreadable`."""
    try:
        events = json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise PartUnreadable(reason_zh="不是合法的 JSON", reason_en="it is no well-formed JSON") from wrong
    if not isinstance(events, list) or not events:
        raise PartUnreadable(reason_zh="没有事件", reason_en="it holds no events")
    for event in events:
        if not _is_event(event):
            raise PartUnreadable(reason_zh="事件的格式不对", reason_en="an event has another shape")
    if _depth(events) > MOST_DEPTH:
        raise PartUnreadable(reason_zh="嵌套太深", reason_en="it is nested too deeply")
    return events


def _is_event(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and type(event.get("type")) is int
        and event["type"] in _TYPES
        and type(event.get("timestamp")) is int
        and 0 < event["timestamp"] < 2**45
        and isinstance(event.get("data"), dict)
    )


def _is_mark(event: Mapping[str, Any]) -> bool:
    return bool(event["type"] == MARK and event["data"].get("tag") == "page")


def _mark(event: Mapping[str, Any]) -> PageMark:
    said = event["data"].get("payload")
    wrong = PartUnreadable(reason_zh="页面标记不对", reason_en="a page mark is wrong")
    if not isinstance(said, dict) or said.get("kind") not in KINDS or not _fits(_PAGE, said.get("page")):
        raise wrong
    subjects, shown = said.get("subjects", []), said.get("shown", {})
    if not _few(subjects, list, _MOST_SUBJECTS) or not _few(shown, dict, _MOST_SHOWN):
        raise wrong
    if not all(_fits(_WORD, name) and _fits(_WORD, value) for name, value in shown.items()):
        raise wrong
    try:
        ids = tuple(UUID(subject) for subject in subjects)
    except (ValueError, AttributeError, TypeError):
        raise wrong from None
    return PageMark(said["kind"], said["page"], event["timestamp"], ids, dict(shown))


def _few(value: Any, kind: type[list[Any]] | type[dict[str, Any]], most: int) -> bool:
    return isinstance(value, kind) and len(value) <= most


def _fits(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.match(value) is not None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _depth(events: Sequence[Any]) -> int:
    """Levels of nesting, without recursion: a hostile part must not exhaust the stack."""
    deepest, level = 0, list(events)
    while level:
        deepest += 1
        level = [
            child
            for value in level
            if isinstance(value, dict | list)
            for child in (value.values() if isinstance(value, dict) else value)
        ]
    return deepest

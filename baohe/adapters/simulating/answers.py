"""What a request ends in, before it is bytes on a line."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


class CutLine(Exception):
    """The work is done and the answer never leaves: the connection is simply closed."""


def see_other(address: str, headers: dict[str, str] | None = None) -> Answer:
    return Answer(303, b"", headers={**(headers or {}), "Location": address})


def as_json(value: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(), "application/json")


def text(words: str, status: int) -> Answer:
    return Answer(status, words.encode(), "text/plain; charset=utf-8")

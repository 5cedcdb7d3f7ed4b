"""Ask a source for what is new. What comes back is only read here; whether it is believed is the room's to say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from baohe.adapters.oracles.protocol import Signed
from baohe.adapters.providers.line import open_line

MOST = 500
"""Reports of one answer."""
_SECONDS = 5
_LARGEST_ANSWER = 1024 * 1024


class SourceAway(Exception):
    """No answer, or none that can be read; the same may be asked later."""


@dataclass(frozen=True, slots=True)
class News:
    """`reports` with their positions, in order; `heartbeat` says how far the source's list goes."""

    reports: tuple[tuple[int, Signed], ...]
    heartbeat: Signed


def news(address: str, source: str, after: int) -> News:
    """At most `MOST` reports behind position `after`. Raises `SourceAway`."""
    try:
        with open_line(_SECONDS) as line:
            answer = line.get(f"{address}/sources/{source}/reports", params={"after": after})
    except (httpx.HTTPError, httpx.InvalidURL) as failure:
        raise SourceAway(type(failure).__name__) from failure
    if answer.status_code != httpx.codes.OK or len(answer.content) > _LARGEST_ANSWER:
        raise SourceAway(f"HTTP {answer.status_code}, {len(answer.content)} bytes")
    try:
        told = json.loads(answer.content)
        reports = tuple((int(one["position"]), _signed(one)) for one in told["reports"][:MOST])
        return News(reports, _signed(told["heartbeat"]))
    except (ValueError, KeyError, TypeError, RecursionError) as unreadable:
        raise SourceAway("unreadable") from unreadable


def _signed(told: Mapping[str, Any]) -> Signed:
    if not isinstance(told["content"], dict):
        raise TypeError("content")
    return Signed(told["content"], str(told["key"])[:40], str(told["signature"])[:200])

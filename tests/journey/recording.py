"""What the app's recorder sends of a sitting: small, and well-formed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from typing import Any

PAGE_OF = {
    "enter": "buy-who",
    "identity": "buy-who",
    "entry": "buy-details",
    "clauses": "buy-paper",
    "exclusions": "buy-paper",
    "confirm": "buy-sign",
    "submit": "buy-sign",
    "pay": "buy-pay",
}
"""Kind of page → the page of the app that shows it."""

_DOCUMENT = {
    "type": 0,
    "id": 1,
    "childNodes": [
        {
            "type": 2,
            "id": 2,
            "tagName": "html",
            "attributes": {},
            "childNodes": [
                {"type": 2, "id": 3, "tagName": "head", "attributes": {}, "childNodes": []},
                {"type": 2, "id": 4, "tagName": "body", "attributes": {}, "childNodes": []},
            ],
        }
    ],
}


def events(kinds: Iterable[str], subjects: Sequence[object], at: int | None = None) -> list[dict[str, Any]]:
    """A whole page and then a mark for each kind."""
    moment = at or int(time.time() * 1000)
    return [*whole_page(moment), *(mark(kind, subjects, moment + n) for n, kind in enumerate(kinds, 1))]


def whole_page(at: int) -> list[dict[str, Any]]:
    meta = {"href": "http://127.0.0.1/buy", "width": 390, "height": 844}
    snapshot = {"node": _DOCUMENT, "initialOffset": {"left": 0, "top": 0}}
    return [{"type": 4, "data": meta, "timestamp": at}, {"type": 2, "data": snapshot, "timestamp": at}]


def mark(kind: str, subjects: Sequence[object], at: int, **shown: str) -> dict[str, Any]:
    payload = {"kind": kind, "page": PAGE_OF[kind], "subjects": [str(one) for one in subjects], "shown": shown}
    return {"type": 5, "data": {"tag": "page", "payload": payload}, "timestamp": at}


def content(events_: Sequence[Any]) -> bytes:
    return json.dumps(events_, separators=(",", ":")).encode()

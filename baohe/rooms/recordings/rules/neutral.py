"""A recording is shown, never run: whatever could act is taken out before it is played.

The stored bytes stay as they came, for they are evidence. The player adds its own walls (a frame without scripts, a
strict policy); this makes sure that nothing dangerous reaches them, nor the file that is exported.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_ACTIVE = frozenset({"script", "iframe", "frame", "object", "embed", "applet", "base", "portal", "meta", "template"})
_ADDRESSES = frozenset({"href", "src", "srcset", "action", "formaction", "poster", "data", "xlink:href", "background"})
_EXPECTED = frozenset({"script", "meta", "template"})
"""What a page of the app holds itself: taken out and not reported."""


def neutral(events: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The events without anything active, and how many things that no page of ours holds were taken out."""
    found = [0]
    return [_clean(event, found) for event in events], found[0]


def _clean(value: Any, found: list[int]) -> Any:
    if isinstance(value, list):
        return [_clean(item, found) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("tagName"), str) and value["tagName"].lower() in _ACTIVE:
        return _empty(value, found)
    return {
        key: _attributes(item, found) if key in ("attributes", "a") and isinstance(item, dict) else _clean(item, found)
        for key, item in value.items()
    }


def _empty(node: dict[str, Any], found: list[int]) -> dict[str, Any]:
    """The node keeps its place and its id: later changes name their neighbours by it."""
    if node["tagName"].lower() not in _EXPECTED:
        found[0] += 1
    kept: dict[str, Any] = {key: node[key] for key in ("type", "id", "rootId") if key in node}
    return {**kept, "tagName": "noscript", "attributes": {}, "childNodes": []}


def _attributes(attributes: dict[str, Any], found: list[int]) -> dict[str, Any]:
    kept = {}
    for name, value in attributes.items():
        if _acts(name.lower(), value):
            found[0] += 1
        else:
            kept[name] = value
    return kept


def _acts(name: str, value: Any) -> bool:
    if name.startswith("on") or name == "srcdoc":
        return True
    if name not in _ADDRESSES or not isinstance(value, str):
        return False
    address = "".join(value.split()).lower()
    scheme = address.partition(":")[0] if ":" in address.partition("/")[0] else ""
    return scheme not in ("", "http", "https") and not address.startswith("data:image/")

"""Canonical bytes: the same facts give the same hash on every machine (RFC 8785 for the values we allow)."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_bytes(value: Any) -> bytes:
    """Canonical JSON of dicts, lists, strings, integers, booleans and None.

    Floats are refused: they print differently between languages, and an auditor could not rebuild the hash.
    Raises `TypeError`.
    """
    _refuse_floats(value)
    return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("floats have no canonical form: use fen, basis points or text")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"keys must be text, not {key!r}")
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        # RFC 8785 orders keys by UTF-16 code units, which differs from code points outside the BMP.
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda k: k.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_sorted(item) for item in value]
    return value

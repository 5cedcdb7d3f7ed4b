"""The bytes of the log: what a leaf is, and how tiles hold the tree. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baohe.kernel.canonical import canonical_bytes
from baohe.kernel.merkle import HASH_BYTES, leaf_hash, node_hash
from baohe.kernel.tlog import TILE_WIDTH

TILE_HEIGHT = 8
SALT_BYTES = 32

_PLAIN = frozenset({str, int, bool, type(None)})
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode
_KIND = re.compile(r"^[a-z][a-z0-9_]{0,59}$")

TileReader = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class LeafBytes:
    leaf_data: bytes
    leaf_hash: bytes
    opening: bytes


def make_leaf(kind: str, subject: str, facts: Mapping[str, Any], recorded_at: datetime, salt: bytes) -> LeafBytes:
    """The published leaf and the opening that stays inside.

    The commitment is SHA-256 of the opening, which starts from 32 random bytes: without them nobody can try out
    likely facts (there are only so many dates and sums). Raises `ValueError` for a kind that is no code word and
    `TypeError` for floats.
    """
    if not _KIND.match(kind):
        raise ValueError(f"{kind!r} is not a kind of evidence")
    opening = _opening(facts, subject, salt)
    commitment = hashlib.sha256(opening).hexdigest()
    # Written out for speed; canonical because the keys are sorted and no value needs escaping.
    moment = recorded_at.isoformat(timespec="milliseconds")
    leaf_data = f'{{"commitment":"{commitment}","kind":"{kind}","recorded_at":"{moment}","v":1}}'.encode()
    return LeafBytes(leaf_data, leaf_hash(leaf_data), opening)


def _opening(facts: Mapping[str, Any], subject: str, salt: bytes) -> bytes:
    """Canonical JSON of salt, subject and facts. Flat facts with ASCII names, as all bulk facts are, go through the C
    encoder: for them its order of keys is the canonical one."""
    flat = all(key.isascii() and type(value) in _PLAIN for key, value in facts.items())
    content = {"facts": dict(facts), "salt": salt.hex(), "subject": subject}
    return _encode(content).encode() if flat else canonical_bytes(content)


def subtree_reader(tile: TileReader) -> Callable[[int, int], bytes]:
    """Read complete subtrees from tiles: `tile(level, number)` gives the hashes of one tile, maybe partial."""

    def read(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, TILE_HEIGHT)
        first = index << height
        hashes = tile(tile_level, first // TILE_WIDTH)
        start = first % TILE_WIDTH
        return _fold(hashes[start * HASH_BYTES : (start + (1 << height)) * HASH_BYTES])

    return read


def _fold(hashes: bytes) -> bytes:
    """Root of a complete subtree given its 2^n hashes in a row."""
    row = [hashes[i : i + HASH_BYTES] for i in range(0, len(hashes), HASH_BYTES)]
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def tile_root(hashes: bytes) -> bytes:
    """The hash that a full tile sends to the level above."""
    if len(hashes) != TILE_WIDTH * HASH_BYTES:
        raise ValueError("only a full tile has a root")
    return _fold(hashes)


def tile_widths(size: int) -> list[tuple[int, int, int]]:
    """(level, number, width) of the partial or last tiles of a tree of `size`: floor(size / 256^level) mod 256."""
    rows, level = [], 0
    while size >> (TILE_HEIGHT * level):
        number, width = divmod(size >> (TILE_HEIGHT * level), TILE_WIDTH)
        if width:
            rows.append((level, number, width))
        level += 1
    return rows

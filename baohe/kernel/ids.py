"""Identifiers. Time and chance come from outside, so a test can name every id it expects."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime, timedelta

SHARDS = 1024
"""Number of logical shards. Never changes: it is baked into every stored `shard_key`."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to misread over a telephone


def uuid7(moment: datetime, randomness: bytes) -> uuid.UUID:
    """RFC 9562 version 7 of an aware moment, with 8 bytes of `randomness` (62 bits of them are used).

    Sorts by time, so indexes grow at one end. The twelve bits after the millisecond hold its fraction (section 6.2,
    method 3): with chance in their place, two facts of one millisecond would be listed in any order.
    """
    if len(randomness) != 8:
        raise ValueError("uuid7 needs 8 random bytes")
    unix_ms, microsecond = divmod((moment - _EPOCH) // timedelta(microseconds=1), 1000)
    high = (unix_ms & ((1 << 48) - 1)) << 16 | 0x7 << 12 | (microsecond << 12) // 1000
    low = 0x2 << 62 | int.from_bytes(randomness, "big") & ((1 << 62) - 1)
    return uuid.UUID(int=high << 64 | low)


def shard_of(owner: str) -> int:
    """Shard (0…1023) of an owner: the policyholder's id, or `partner:reference` for bulk business."""
    return int.from_bytes(hashlib.sha256(owner.encode()).digest()[:4], "big") % SHARDS


def readable_number(prefix: str, year: int, source: uuid.UUID) -> str:
    """`"P2026-4F7K-9QZ2-1XAB"`: short enough to read aloud; 60 bits of the id, so it cannot be guessed."""
    value = int.from_bytes(hashlib.sha256(source.bytes).digest()[:9], "big")
    letters = "".join(_ALPHABET[value >> (5 * i) & 31] for i in range(12))
    return f"{prefix}{year}-{letters[:4]}-{letters[4:8]}-{letters[8:]}"

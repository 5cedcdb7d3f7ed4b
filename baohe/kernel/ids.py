"""Identifiers. Time and chance come from outside, so a test can name every id it expects."""

from __future__ import annotations

import hashlib
import uuid

SHARDS = 1024
"""Number of logical shards. Never changes: it is baked into every stored `shard_key`."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to misread over a telephone


def uuid7(unix_ms: int, randomness: bytes) -> uuid.UUID:
    """RFC 9562 version 7: sorts by time, so indexes grow at one end. `randomness` is 10 bytes."""
    if len(randomness) != 10:
        raise ValueError("uuid7 needs 10 random bytes")
    value = (unix_ms & ((1 << 48) - 1)) << 80 | int.from_bytes(randomness, "big")
    value &= ~(0xF << 76) & ~(0x3 << 62)
    return uuid.UUID(int=value | 0x7 << 76 | 0x2 << 62)


def shard_of(owner: str) -> int:
    """Shard (0…1023) of an owner: the policyholder's id, or `partner:reference` for bulk business."""
    return int.from_bytes(hashlib.sha256(owner.encode()).digest()[:4], "big") % SHARDS


def readable_number(prefix: str, year: int, source: uuid.UUID) -> str:
    """`"P2026-4F7K-9QZ2-1XAB"`: short enough to read aloud; 60 bits of the id, so it cannot be guessed."""
    value = int.from_bytes(hashlib.sha256(source.bytes).digest()[:9], "big")
    letters = "".join(_ALPHABET[value >> (5 * i) & 31] for i in range(12))
    return f"{prefix}{year}-{letters[:4]}-{letters[4:8]}-{letters[8:]}"

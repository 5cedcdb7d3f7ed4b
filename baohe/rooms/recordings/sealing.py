"""One data key a recording: sealed by the vault, gone when the recording is destroyed (DATA-4)."""

from __future__ import annotations

import secrets
import zlib
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from baohe.plumbing import vault

_COLUMN = "recordings_recording.key"
_NONCE = 12


def new_key(recording_id: UUID) -> bytes:
    return vault.seal(_COLUMN, recording_id, secrets.token_hex(32))


def open_key(recording_id: UUID, key_sealed: bytes) -> bytes:
    """Raises `vault.SealedDataUnreadable`."""
    return bytes.fromhex(vault.unseal(_COLUMN, recording_id, key_sealed))


def encrypt(key: bytes, recording_id: UUID, number: int, content: bytes) -> bytes:
    """Packed and encrypted; bound to its place, so parts cannot be exchanged."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, zlib.compress(content, 9), _place(recording_id, number))


def decrypt(key: bytes, recording_id: UUID, number: int, body: bytes) -> bytes | None:
    """The plain content; None when a byte of it, or its place, is not what was stored."""
    try:
        packed = AESGCM(key).decrypt(body[:_NONCE], body[_NONCE:], _place(recording_id, number))
        return zlib.decompress(packed)
    except (InvalidTag, ValueError, zlib.error):
        return None


def _place(recording_id: UUID, number: int) -> bytes:
    return f"{recording_id}\x00{number}".encode()

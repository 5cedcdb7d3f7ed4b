"""Field encryption for personal data, and keyed hashes to look it up (DATA-4).

AES-256-GCM-SIV: a repeated nonce under that mode reveals only equality, never the key. The associated data binds a
ciphertext to its column and row, so a value copied into another row does not open. Every ciphertext starts with the
id of its key, so keys rotate while old rows stay readable. A Chinese identity number has only about 2^37 values:
an unkeyed hash would be reversed in minutes, hence HMAC with a key that never lies in the database.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
import secrets
from pathlib import Path
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.conf import settings

from baohe.kernel.errors import BaoheError
from baohe.plumbing.secret_files import write_once

_NONCE = 12
_KEY_ID = 4


class SealedDataUnreadable(BaoheError):
    """The ciphertext was changed, belongs to another row, or its key is gone."""

    code = "sealed_data_unreadable"
    status: ClassVar[int] = 500
    zh = "加密数据无法读取"
    en = "Sealed data cannot be read"
    next_zh = "请联系运维核对密钥文件"
    next_en = "Ask the operator to check the key file"


def seal(column: str, row_id: object, plaintext: str) -> bytes:
    """Encrypt one field. `column` is `"table.column"`, `row_id` the row's primary key."""
    key_id, key = _ring().newest()
    nonce = secrets.token_bytes(_NONCE)
    return key_id + nonce + AESGCMSIV(key).encrypt(nonce, plaintext.encode(), _binding(column, row_id))


def unseal(column: str, row_id: object, sealed: bytes) -> str:
    """Decrypt one field; the same `column` and `row_id` as at sealing. Raises `SealedDataUnreadable`."""
    sealed = bytes(sealed)
    try:
        key = _ring().by_id(sealed[:_KEY_ID])
        nonce = sealed[_KEY_ID : _KEY_ID + _NONCE]
        body = sealed[_KEY_ID + _NONCE :]
        return AESGCMSIV(key).decrypt(nonce, body, _binding(column, row_id)).decode()
    except (InvalidTag, KeyError, ValueError) as wrong:
        raise SealedDataUnreadable() from wrong


def blind_index(column: str, value: str) -> bytes:
    """32-byte keyed hash for exact look-up of `value` (already normalised) in `column`."""
    return hmac.new(_ring().index_key, f"{column}\x00{value}".encode(), hashlib.sha256).digest()


def keyed_mac(purpose: str, message: bytes) -> bytes:
    """32-byte MAC for short-lived secrets of the platform itself (login codes, signed quotes)."""
    return hmac.new(_ring().mac_key, purpose.encode() + b"\x00" + message, hashlib.sha256).digest()


def _binding(column: str, row_id: object) -> bytes:
    return f"{column}\x00{row_id}".encode()


class KeyRing:
    """The keys of one installation, read from `keys/vault.json` of the data folder (mode 0600)."""

    def __init__(self, path: Path) -> None:
        content = json.loads(path.read_text())
        self._sealing = {bytes.fromhex(k): bytes.fromhex(v) for k, v in content["sealing"].items()}
        self._newest = bytes.fromhex(content["newest"])
        self.index_key = bytes.fromhex(content["index"])
        self.mac_key = bytes.fromhex(content["mac"])

    def newest(self) -> tuple[bytes, bytes]:
        return self._newest, self._sealing[self._newest]

    def by_id(self, key_id: bytes) -> bytes:
        return self._sealing[key_id]


@functools.lru_cache(maxsize=1)
def _ring() -> KeyRing:
    path = Path(settings.BAOHE_DATA) / "keys" / "vault.json"
    if not path.exists():
        make_keys(path)
    return KeyRing(path)


def make_keys(path: Path) -> None:
    """Write a fresh key ring unless there is one."""
    key_id = secrets.token_bytes(_KEY_ID).hex()
    content = {
        "newest": key_id,
        "sealing": {key_id: secrets.token_hex(32)},
        "index": secrets.token_hex(32),
        "mac": secrets.token_hex(32),
    }
    write_once(path, json.dumps(content))

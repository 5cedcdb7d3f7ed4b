"""SM2 signatures beside a PDF (GB/T 32918, GM/T 0009): detached, with SM3 and the signer's identity Z.

PDF software knows no SM2, so the signature is a small file of its own: a statement in canonical JSON that names the
SM3 and SHA-256 of the file, the signer and the moment, and the signature (DER) of that statement under the default
identity 1234567812345678. The key lies in `keys/insurers/<code>.sm2.json`; in the demo it is made on first use.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import gmssl_pyx
from cryptography.hazmat.primitives import hashes

from baohe.adapters.signing import keys
from baohe.kernel.canonical import canonical_bytes

PROFILE = "sm2-sm3"
IDENTITY = b"1234567812345678"
_CODE = re.compile(r"^[a-z0-9][a-z0-9_-]{0,39}$")
_PUBLIC_BYTES, _PRIVATE_BYTES = 64, 32
_FIELDS = frozenset(
    {"profile", "signer", "public_key", "key_sm3", "identity", "document_sm3", "document_sha256", "signed_at"}
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a detached signature says, once it verified."""

    signer: str
    key_sm3: str
    signed_at: datetime


def sm3(content: bytes) -> bytes:
    hashed = hashes.Hash(hashes.SM3())
    hashed.update(content)
    return hashed.finalize()


def sign(pdf: bytes, insurer_code: str, insurer_name: str, at: datetime) -> str:
    """The detached signature of `pdf` as a file of JSON. Raises `ValueError` for a code that is no file name."""
    public, private = _pair(insurer_code)
    statement: dict[str, Any] = {
        "profile": PROFILE,
        "signer": f"{insurer_name}（演示）",
        "public_key": base64.b64encode(public).decode(),
        "key_sm3": sm3(public).hex(),
        "identity": IDENTITY.decode(),
        "document_sm3": sm3(pdf).hex(),
        "document_sha256": sha256(pdf).hexdigest(),
        "signed_at": at.isoformat(),
    }
    signature = gmssl_pyx.sm2_sign(private, public, canonical_bytes(statement), IDENTITY)
    return canonical_bytes({**statement, "signature": base64.b64encode(signature).decode()}).decode()


def verify(pdf: bytes, detached: str) -> Statement | None:
    """What the detached signature says of `pdf`; None where it does not hold, or its key is not one of ours."""
    try:
        words = json.loads(detached)
        if canonical_bytes(words) != detached.encode() or words.keys() != _FIELDS | {"signature"}:
            return None
        signature = _plain_base64(words.pop("signature"))
        public = _plain_base64(words["public_key"])
        if words["profile"] != PROFILE or words["identity"] != IDENTITY.decode():
            return None
        if words["document_sm3"] != sm3(pdf).hex() or words["document_sha256"] != sha256(pdf).hexdigest():
            return None
        if words["key_sm3"] != sm3(public).hex() or words["key_sm3"] not in known_keys():
            return None
        if not gmssl_pyx.sm2_verify(public, canonical_bytes(words), signature, IDENTITY):
            return None
        return Statement(words["signer"], words["key_sm3"], datetime.fromisoformat(words["signed_at"]))
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error, gmssl_pyx.GmsslInnerError):
        return None


def known_keys() -> frozenset[str]:
    """SM3 of every SM2 public key of the insurers of this installation, in hex."""
    folder = keys.folder() / "insurers"
    return frozenset(sm3(_read(path.read_bytes())[0]).hex() for path in folder.glob("[a-z0-9]*.sm2.json"))


def _pair(code: str) -> tuple[bytes, bytes]:
    if not _CODE.match(code):
        raise ValueError(f"{code!r} is not an insurer code")
    return _read(keys.read_or_make(keys.folder() / "insurers" / f"{code}.sm2.json", _make))


def _make() -> bytes:
    public, private = gmssl_pyx.sm2_key_generate()
    return json.dumps({"public": public.hex(), "private": private.hex()}).encode()


def _read(content: bytes) -> tuple[bytes, bytes]:
    words = json.loads(content)
    public, private = bytes.fromhex(words["public"]), bytes.fromhex(words["private"])
    if (len(public), len(private)) != (_PUBLIC_BYTES, _PRIVATE_BYTES):
        raise ValueError("not an SM2 key pair")
    return public, private


def _plain_base64(text: str) -> bytes:
    """Raises `ValueError` for a second spelling: several texts would be one signature."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not the one spelling")
    return raw

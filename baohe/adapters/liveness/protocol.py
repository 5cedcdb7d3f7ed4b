"""The words between platform and liveness provider, version 1. Pure: no network, no clock.

A request is a form of `merchant`, `timestamp`, `nonce_str` and its own fields; what is signed is `k=v` of all fields
but `sign`, sorted, joined by `&`, with SHA256withRSA (PKCS#1 v1.5) in base64. An answer is JSON whose raw bytes are
signed in the header `X-Liveness-Sign`. A notification is a signed form like a request, and heard by `ok`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from baohe.adapters.liveness.port import VERDICTS, Result

SIGNATURE = "X-Liveness-Sign"
OK, NOT_FOUND, BAD_REQUEST = "0", "404", "400"
ACTIONS = {"blink": "眨眨眼", "mouth": "张一下嘴", "left": "慢慢向左转头", "right": "慢慢向右转头"}


class BadWords(ValueError):
    """Not words of this protocol."""


def text_of(fields: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in sorted(fields.items()) if name != "sign")


def sign(content: bytes, key: RSAPrivateKey) -> str:
    return base64.b64encode(key.sign(content, padding.PKCS1v15(), hashes.SHA256())).decode()


def is_signed(content: bytes, signature: str, key: RSAPublicKey) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), content, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def signed(fields: Mapping[str, str], key: RSAPrivateKey) -> dict[str, str]:
    return {**fields, "sign": sign(text_of(fields).encode(), key)}


def form_is_signed(fields: Mapping[str, str], key: RSAPublicKey) -> bool:
    return is_signed(text_of(fields).encode(), fields.get("sign", ""), key)


def result_of(words: Mapping[str, object]) -> Result:
    """Raises `BadWords`."""
    try:
        decided = str(words.get("decided_at") or "")
        result = Result(
            out_session=UUID(hex=str(words["out_session"])),
            session=str(words["session"]),
            nonce=str(words["nonce"]),
            verdict=str(words["verdict"]),
            score=int(str(words["score"])),
            decided_at=datetime.fromisoformat(decided) if decided else None,
        )
    except (KeyError, ValueError) as wrong:
        raise BadWords(repr(wrong)) from wrong
    if result.verdict not in VERDICTS or not 0 <= result.score <= 100:
        raise BadWords(f"verdict {result.verdict!r}, score {result.score}")
    return result

"""The key of a customer's own device: ECDSA P-256, made in the browser, never leaves it (DATA-6).

WebCrypto writes a signature as r and s, 32 bytes each (IEEE P1363), and a public key as SubjectPublicKeyInfo.
"""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

_HALF = 32
_MOST_KEY_BYTES = 200


def is_signed(public_key: str, signature: str, message: bytes) -> bool:
    """Whether the holder of `public_key` signed `message`; both arrive in base64. Never raises for what they hold."""
    try:
        raw = base64.b64decode(signature, validate=True)
        key = load_der_public_key(_key_bytes(public_key))
        if len(raw) != 2 * _HALF or not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        if not isinstance(key.curve, ec.SECP256R1):
            return False
        der = encode_dss_signature(int.from_bytes(raw[:_HALF], "big"), int.from_bytes(raw[_HALF:], "big"))
        key.verify(der, message, ec.ECDSA(hashes.SHA256()))
    except (ValueError, TypeError, binascii.Error, InvalidSignature):
        return False
    return True


def fingerprint(public_key: str) -> str:
    """The device's name in records: SHA-256 of its public key. Raises `ValueError` for what is no base64."""
    return sha256(_key_bytes(public_key)).hexdigest()


def _key_bytes(public_key: str) -> bytes:
    der = base64.b64decode(public_key, validate=True)
    if len(der) > _MOST_KEY_BYTES:
        raise ValueError("longer than a key of this curve")
    return der

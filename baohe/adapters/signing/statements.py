"""The platform's signature under settlement statements: Ed25519, detached, with the key's name beside it."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from baohe.adapters.signing import keys
from baohe.adapters.signing.notes import NoteRefused, Verifier, parse_vkey

NAME = "baohe-settlement"
_PURPOSE = b"baohe settlement statement v1\n"
"""Signed with the content, so that no other message of this key can be passed off as a statement."""


def sign(content: bytes) -> tuple[str, str]:
    """(verifier key as text, signature in base64). The key `keys/settlement` is made on first use."""
    private = _private()
    verifier = Verifier(NAME, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    return verifier.vkey(), base64.b64encode(private.sign(_PURPOSE + content)).decode()


def own_key() -> str:
    """The verifier key of this installation, as auditors are told it."""
    return Verifier(NAME, _private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).vkey()


def is_signed(content: bytes, signature: str, vkey: str) -> bool:
    """Whether the holder of `vkey` signed `content`. Never raises for what a stranger sent."""
    try:
        public = Ed25519PublicKey.from_public_bytes(parse_vkey(vkey).public)
        raw = base64.b64decode(signature, validate=True)
        if base64.b64encode(raw).decode() != signature:
            return False  # the last letter of base64 has spare bits: several texts would be one signature
        public.verify(raw, _PURPOSE + content)
    except (NoteRefused, InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.read_or_make(keys.folder() / "settlement", _new_private))


def _new_private() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())

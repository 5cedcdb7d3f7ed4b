"""The message inside a PAdES signature: `SignedData` of RFC 5652 with one signer, written straight as DER.

A library builds it as a tree and writes every certificate anew, field by field, several times a signature: that cost
three times as much as the signature, the time stamp and the file together. What is asked of the message is little and
never varies, and the certificates and the stamp go in as the bytes they came in.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from baohe.adapters.signing.authority import Identity, Private

_SEQUENCE, _SET, _OCTETS, _INTEGER = 0x30, 0x31, 0x04, 0x02
_FIRST, _SECOND = 0xA0, 0xA1
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_SIGNING_CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")
_TIME_STAMP_TOKEN = bytes.fromhex("060b2a864886f70d010910020e")
_SHA256 = bytes.fromhex("300b0609608648016503040201")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_RSA_SHA256 = bytes.fromhex("300d06092a864886f70d01010b0500")
_VERSION_1 = b"\x02\x01\x01"


def signed_data(identity: Identity, above: tuple[bytes, ...], digest: bytes, stamp: Callable[[bytes], bytes]) -> bytes:
    """`ContentInfo` in DER: the signature of `digest` (SHA-256 of the signed bytes) and its time stamp.

    `above` are the certificates over the signer's, DER; `stamp` gives the token for SHA-256 of a signature, and what it
    raises goes through.
    """
    attributes = _in_order(
        _attribute(_CONTENT_TYPE, _DATA),
        _attribute(_MESSAGE_DIGEST, _tlv(_OCTETS, digest)),
        _attribute(_SIGNING_CERTIFICATE_V2, _certificate_by_hash(identity.der)),
    )
    # Signed as a SET, sent under an implicit tag (RFC 5652, 5.4).
    algorithm, signature = _sign(identity.private, _tlv(_SET, attributes))
    signer = _tlv(
        _SEQUENCE,
        _VERSION_1,
        _tlv(_SEQUENCE, identity.certificate.issuer.public_bytes(), _integer(identity.certificate.serial_number)),
        _SHA256,
        _tlv(_FIRST, attributes),
        algorithm,
        _tlv(_OCTETS, signature),
        _tlv(_SECOND, _attribute(_TIME_STAMP_TOKEN, stamp(sha256(signature).digest()))),
    )
    body = _tlv(
        _SEQUENCE,
        _VERSION_1,
        _tlv(_SET, _SHA256),
        _tlv(_SEQUENCE, _DATA),
        _tlv(_FIRST, _in_order(identity.der, *above)),
        _tlv(_SET, signer),
    )
    return _tlv(_SEQUENCE, _SIGNED_DATA, _tlv(_FIRST, body))


def _sign(private: Private, message: bytes) -> tuple[bytes, bytes]:
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return _ECDSA_SHA256, private.sign(message, ec.ECDSA(hashes.SHA256()))
    return _RSA_SHA256, private.sign(message, padding.PKCS1v15(), hashes.SHA256())


def _certificate_by_hash(certificate: bytes) -> bytes:
    """`SigningCertificateV2`: the certificate by its SHA-256 alone (RFC 5035: issuer and serial are optional)."""
    return _tlv(_SEQUENCE, _tlv(_SEQUENCE, _tlv(_SEQUENCE, _tlv(_OCTETS, sha256(certificate).digest()))))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return _tlv(_SEQUENCE, kind, _tlv(_SET, value))


def _in_order(*parts: bytes) -> bytes:
    """The elements of a SET OF: DER sorts them by their bytes."""
    return b"".join(sorted(parts))


def _integer(number: int) -> bytes:
    return _tlv(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content

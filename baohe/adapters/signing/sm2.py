"""SM2 signatures beside a PDF (GB/T 32918, GM/T 0009): detached, with SM3, a certificate and the signer's identity Z.

PDF software knows no SM2, so the signature is a small file of its own: a statement in canonical JSON that names the
SM3 and SHA-256 of the file and the moment, carries the signer's certificate and the list of revoked certificates of
that day, and the signature (DER) of that statement under the default identity 1234567812345678.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import gmssl_pyx

from baohe.adapters.signing import sm2_certificates
from baohe.adapters.signing.sm2_certificates import CertificateRefused, Signer
from baohe.adapters.signing.sm2_issuing import IDENTITY, sm3
from baohe.kernel.canonical import canonical_bytes

PROFILE = "sm2-sm3"
_FIELDS = frozenset(
    {"profile", "signer", "certificate", "revocation_list", "identity", "document_sm3", "document_sha256", "signed_at"}
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a detached signature says, once it verified: `organisation` and `issuer` are of the signer's certificate."""

    signer: str
    organisation: str
    issuer: str
    signed_at: datetime


def sign(pdf: bytes, insurer_code: str, insurer_name: str, at: datetime) -> str:
    """The detached signature of `pdf` as a file of JSON. Raises `CertificateRefused` where the insurer's certificate
    does not hold at `at`, and `ValueError` for a code that is no file name."""
    identity, revoked = sm2_certificates.insurer(insurer_code, insurer_name), sm2_certificates.revocation_list()
    signer = sm2_certificates.judge(identity.certificate, revoked, at)
    if identity.key is None:
        raise ValueError(f"the SM2 key of {insurer_code} is not here")
    statement: dict[str, Any] = {
        "profile": PROFILE,
        "signer": signer.common_name,
        "certificate": base64.b64encode(identity.certificate).decode(),
        "revocation_list": base64.b64encode(revoked).decode(),
        "identity": IDENTITY.decode(),
        "document_sm3": sm3(pdf).hex(),
        "document_sha256": sha256(pdf).hexdigest(),
        "signed_at": at.isoformat(),
    }
    key = identity.key
    signature = gmssl_pyx.sm2_sign(key.private, key.public, canonical_bytes(statement), IDENTITY)
    return canonical_bytes({**statement, "signature": base64.b64encode(signature).decode()}).decode()


def verify(pdf: bytes, detached: str) -> Statement | None:
    """What the detached signature says of `pdf`; None where it does not hold, or its certificate does not: not of our
    root, not valid at the moment of signing, revoked by then."""
    try:
        words = json.loads(detached)
        if canonical_bytes(words) != detached.encode() or words.keys() != _FIELDS | {"signature"}:
            return None
        signature = _plain_base64(words.pop("signature"))
        if words["profile"] != PROFILE or words["identity"] != IDENTITY.decode():
            return None
        if words["document_sm3"] != sm3(pdf).hex() or words["document_sha256"] != sha256(pdf).hexdigest():
            return None
        at = datetime.fromisoformat(words["signed_at"])
        signer = _signer(words, at)
        if words["signer"] != signer.common_name:
            return None
        if not gmssl_pyx.sm2_verify(signer.public, canonical_bytes(words), signature, IDENTITY):
            return None
        return Statement(signer.common_name, signer.organisation, signer.issuer, at)
    except (CertificateRefused, ValueError, TypeError, KeyError, AttributeError, gmssl_pyx.GmsslInnerError):
        return None  # binascii.Error is a ValueError


def _signer(words: dict[str, Any], at: datetime) -> Signer:
    certificate, revoked = _plain_base64(words["certificate"]), _plain_base64(words["revocation_list"])
    return sm2_certificates.judge(certificate, revoked, at)


def _plain_base64(text: str) -> bytes:
    """Raises `ValueError` for a second spelling: several texts would be one signature."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not the one spelling")
    return raw

"""Write SM2 certificates and lists of revoked ones (RFC 5280 with the algorithms of GM/T 0006 and 0015). Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import gmssl_pyx
from asn1crypto import core, crl, x509
from asn1crypto.keys import ECDomainParameters, ECPointBitString, PublicKeyAlgorithm, PublicKeyInfo
from cryptography.hazmat.primitives import hashes

CURVE = "1.2.156.10197.1.301"
SM2_WITH_SM3 = "1.2.156.10197.1.501"
IDENTITY = b"1234567812345678"
"""The signer's identity Z of GB/T 32918 where nothing else is agreed; certificates always use it (GM/T 0015)."""

_UTC_TIME_ENDS = 2050


@dataclass(frozen=True, slots=True)
class Key:
    """`public` is x and y, 64 bytes; `private` 32 bytes."""

    public: bytes
    private: bytes


@dataclass(frozen=True, slots=True)
class Holder:
    organisation: str
    common_name: str


@dataclass(frozen=True, slots=True)
class Life:
    start: datetime
    end: datetime


def sm3(content: bytes) -> bytes:
    hashed = hashes.Hash(hashes.SM3())
    hashed.update(content)
    return hashed.finalize()


def new_key() -> Key:
    return Key(*gmssl_pyx.sm2_key_generate())


def root_certificate(key: Key, holder: Holder, life: Life, serial: int) -> bytes:
    """A certificate that signs itself, may sign certificates and lists, and nothing below those (DER)."""
    name = _name(holder)
    extensions = [
        _extension("basic_constraints", {"ca": True, "path_len_constraint": 0}),
        _usage("key_cert_sign", "crl_sign"),
    ]
    return _certificate(key, name, name, key.public, life, serial, extensions)


def signing_certificate(above: Key, root: bytes, public: bytes, holder: Holder, life: Life, serial: int) -> bytes:
    """A certificate for signing documents, issued by the root (DER)."""
    extensions = [
        _extension("basic_constraints", {"ca": False}),
        _usage("digital_signature", "non_repudiation"),
        _extension("authority_key_identifier", {"key_identifier": _key_id(above.public)}, critical=False),
    ]
    issuer = x509.Certificate.load(root).subject
    return _certificate(above, issuer, _name(holder), public, life, serial, extensions)


def revocation_list(above: Key, root: bytes, life: Life, revoked: Mapping[int, datetime]) -> bytes:
    """The root's CRL: `revoked` gives the moment by serial number (DER)."""
    words = {
        "version": "v2",
        "signature": {"algorithm": SM2_WITH_SM3},
        "issuer": x509.Certificate.load(root).subject,
        "this_update": _time(life.start),
        "next_update": _time(life.end),
    }
    if revoked:
        words["revoked_certificates"] = [
            {"user_certificate": serial, "revocation_date": _time(at)} for serial, at in sorted(revoked.items())
        ]
    return _signed(above, crl.TbsCertList(words), lambda body: crl.CertificateList({"tbs_cert_list": body}))


def _certificate(
    above: Key, issuer: x509.Name, subject: x509.Name, public: bytes, life: Life, serial: int, extensions: list[object]
) -> bytes:
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": {"algorithm": SM2_WITH_SM3},
            "issuer": issuer,
            "validity": {"not_before": _time(life.start), "not_after": _time(life.end)},
            "subject": subject,
            "subject_public_key_info": _public(public),
            "extensions": [*extensions, _extension("key_identifier", _key_id(public), critical=False)],
        }
    )
    return _signed(above, body, lambda tbs: x509.Certificate({"tbs_certificate": tbs}))


def _signed(above: Key, body: core.Sequence, wrap: Callable[[core.Sequence], core.Sequence]) -> bytes:
    whole = wrap(body)
    whole["signature_algorithm"] = {"algorithm": SM2_WITH_SM3}
    signature = gmssl_pyx.sm2_sign(above.private, above.public, body.dump(), IDENTITY)
    whole["signature" if isinstance(whole, crl.CertificateList) else "signature_value"] = core.OctetBitString(signature)
    return bytes(whole.dump())


def _public(public: bytes) -> PublicKeyInfo:
    curve = ECDomainParameters(name="named", value=CURVE)
    algorithm = PublicKeyAlgorithm({"algorithm": "ec", "parameters": curve})
    return PublicKeyInfo({"algorithm": algorithm, "public_key": ECPointBitString(b"\x04" + public)})


def _name(holder: Holder) -> x509.Name:
    return x509.Name.build(
        {"country_name": "CN", "organization_name": holder.organisation, "common_name": holder.common_name}
    )


def _usage(*uses: str) -> x509.Extension:
    return _extension("key_usage", set(uses))


def _extension(kind: str, value: object, critical: bool = True) -> x509.Extension:
    return x509.Extension({"extn_id": kind, "critical": critical, "extn_value": value})


def _key_id(public: bytes) -> bytes:
    return sm3(b"\x04" + public)[:20]


def _time(at: datetime) -> x509.Time:
    whole = at.replace(microsecond=0)
    return x509.Time(name="utc_time" if at.year < _UTC_TIME_ENDS else "general_time", value=whole)

"""Who the time-stamp authority is: `keys/timestamp/root.pem` holds the certificate that its chain must end at.

In the demo the simulator makes it, with a key of its own: a SAMPLE, every name says so. A real installation puts its
authority's root there before the first start and names its address in `BAOHE_TIMESTAMP`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from baohe.adapters.signing import keys
from baohe.plumbing import clock

_LIFE = timedelta(days=30 * 365)
_BEFORE = timedelta(days=10 * 365)
"""Backdated: the sandbox moves its clock into the past, and its papers must verify there too."""


@dataclass(frozen=True)
class Authority:
    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


def trusted_root() -> x509.Certificate:
    """The root that time stamps must lead to."""
    return _certificate(_file("root", _make_root))


def simulated_root() -> Authority:
    return _read(_file("root", _make_root))


def simulated_stamper() -> Authority:
    return _read(_file("stamper", lambda: _make_leaf("保和模拟时间戳 (SAMPLE)", clock.now() - _BEFORE, _LIFE)))


def simulated_expired() -> Authority:
    """The same authority with a certificate that ran out: for the simulator's fault `expired`."""
    ended = clock.now() - 2 * _BEFORE
    return _read(_file("expired", lambda: _make_leaf("保和模拟时间戳 (SAMPLE, 已过期)", ended, timedelta(days=365))))


def _file(name: str, make: keys.Maker) -> bytes:
    return keys.read_or_make(keys.folder() / "timestamp" / f"{name}.pem", make)


def _make_root() -> bytes:
    private = ec.generate_private_key(ec.SECP256R1())
    name = _name("保和模拟时间戳根 (SAMPLE, not a real authority)")
    start = clock.now() - 3 * _BEFORE
    builder = _builder(name, name, private.public_key(), start, 3 * _BEFORE + 2 * _LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs=False), critical=True)
    return _pem(builder.sign(private, hashes.SHA256()), private)


def _make_leaf(common_name: str, start: datetime, life: timedelta) -> bytes:
    above, private = simulated_root(), ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(common_name), above.certificate.subject, private.public_key(), start, _BEFORE + life)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs=True), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(above.private.public_key())
    return _pem(builder.add_extension(issuer, critical=False).sign(above.private, hashes.SHA256()), private)


def _usage(signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, start: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "保和模拟时间戳"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _pem(certificate: x509.Certificate, private: ec.EllipticCurvePrivateKey) -> bytes:
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM) + key


@functools.lru_cache(maxsize=4)
def _certificate(content: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificate(content)


@functools.lru_cache(maxsize=16)
def _read(content: bytes) -> Authority:
    private = load_pem_private_key(content, password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise ValueError("the simulated authority signs with an elliptic curve")
    return Authority(x509.load_pem_x509_certificate(content), private)

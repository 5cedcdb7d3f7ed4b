"""The demonstration certificate authority: a root with its list of revoked certificates, one certificate an insurer.

A SAMPLE: every name says so. A real installation puts the certificate and key that a licensed authority gave the
insurer into `keys/insurers/<code>.pem`; nothing here is made when that file exists.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from baohe.adapters.signing import keys
from baohe.plumbing import clock

ROOT_NAME = "保和演示根证书 (SAMPLE, not a real authority)"
_ROOT_LIFE = timedelta(days=30 * 365)
_LIFE = timedelta(days=20 * 365)
_LIST_LIFE = timedelta(days=30)
_CODE = re.compile(r"^[a-z0-9][a-z0-9_-]{0,39}$")

Extensions = list[tuple[x509.ExtensionType, bool]]
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Public = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key, and the root above it (itself for the root)."""

    certificate: x509.Certificate
    private: Private

    @property
    def fingerprint(self) -> str:
        return sha256(self.der).hexdigest()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def common_name(self) -> str:
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def root() -> Identity:
    return _read(keys.read_or_make(keys.folder() / "insurers" / "_root.pem", _make_root))


def insurer(code: str, name: str) -> Identity:
    """The signing identity of an insurer. Raises `ValueError` for a code that is no file name."""
    if not _CODE.match(code):
        raise ValueError(f"{code!r} is not an insurer code")
    path = keys.folder() / "insurers" / f"{code}.pem"
    return _read(keys.read_or_make(path, lambda: _make_leaf(f"{name}（演示）", _SIGNS_DOCUMENTS, _new_elliptic())))


def revocation_list() -> bytes:
    """The root's CRL (DER): nobody's certificate is revoked. Made once a day and process; long good, because papers of
    a day long past are judged by the list they carry."""
    return _revocation_list(root().fingerprint, clock.today())


@functools.lru_cache(maxsize=4)
def _revocation_list(_of: str, day: date) -> bytes:
    above = root()
    noon = datetime(day.year, day.month, day.day, tzinfo=UTC)
    builder = x509.CertificateRevocationListBuilder().issuer_name(above.certificate.subject)
    builder = builder.last_update(noon - timedelta(days=2)).next_update(noon + _LIST_LIFE)
    return builder.sign(above.private, hashes.SHA256()).public_bytes(Encoding.DER)


def known_fingerprints() -> frozenset[str]:
    """SHA-256 of every insurer certificate of this installation, in hex."""
    folder = keys.folder() / "insurers"
    return frozenset(_read(path.read_bytes()).fingerprint for path in folder.glob("[a-z0-9]*.pem"))


def _usage(signature: bool, commitment: bool, cert_sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signature,
        content_commitment=commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=cert_sign,
        crl_sign=cert_sign,
        encipher_only=False,
        decipher_only=False,
    )


_SIGNS_DOCUMENTS: Extensions = [(_usage(True, True, False), True)]


def _make_root() -> bytes:
    private = ec.generate_private_key(ec.SECP256R1())
    name = _name(ROOT_NAME)
    extensions: Extensions = [
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (_usage(False, False, True), True),
    ]
    certificate = _build(name, name, private.public_key(), _ROOT_LIFE, extensions).sign(private, hashes.SHA256())
    return _pem(certificate, private)


def _new_elliptic() -> Private:
    return ec.generate_private_key(ec.SECP256R1())


def _make_leaf(common_name: str, extensions: Extensions, private: Private) -> bytes:
    above = root()
    all_extensions: Extensions = [(x509.BasicConstraints(ca=False, path_length=None), True), *extensions]
    builder = _build(_name(common_name), above.certificate.subject, private.public_key(), _LIFE, all_extensions)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(above.private.public_key()), critical=False
    )
    return _pem(builder.sign(above.private, hashes.SHA256()), private)


def _build(
    subject: x509.Name,
    issuer: x509.Name,
    public: Public,
    life: timedelta,
    extensions: Extensions,
) -> x509.CertificateBuilder:
    start: datetime = clock.now() - timedelta(days=3650)
    # Backdated: the sandbox moves its clock into the past, and its policies must verify there too.
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650) + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "保和演示"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


def _pem(certificate: x509.Certificate, private: Private) -> bytes:
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM) + key


@functools.lru_cache(maxsize=128)
def _read(content: bytes) -> Identity:
    """Cached: the check of an RSA key takes a tenth of a second."""
    private = load_pem_private_key(content, password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError("the signing key is neither an elliptic curve nor an RSA key")
    return Identity(x509.load_pem_x509_certificate(content), private)

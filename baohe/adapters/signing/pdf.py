"""PAdES signatures of PDF files, level B-LT: with a time stamp of an authority outside of the platform, and with the
certificates and lists of revocation that a checker needs years later, embedded before the signature and covered by it.

The one call to the outside is the time stamp (`adapters.timestamp`).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from asn1crypto import cms, crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import (
    NoDSSFoundError,
    SignatureValidationError,
    ValidationInfoReadingError,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from baohe.adapters.signing import authority
from baohe.adapters.signing.authority import Identity
from baohe.adapters.signing.signed_data import signed_data
from baohe.adapters.timestamp import client as timestamps
from baohe.adapters.timestamp import keys as timestamp_keys
from baohe.adapters.timestamp.port import Stamp
from baohe.plumbing import clock

_FIELD = "InsurerSignature"
_RESERVED_HEX = 16 * 1024
"""Room for the signature in hex digits; signature, certificates and time stamp take about 7,000."""
_MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What the parsers below raise for a message in which a byte was changed: no one error of their own."""
_CONTENTS = re.compile(rb"/Contents\s*<([0-9A-Fa-f]{64,65536})>")


@dataclass(frozen=True, slots=True)
class Signed:
    """`stamp` is the checked time stamp inside; `profile` is `ecdsa` or `rsa`."""

    content: bytes
    signer_name: str
    fingerprint: str
    profile: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Inspection:
    """`whole`: the bytes are those that were signed, to the end of the file; `trusted`: the chain ends at our root;
    `stamped_at`, `stamped_by`: the time stamp, where it holds; `long_term`: what a checker needs is inside (B-LT)."""

    whole: bool
    trusted: bool
    fingerprint: str
    signer_name: str
    stamped_at: datetime | None
    stamped_by: str
    profile: str
    long_term: bool


def sign(pdf: bytes, insurer_code: str, insurer_name: str, reason: str) -> Signed:
    """Sign in the insurer's name, as an incremental update of `pdf`. Raises `NoTimeStamp`: then nothing was signed."""
    identity, root = authority.insurer(insurer_code, insurer_name), authority.root()
    file = BytesIO(pdf)
    writer = IncrementalPdfFileWriter(file)
    _embed_revocation(writer, identity)
    steps = PdfCMSEmbedder().write_cms(_FIELD, writer)
    next(steps)
    steps.send(SigObjSetup(_placeholder(identity, reason), SigMDPSetup("sha256", True, None, MDPPerm.FILL_FORMS)))
    prepared, _ = steps.send(SigIOSetup("sha256", in_place=True))
    stamps: list[Stamp] = []

    def stamp(digest: bytes) -> bytes:
        stamps.append(timestamps.stamp_digest(digest))
        return stamps[0].token

    steps.send(signed_data(identity, (root.der,), prepared.document_digest, stamp))
    profile = _profile_of(identity.certificate)
    return Signed(file.getvalue(), identity.common_name, identity.fingerprint, profile, stamps[0])


def _placeholder(identity: Identity, reason: str) -> SignatureObject:
    """The signature's dictionary with room for its message."""
    return SignatureObject(
        timestamp=clock.now(),
        subfilter=SigSeedSubFilter.PADES,
        name=identity.common_name,
        reason=reason,
        bytes_reserved=_RESERVED_HEX,
    )


def inspect(pdf: bytes, at: datetime) -> Inspection | None:
    """Check the one signature of a PDF that this platform stored; None where there is none to check.

    `at` is the moment the certificates are judged at. For files of strangers use `claimed_fingerprints`.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        found = reader.embedded_signatures
        if len(found) != 1:
            return None
        context, long_term = _context(reader, at)
        status = validate_pdf_signature(found[0], context, ts_validation_context=context)
    except (PdfReadError, SignatureValidationError, ValidationInfoReadingError, *_MALFORMED):
        return None
    whole = status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    certificate, stamp = status.signing_cert, status.timestamp_validity
    stamped = stamp is not None and stamp.intact and stamp.valid and stamp.trusted
    return Inspection(
        whole=whole,
        trusted=status.trusted,
        fingerprint=sha256(certificate.dump()).hexdigest(),
        signer_name=str(certificate.subject.native.get("common_name", "")),
        stamped_at=stamp.timestamp if stamped else None,
        stamped_by=str(stamp.signing_cert.subject.native.get("common_name", "")) if stamped else "",
        profile=_profile_of(x509.load_der_x509_certificate(certificate.dump())),
        long_term=long_term,
    )


def _embed_revocation(writer: IncrementalPdfFileWriter, identity: Identity) -> None:
    """The document security store, in the same revision as the signature and covered by it."""
    roots = [authority.root().der, timestamp_keys.trusted_root().public_bytes(Encoding.DER)]
    lists = [authority.revocation_list(), timestamps.revocation_list()]
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[_parsed(identity.der), *map(_parsed, roots)],
        crls=[_parsed_list(one) for one in lists],
    )


def _context(reader: PdfFileReader, at: datetime) -> tuple[ValidationContext, bool]:
    """Trust in our two roots; revocation is asked of what the file carries, not of papers that carry none."""
    roots = [_asn1(authority.root()), _parsed(timestamp_keys.trusted_root().public_bytes(Encoding.DER))]
    shared = {"trust_roots": roots, "moment": at, "allow_fetching": False, "best_signature_time": at}
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return ValidationContext(**shared), False
    return store.as_validation_context({**shared, "revocation_mode": "require"}), True


def _profile_of(certificate: x509.Certificate) -> str:
    return "rsa" if isinstance(certificate.public_key(), rsa.RSAPublicKey) else "ecdsa"


def claimed_fingerprints(content: bytes) -> frozenset[str]:
    """Fingerprints of the certificates that signatures in an unknown file carry, without parsing the file as PDF:
    a stranger's file may be built to keep a parser busy."""
    found: set[str] = set()
    for match in _CONTENTS.finditer(content):
        try:
            info = cms.ContentInfo.load(_trimmed(match.group(1)))
            for choice in info["content"]["certificates"]:
                found.add(sha256(choice.chosen.dump()).hexdigest())
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return frozenset(found)


def _trimmed(hexadecimal: bytes) -> bytes:
    """The signature without the zeros that pad its reserved space."""
    return bytes.fromhex(hexadecimal[: len(hexadecimal) & ~1].decode())


class _Certificate(asn1_x509.Certificate):  # type: ignore[misc]  # asn1crypto has no types
    """A certificate that keeps its bytes: reading one of its fields makes asn1crypto write all of it anew at every
    signature, and that cost more than signing."""

    def dump(self, force: bool = False) -> bytes:
        return self.der

    der: bytes


class _RevocationList(crl.CertificateList):  # type: ignore[misc]
    """The same for a list of revoked certificates."""

    def dump(self, force: bool = False) -> bytes:
        return self.der

    der: bytes


@functools.lru_cache(maxsize=64)
def _parsed(der: bytes) -> asn1_x509.Certificate:
    certificate = _Certificate.load(der)
    certificate.der = der
    return certificate


@functools.lru_cache(maxsize=8)
def _parsed_list(der: bytes) -> crl.CertificateList:
    revoked = _RevocationList.load(der)
    revoked.der = der
    return revoked


def _asn1(identity: Identity) -> asn1_x509.Certificate:
    return _parsed(identity.der)

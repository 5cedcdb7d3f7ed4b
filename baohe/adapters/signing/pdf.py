"""PAdES signatures of PDF files (B-T: with a time stamp of the platform's own demonstration authority).

Nothing is fetched from a network: certificates and time stamp come from the data folder.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from asn1crypto import cms
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from baohe.adapters.signing import authority
from baohe.adapters.signing.authority import Identity

_FIELD = "InsurerSignature"
_RESERVED_HEX = 16 * 1024
"""Room for the signature in hex digits; signature, three certificates and time stamp take about 9,000."""
_CONTENTS = re.compile(rb"/Contents\s*<([0-9A-Fa-f]{64,65536})>")


@dataclass(frozen=True, slots=True)
class Signed:
    content: bytes
    signer_name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """`whole`: the bytes are those that were signed, to the end of the file; `trusted`: the chain ends at our root."""

    whole: bool
    trusted: bool
    fingerprint: str
    signer_name: str
    signed_at: datetime | None


def sign(pdf: bytes, insurer_code: str, insurer_name: str, at: datetime, reason: str) -> Signed:
    """Sign in the insurer's name at the moment `at`, as an incremental update of `pdf`."""
    identity = authority.insurer(insurer_code, insurer_name)
    metadata = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        name=identity.common_name,
        certify=True,
    )
    output = BytesIO()
    signers.PdfSigner(metadata, _simple_signer(identity), timestamper=_stamper(at)).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), output=output, bytes_reserved=_RESERVED_HEX
    )
    return Signed(output.getvalue(), identity.common_name, identity.fingerprint)


def inspect(pdf: bytes, at: datetime) -> Inspection | None:
    """Check the one signature of a PDF that this platform stored; None where there is none to check.

    `at` is the moment the certificates are judged at. For files of strangers use `claimed_fingerprints`.
    """
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if len(found) != 1:
            return None
        store = SimpleCertificateStore.from_certs([_asn1(authority.root())])
        context = ValidationContext(trust_roots=list(store), moment=at, allow_fetching=False, best_signature_time=at)
        status = validate_pdf_signature(found[0], context, ts_validation_context=context)
    except (PdfReadError, SignatureValidationError, ValueError):
        return None
    whole = status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    certificate = status.signing_cert
    return Inspection(
        whole=whole,
        trusted=status.trusted,
        fingerprint=sha256(certificate.dump()).hexdigest(),
        signer_name=str(certificate.subject.native.get("common_name", "")),
        signed_at=status.timestamp_validity.timestamp if status.timestamp_validity else None,
    )


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


def _stamper(at: datetime) -> DummyTimeStamper:
    identity = authority.time_stamper()
    return DummyTimeStamper(
        tsa_cert=_asn1(identity),
        tsa_key=_asn1_key(identity),
        certs_to_embed=SimpleCertificateStore.from_certs([_asn1(authority.root())]),
        fixed_dt=at,
    )


def _simple_signer(identity: Identity) -> signers.SimpleSigner:
    return signers.SimpleSigner(
        signing_cert=_asn1(identity),
        signing_key=_asn1_key(identity),
        cert_registry=SimpleCertificateStore.from_certs([_asn1(authority.root())]),
    )


@functools.lru_cache(maxsize=64)
def _parsed(der: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(der)


def _asn1(identity: Identity) -> asn1_x509.Certificate:
    return _parsed(identity.der)


def _asn1_key(identity: Identity) -> asn1_keys.PrivateKeyInfo:
    der = identity.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return asn1_keys.PrivateKeyInfo.load(der)

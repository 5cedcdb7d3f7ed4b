"""Is a reply of a time-stamp authority a true stamp of what was asked? RFC 3161, section 2.4.2, and RFC 5652."""

from __future__ import annotations

import functools
import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar

from asn1crypto import cms, core, parser, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from baohe.adapters.timestamp.port import AuthorityRefused, Stamp, StampNotTrue

SKEW = timedelta(minutes=5)
"""A stamp whose moment is further from ours is not taken: it would date a paper wrongly."""


class Reply(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """`TimeStampResp` with its token optional, as RFC 3161 has it: a refusal carries none."""

    _fields: ClassVar = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


_HASHES = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}


def read_reply(reply: bytes, digest: bytes, nonce: int, root: x509.Certificate, now: datetime) -> Stamp:
    """The stamp in a reply to a request for `digest` (SHA-256) under `nonce`.

    Raises `AuthorityRefused`, and `StampNotTrue` with the reason.
    """
    try:
        status = _status(reply)
        if status not in ("granted", "granted_with_mods"):
            raise AuthorityRefused(status)
        token = _token_bytes(reply)
        signed: cms.SignedData = cms.ContentInfo.load(token, strict=True)["content"]
        info = signed["encap_content_info"]["content"].parsed
        _same_question(info, digest, nonce)
        at: datetime = info["gen_time"].native
        certificate = _signer(signed, root, at)
        _signature_holds(token, signed, certificate)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as malformed:
        raise StampNotTrue(f"not a reply of RFC 3161: {malformed}") from malformed
    if abs(at - now) > SKEW:
        raise StampNotTrue(f"its moment {at} is not now")
    name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return Stamp(token, at, str(name[0].value) if name else "")


def _status(reply: bytes) -> str:
    return str(Reply.load(reply, strict=True)["status"]["status"].native)


def _token_bytes(reply: bytes) -> bytes:
    """The token as it came. Written anew it would cost more than everything else here together."""
    inside = parser.parse(reply, strict=True)[4]
    return bytes(inside[parser.peek(inside) :])


def _same_question(info: tsp.TSTInfo, digest: bytes, nonce: int) -> None:
    imprint = info["message_imprint"]
    same_hash = hmac.compare_digest(imprint["hashed_message"].native, digest)
    if imprint["hash_algorithm"]["algorithm"].native != "sha256" or not same_hash:
        raise StampNotTrue("it stamps another hash")
    if info["nonce"].native != nonce:
        raise StampNotTrue("it answers another nonce")


def _signer(signed: cms.SignedData, root: x509.Certificate, at: datetime) -> x509.Certificate:
    """The certificate that signed, issued by our root for time stamping and valid at that moment."""
    named = signed["signer_infos"][0]["sid"].chosen
    for choice in signed["certificates"]:
        found = choice.chosen
        # By the bytes of the name: comparing it field by field cost more than checking a signature.
        same_issuer = found.issuer.dump() == named["issuer"].dump() or found.issuer == named["issuer"]
        if same_issuer and found.serial_number == named["serial_number"].native:
            break
    else:
        raise StampNotTrue("it does not carry its signer's certificate")
    certificate = _issued_for_stamps(found.dump(), root)
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise StampNotTrue("its certificate had run out")
    return certificate


@functools.lru_cache(maxsize=8)
def _issued_for_stamps(der: bytes, root: x509.Certificate) -> x509.Certificate:
    """The certificate, where `root` issued it for time stamping; its dates are judged at each stamp. Kept, because the
    authority signs all day with the same one."""
    certificate = x509.load_der_x509_certificate(der)
    try:
        certificate.verify_directly_issued_by(root)
        usages = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound) as stranger:
        raise StampNotTrue("its certificate is not of the authority we know") from stranger
    if ExtendedKeyUsageOID.TIME_STAMPING not in usages:
        raise StampNotTrue("its certificate is not for time stamping")
    return certificate


def _signature_holds(token: bytes, signed: cms.SignedData, certificate: x509.Certificate) -> None:
    info = signed["signer_infos"][0]
    attributes = info["signed_attrs"]
    by_name = {item["type"].native: item["values"] for item in attributes}
    content = signed["encap_content_info"]["content"].contents
    if by_name["message_digest"][0].native != sha256(content).digest():
        raise StampNotTrue("its signature is of another content")
    if by_name["signing_certificate_v2"][0]["certs"][0]["cert_hash"].native != certificate.fingerprint(hashes.SHA256()):
        raise StampNotTrue("its signature names another certificate")
    # In the signature the attributes stand as a SET (RFC 5652, 5.4), in the message under an implicit tag.
    as_sent = cms.ContentInfo.load(token)["content"]["signer_infos"][0]["signed_attrs"].dump()
    message = b"\x31" + as_sent[1:]
    public, hash_ = certificate.public_key(), _HASHES[info["digest_algorithm"]["algorithm"].native]()
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(info["signature"].native, message, ec.ECDSA(hash_))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(info["signature"].native, message, padding.PKCS1v15(), hash_)
        else:
            raise StampNotTrue("its kind of key is not known here")
    except InvalidSignature as false:
        raise StampNotTrue("its signature does not verify") from false

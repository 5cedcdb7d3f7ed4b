"""A simulated time-stamp authority at work: RFC 3161 replies, as its switches bend them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from baohe.adapters.simulating.faults import Faults
from baohe.adapters.timestamp import keys
from baohe.adapters.timestamp.keys import Authority
from baohe.adapters.timestamp.token import Reply
from baohe.plumbing import clock

_POLICY = "1.3.6.1.4.1.99999.1"
"""The policy under which it stamps: an arc for examples, of nobody."""
_OFTEN = timedelta(days=30)


def reply(question: bytes, faults: Faults) -> bytes:
    """A `TimeStampResp`. A question that is none, or for another hash than SHA-256, is refused as the standard says."""
    try:
        request = tsp.TimeStampReq.load(question, strict=True)
        imprint = request["message_imprint"]
        hash_name, digest = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
        nonce = request["nonce"].native
    except (ValueError, TypeError):
        return _refusal("bad_data_format")
    if hash_name != "sha256" or len(digest) != hashes.SHA256.digest_size:
        return _refusal("bad_alg")
    if faults.strikes("refuse"):
        return _refusal("system_failure")
    if faults.strikes("wrong_hash"):
        digest = sha256(digest).digest()
    if faults.strikes("wrong_nonce"):
        nonce = (nonce or 0) ^ 1
    at = clock.now() - timedelta(seconds=faults.size("wrong_time"))
    who = keys.simulated_expired() if faults.strikes("expired") else keys.simulated_stamper()
    token = _token(who, _info(digest, nonce, at).dump(), faults.strikes("forged_sign"))
    granted = tsp.PKIStatusInfo({"status": tsp.PKIStatus("granted")})
    return bytes(Reply({"status": granted, "time_stamp_token": token}).dump())


def revocation_list() -> bytes:
    """Nobody's certificate is revoked: an empty CRL, as of the start of the day."""
    root, today = keys.simulated_root(), clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    builder = x509.CertificateRevocationListBuilder().issuer_name(root.certificate.subject)
    builder = builder.last_update(today - timedelta(days=1)).next_update(today + _OFTEN)
    return builder.sign(root.private, hashes.SHA256()).public_bytes(Encoding.DER)


def _refusal(why: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": tsp.PKIStatus("rejection"), "fail_info": tsp.PKIFailureInfo({why})})
    return bytes(Reply({"status": status}).dump())


def _info(digest: bytes, nonce: int | None, at: datetime) -> tsp.TSTInfo:
    words = {
        "version": "v1",
        "policy": _POLICY,
        "message_imprint": tsp.MessageImprint(
            {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
        ),
        "serial_number": secrets.randbits(63),
        "gen_time": at.astimezone(UTC).replace(microsecond=0),
        "accuracy": tsp.Accuracy({"seconds": 1}),
    }
    return tsp.TSTInfo(words if nonce is None else {**words, "nonce": nonce})


def _token(who: Authority, content: bytes, forged: bool) -> cms.ContentInfo:
    certificate = asn1_x509.Certificate.load(who.der)
    attributes = _attributes(content, who.der)
    private = ec.generate_private_key(ec.SECP256R1()) if forged else who.private
    sha = algos.DigestAlgorithm({"algorithm": "sha256"})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                    )
                }
            ),
            "digest_algorithm": sha,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signed_attrs": attributes,
            "signature": private.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
    )
    root = asn1_x509.Certificate.load(keys.simulated_root().der)
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": cms.DigestAlgorithms((sha,)),
            "encap_content_info": cms.EncapsulatedContentInfo(
                {"content_type": cms.ContentType("tst_info"), "content": cms.ParsableOctetString(content)}
            ),
            "certificates": [certificate, root],
            "signer_infos": [signer],
        }
    )
    return cms.ContentInfo({"content_type": cms.ContentType("signed_data"), "content": signed})


def _attributes(content: bytes, certificate: bytes) -> cms.CMSAttributes:
    named = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": sha256(certificate).digest()})]})
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [sha256(content).digest()]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]}),
        ]
    )

"""Ask the time-stamp authority over HTTP: one request a paper, and its list of revoked certificates once a day."""

from __future__ import annotations

import secrets
from datetime import date
from hashlib import sha256

import httpx
from asn1crypto import algos, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from baohe.adapters.timestamp import keys
from baohe.adapters.timestamp.port import AuthorityAway, NoTimeStamp, Stamp, StampNotTrue
from baohe.adapters.timestamp.token import read_reply
from baohe.plumbing import clock

_PATIENCE_SECONDS = 5.0
_LARGEST_REPLY = 64 * 1024
_QUERY = {"Content-Type": "application/timestamp-query"}
_lists: dict[tuple[str, date], bytes] = {}
_lines: dict[str, httpx.Client] = {}


def stamp(content: bytes) -> Stamp:
    """A checked stamp of SHA-256 of `content`. Raises `NoTimeStamp` in one of its kinds."""
    return stamp_digest(sha256(content).digest())


def stamp_digest(digest: bytes) -> Stamp:
    """The same of a digest that was made elsewhere."""
    nonce = secrets.randbits(63)
    question = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": tsp.MessageImprint(
                {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
            ),
            "nonce": nonce,
            "cert_req": True,
        }
    )
    reply = _call("POST", "/tsa", question.dump())
    return read_reply(reply, digest, nonce, keys.trusted_root(), clock.now())


def revocation_list() -> bytes:
    """The authority's CRL (DER), fetched once a day and process. Raises `NoTimeStamp`."""
    key = (settings.BAOHE_TIMESTAMP + sha256(_root_der()).hexdigest(), clock.today())
    if key not in _lists:
        content = _call("GET", "/tsa.crl")
        try:
            signed = x509.load_der_x509_crl(content).is_signature_valid(keys.trusted_root().public_key())  # type: ignore[arg-type]  # any key of a certificate
        except (ValueError, TypeError) as malformed:
            raise StampNotTrue("its list of revoked certificates cannot be read") from malformed
        if not signed:
            raise StampNotTrue("its list of revoked certificates is not its own")
        _lists.clear()
        _lists[key] = content
    return _lists[key]


def _root_der() -> bytes:
    return keys.trusted_root().public_bytes(Encoding.DER)


def _call(method: str, path: str, content: bytes | None = None) -> bytes:
    try:
        answer = _line().request(method, path, content=content, headers=_QUERY if content else {})
    except httpx.HTTPError as failure:
        raise AuthorityAway(type(failure).__name__) from failure
    if answer.status_code != httpx.codes.OK or len(answer.content) > _LARGEST_REPLY:
        raise AuthorityAway(f"HTTP {answer.status_code}, {len(answer.content)} bytes")
    return answer.content


def _line() -> httpx.Client:
    """One kept line: a fresh connection would cost as much as the stamp. It follows nobody and asks no proxy."""
    address = settings.BAOHE_TIMESTAMP
    if address not in _lines:
        _lines[address] = httpx.Client(
            base_url=address, timeout=_PATIENCE_SECONDS, follow_redirects=False, trust_env=False
        )
    return _lines[address]


__all__ = ["NoTimeStamp", "revocation_list", "stamp", "stamp_digest"]

"""SM2 certificates of the insurers: a root, one certificate an insurer below it, the root's list of revoked ones.

A SAMPLE, as in `authority`: every name says so. A real installation puts what its licensed authority gave it into
`keys/insurers`: the root's certificate into `_root.sm2.json` (`certificate` alone, base64 of DER), an insurer's with
its key into `<code>.sm2.json`, and the authority's current list into `_revoked.sm2.crl` (DER), which then has to be
renewed before it ends. What lies there is never made anew.
"""

from __future__ import annotations

import base64
import functools
import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import gmssl_pyx
from asn1crypto import core, crl, x509

from baohe.adapters.signing import keys, sm2_issuing
from baohe.adapters.signing.sm2_issuing import CURVE, IDENTITY, SM2_WITH_SM3, Holder, Key, Life
from baohe.plumbing import clock

_ROOT = Holder("保和演示", "保和演示国密根证书 (SAMPLE, not a real authority)")
_BEFORE = timedelta(days=3650)
"""Backdated: the sandbox moves its clock into the past, and its policies must verify there too."""
_ROOT_LIFE, _LIFE, _LIST_LIFE = timedelta(days=30 * 365), timedelta(days=20 * 365), timedelta(days=30)
_CODE = re.compile(r"^[a-z0-9][a-z0-9_-]{0,39}$")
_SERIAL_BITS = 126
_MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, gmssl_pyx.GmsslInnerError)
_UNDERSTOOD = frozenset({"basic_constraints", "key_usage"})


class CertificateRefused(ValueError):
    """A certificate or list that does not hold; `why` is `malformed`, `other_authority`, `not_for_signing`, `expired`,
    `revoked` or `list_expired`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate (DER) with its key; None where the installation holds the certificate alone."""

    certificate: bytes
    key: Key | None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who a certificate names, and whose word that is."""

    organisation: str
    common_name: str
    issuer: str
    public: bytes


def root() -> Identity:
    return _read(keys.read_or_make(_folder() / "_root.sm2.json", _make_root))


def insurer(code: str, name: str) -> Identity:
    """The SM2 identity of an insurer. Raises `ValueError` for a code that is no file name."""
    if not _CODE.match(code):
        raise ValueError(f"{code!r} is not an insurer code")
    return _read(keys.read_or_make(_folder() / f"{code}.sm2.json", lambda: _make_insurer(name)))


def revocation_list() -> bytes:
    """The authority's list as it stands now (DER): its file, or the demonstration's own, where nobody is revoked."""
    path = _folder() / "_revoked.sm2.crl"
    return path.read_bytes() if path.exists() else _empty_list(root(), clock.today())


def judge(certificate: bytes, revoked: bytes, at: datetime) -> Signer:
    """Who signed at `at`: issued by our root for signing, valid at that moment, and not revoked by then, neither in
    the list `revoked` that came with it nor in the one of today. Raises `CertificateRefused`."""
    try:
        found = x509.Certificate.load(certificate, strict=True)
        above = x509.Certificate.load(root().certificate, strict=True)
        _is_issued(found, above)
        _is_for_signing(found)
        for one in (found, above):
            if not one.not_valid_before <= at <= one.not_valid_after:
                raise CertificateRefused("expired")
        kept = _list_of(revoked, above)
        if not kept["this_update"].native <= at <= kept["next_update"].native:
            raise CertificateRefused("list_expired")
        for one in (kept, _list_of(revocation_list(), above)):
            if _revoked_by(one, found.serial_number, at):
                raise CertificateRefused("revoked")
        names = found.subject.native
        issuer = str(found.issuer.native["common_name"])
        return Signer(str(names["organization_name"]), str(names["common_name"]), issuer, _public_of(found))
    except CertificateRefused:
        raise
    except _MALFORMED as problem:
        raise CertificateRefused("malformed") from problem


def _is_issued(found: x509.Certificate, above: x509.Certificate) -> None:
    if found.issuer.dump() != above.subject.dump():
        raise CertificateRefused("other_authority")
    _is_signed(found, found["tbs_certificate"], found["signature_value"], above)


def _is_signed(whole: core.Sequence, body: core.Sequence, signature: core.BitString, above: x509.Certificate) -> None:
    inside, outside = body["signature"]["algorithm"].dotted, whole["signature_algorithm"]["algorithm"].dotted
    if inside != SM2_WITH_SM3 or outside != SM2_WITH_SM3:
        raise CertificateRefused("malformed")
    if signature.contents[0] != 0:  # spare bits: two spellings would be one signature
        raise CertificateRefused("malformed")
    if not gmssl_pyx.sm2_verify(_public_of(above), body.dump(), signature.contents[1:], IDENTITY):
        raise CertificateRefused("other_authority")


def _is_for_signing(found: x509.Certificate) -> None:
    usage, constraints = found.key_usage_value, found.basic_constraints_value
    if usage is None or "digital_signature" not in usage.native or found.critical_extensions - _UNDERSTOOD:
        raise CertificateRefused("not_for_signing")
    if constraints is not None and constraints["ca"].native:
        raise CertificateRefused("not_for_signing")


def _public_of(certificate: x509.Certificate) -> bytes:
    """x and y of an SM2 key, 64 bytes. Raises `CertificateRefused` for a key of another kind."""
    info = certificate["tbs_certificate"]["subject_public_key_info"]
    point = bytes(info["public_key"])
    if info["algorithm"]["parameters"].chosen.dotted != CURVE or len(point) != 65 or point[0] != 4:
        raise CertificateRefused("malformed")
    return point[1:]


def _list_of(content: bytes, above: x509.Certificate) -> crl.TbsCertList:
    whole = crl.CertificateList.load(content, strict=True)
    body = whole["tbs_cert_list"]
    if body["issuer"].dump() != above.subject.dump():
        raise CertificateRefused("other_authority")
    _is_signed(whole, body, whole["signature"], above)
    return body


def _revoked_by(body: crl.TbsCertList, serial: int, at: datetime) -> bool:
    """A signature of before the revocation holds: that is what its time stamp is for."""
    return any(
        one["user_certificate"].native == serial and one["revocation_date"].native <= at
        for one in body["revoked_certificates"] or ()
    )


def _folder() -> Path:
    return keys.folder() / "insurers"


@functools.lru_cache(maxsize=4)
def _empty_list(above: Identity, day: date) -> bytes:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    life = Life(noon - timedelta(days=2), noon + _LIST_LIFE)
    return sm2_issuing.revocation_list(_key_of(above), above.certificate, life, {})


def _make_root() -> bytes:
    key, start = sm2_issuing.new_key(), clock.now() - _BEFORE
    life = Life(start, start + _BEFORE + _ROOT_LIFE)
    return _written(sm2_issuing.root_certificate(key, _ROOT, life, _serial()), key)


def _make_insurer(name: str) -> bytes:
    above, key, start = root(), sm2_issuing.new_key(), clock.now() - _BEFORE
    life = Life(start, start + _BEFORE + _LIFE)
    holder = Holder(name, f"{name}（演示）"[:64])
    made = sm2_issuing.signing_certificate(_key_of(above), above.certificate, key.public, holder, life, _serial())
    return _written(made, key)


def _key_of(above: Identity) -> Key:
    if above.key is None:
        raise ValueError("the root's key is not here: certificates and lists come from its authority")
    return above.key


def _serial() -> int:
    return secrets.randbits(_SERIAL_BITS) | 1 << _SERIAL_BITS


def _written(certificate: bytes, key: Key) -> bytes:
    words = {"certificate": base64.b64encode(certificate).decode()}
    return json.dumps({**words, "public": key.public.hex(), "private": key.private.hex()}).encode()


@functools.lru_cache(maxsize=64)
def _read(content: bytes) -> Identity:
    words = json.loads(content)
    certificate = base64.b64decode(words["certificate"], validate=True)
    if "private" not in words:
        return Identity(certificate, None)
    key = Key(bytes.fromhex(words["public"]), bytes.fromhex(words["private"]))
    if (len(key.public), len(key.private)) != (64, 32):
        raise ValueError("not an SM2 key pair")
    if _public_of(x509.Certificate.load(certificate)) != key.public:
        raise ValueError("the SM2 certificate is of another key")
    return Identity(certificate, key)

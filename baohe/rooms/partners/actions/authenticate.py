"""Tell which partner signed a request, once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, transaction
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    VerifyResult,
    algorithms,
)

from baohe.rooms.partners.contracts import PartnerView, SignedRequest
from baohe.rooms.partners.errors import RequestReplayed, SignatureInvalid, SignatureMissing
from baohe.rooms.partners.models import Partner, PartnerKey, TakenNonce

FRESH = timedelta(minutes=5)
_COVERED = ("@method", "@target-uri")
_NONCE = re.compile(r"^[\x21-\x7e]{8,128}$")


def authenticate(request: SignedRequest) -> PartnerView:
    """The partner whose live key signed `request`.

    Raises `SignatureMissing`, `SignatureInvalid` (unknown or revoked key, changed or uncovered part, stale) and
    `RequestReplayed`.
    """
    if "signature" not in {name.lower() for name in request.headers}:
        raise SignatureMissing()
    keys = _LiveKeys()
    result = _verify(request, keys)
    if keys.partner is None:
        raise SignatureInvalid(why_zh="密钥不存在或已停用", why_en="the key is unknown or revoked")
    _take_nonce(str(result.parameters["keyid"]), result.nonce)
    return view(keys.partner)


def view(partner: Partner) -> PartnerView:
    return PartnerView(partner.id, partner.code, partner.name, partner.licensed)


class _LiveKeys(HTTPSignatureKeyResolver):
    """Looks the key up once and remembers whose it is, so that no second query is needed."""

    partner: Partner | None = None

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        key = PartnerKey.objects.select_related("partner").filter(key_id=key_id, revoked_at=None).first()
        if key is None:
            return None
        self.partner = key.partner
        return Ed25519PublicKey.from_public_bytes(bytes(key.public_key))

    def resolve_private_key(self, key_id: str) -> None:
        raise SignatureInvalid(why_zh="平台不持有合作方私钥", why_en="the platform holds no private keys")


def _verify(request: SignedRequest, keys: _LiveKeys) -> VerifyResult:
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=keys)
    try:
        results = verifier.verify(
            request,
            max_age=FRESH,
            require_components=_COVERED,
            body=request.body,
        )
    except HTTPMessageSignaturesException as wrong:
        why = str(wrong) or "it does not match"
        raise SignatureInvalid(why_zh="验签不通过", why_en=why[:200]) from wrong
    return results[0]


def _take_nonce(key_id: str, nonce: str | None) -> None:
    """The unique row is the guard: of two simultaneous copies one insert fails."""
    if nonce is None or not _NONCE.match(nonce):
        raise SignatureInvalid(why_zh="缺少 8–128 位的 nonce", why_en="a nonce of 8 to 128 characters is needed")
    moment = datetime.now(UTC)  # the machine's clock on purpose: see the room's README
    try:
        with transaction.atomic():
            TakenNonce.objects.create(key_id=key_id, nonce=nonce, taken_at=moment)
    except IntegrityError:
        raise RequestReplayed() from None


def forget_old_nonces() -> int:
    """Drop nonces whose signatures have long gone stale; returns how many."""
    dropped, _ = TakenNonce.objects.filter(taken_at__lt=datetime.now(UTC) - 2 * FRESH).delete()
    return dropped

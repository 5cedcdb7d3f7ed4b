"""Enrol a partner and its keys."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.partners.actions.authenticate import view
from baohe.rooms.partners.contracts import PartnerView
from baohe.rooms.partners.models import Partner, PartnerKey


def create_partner(code: str, name: str, *, licensed: bool = False) -> PartnerView:
    """The partner under `code`; an existing one is returned as it is."""
    partner, _ = Partner.objects.get_or_create(
        code=code, defaults={"name": name, "licensed": licensed, "created_at": clock.now()}
    )
    return view(partner)


def register_key(partner_code: str, public_key: bytes, key_id: str = "") -> str:
    """Enrol an Ed25519 public key (32 raw bytes) and return its key id; repeated it changes nothing.

    Raises `NotFound`, and `InvalidInput` for what is no key or for an id that names another key.
    """
    partner = Partner.objects.filter(code=partner_code).first()
    if partner is None:
        raise NotFound(what=f"合作方 {partner_code}")
    if len(public_key) != 32:
        raise InvalidInput(
            field="public_key", reason_zh="需要 32 字节的 Ed25519 公钥", reason_en="needs 32 bytes of an Ed25519 key"
        )
    Ed25519PublicKey.from_public_bytes(public_key)
    key_id = key_id or f"{partner_code}-{secrets.token_hex(4)}"
    row, _ = PartnerKey.objects.get_or_create(
        key_id=key_id, defaults={"partner": partner, "public_key": public_key, "created_at": clock.now()}
    )
    if (row.partner_id, bytes(row.public_key)) != (partner.id, public_key):
        raise InvalidInput(field="key_id", reason_zh="已是另一把密钥的编号", reason_en="already names another key")
    return key_id


def revoke_key(key_id: str) -> None:
    """From now on the key opens nothing. Raises `NotFound`."""
    if not PartnerKey.objects.filter(key_id=key_id, revoked_at=None).update(revoked_at=clock.now()):
        raise NotFound(what=f"密钥 {key_id}")

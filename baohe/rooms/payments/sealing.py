"""The name of the one who must pay, sealed in the intent's own row."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import vault
from baohe.rooms.payments import models

_PAYER = "payments_paymentintent.payer"


def seal_payer(intent_id: UUID, name: str) -> bytes:
    """b"" for nobody in particular."""
    return vault.seal(_PAYER, intent_id, name) if name else b""


def payer_of(row: models.PaymentIntent) -> str:
    """Who must pay; "" when anybody may."""
    sealed = bytes(row.payer_sealed)
    return vault.unseal(_PAYER, row.id, sealed) if sealed else ""

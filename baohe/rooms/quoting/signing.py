"""The seal of a quote: a keyed MAC over its canonical facts, checked at every use."""

from __future__ import annotations

import hmac

from baohe.plumbing import vault
from baohe.rooms.quoting.errors import QuoteAltered
from baohe.rooms.quoting.models import Quote
from baohe.rooms.quoting.rules import signed_bytes

_PURPOSE = "quoting.quote"


def signature_of(row: Quote) -> str:
    """64 hex characters."""
    return vault.keyed_mac(_PURPOSE, signed_bytes(_facts(row))).hex()


def check(row: Quote) -> None:
    """Raises `QuoteAltered` when any bound fact differs from the day it was signed."""
    if not hmac.compare_digest(signature_of(row), row.signature):
        raise QuoteAltered()


def _facts(row: Quote) -> dict[str, object]:
    return {
        "id": str(row.id),
        "account_id": str(row.account_id),
        "person_id": str(row.person_id),
        "product_code": row.product_code,
        "version_id": row.version_id,
        "inputs": row.inputs,
        "price": row.price,
        "premium_fen": row.premium_fen,
        "disclosures_digest": row.disclosures_digest,
        "created_at": row.created_at.isoformat(),
        "valid_until": row.valid_until.isoformat(),
    }

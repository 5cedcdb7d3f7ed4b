"""Price and quote between rows and contracts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from baohe.kernel.decisions import Text
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.quoting.models import Quote
from baohe.rooms.rating.contracts import Instalment, Price, PriceStep


def price_as_json(price: Price) -> dict[str, Any]:
    return asdict(price)


def price_from_json(stored: dict[str, Any]) -> Price:
    return Price(
        version_id=stored["version_id"],
        premium_fen=stored["premium_fen"],
        period=stored["period"],
        steps=tuple(
            PriceStep(label=Text(**step["label"]), value=step["value"], source=Text(**step["source"]))
            for step in stored["steps"]
        ),
        instalments=tuple(
            Instalment(**{**instalment, "name": Text(**instalment["name"])}) for instalment in stored["instalments"]
        ),
    )


def view_of(row: Quote) -> QuoteView:
    return QuoteView(
        id=row.id,
        account_id=row.account_id,
        person_id=row.person_id,
        product_code=row.product_code,
        version_id=row.version_id,
        inputs=row.inputs,
        price=price_from_json(row.price),
        premium_fen=row.premium_fen,
        disclosures_digest=row.disclosures_digest,
        created_at=row.created_at,
        valid_until=row.valid_until,
        signature=row.signature,
    )

"""A woman of 34 and her quote, and what she declares; on a Sunday."""

from __future__ import annotations

from datetime import UTC, datetime

from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import NOTHING_HELD

CLEAN = {"advised": "no", "stayed": "no", "chronic": "none", "nodule": "none", "severe": "no", "pregnancy": "no"}
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def quoted(person: PersonView, code: str, choices: dict[str, str]) -> QuoteView:
    version = catalog.current(code, clock.today())
    inputs = rating.complete(version, choices)
    price = rating.rater(version).price(inputs)
    return QuoteView(
        id=clock.new_id(),
        account_id=person.account_id,
        person_id=person.id,
        product_code=code,
        version_id=version.id,
        inputs=inputs,
        price=price,
        premium_fen=price.premium_fen,
        disclosures_digest="",
        created_at=NOW,
        valid_until=NOW,
        signature="",
    )


def declare(person: PersonView, quote: QuoteView, **changes: str):
    return underwriting.declare(
        person.account_id, quote, person, {**CLEAN, **changes}, health_consent=True, held=NOTHING_HELD
    )

"""Make a signed quote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.quoting import signing
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.quoting.errors import NotSoldHere
from baohe.rooms.quoting.models import Quote
from baohe.rooms.quoting.rules import disclosures_digest, inputs_of
from baohe.rooms.quoting.shapes import price_as_json, view_of
from baohe.rooms.rating import facade as rating

if TYPE_CHECKING:
    from baohe.rooms.people.contracts import PersonView

VALID_FOR = timedelta(minutes=30)


def make_quote(
    account_id: UUID, person: PersonView, product_code: str, inputs: Mapping[str, str], family_size: int = 1
) -> QuoteView:
    """Price the version on sale today for `person`, valid for 30 minutes.

    Age counts on tomorrow, the earliest first day of cover. `family_size` is how many are insured together under a
    version that has a family's price; the basket knows it, a client is not believed.

    Raises `NotOnSale` with the filed window (PUB-2), `NotSoldHere`, `InvalidInput` for an input outside the tariff,
    `NotFound` for somebody else's person.
    """
    if person.account_id != account_id:
        raise NotFound(what="被保险人")
    version = catalog.current(product_code, clock.today())
    if not version.sold_in_app:
        raise NotSoldHere(product=version.name.zh)
    complete = inputs_of(version, person, clock.today() + timedelta(days=1), inputs, family_size)
    price = rating.rater(version).price(complete)
    moment = clock.now()
    row = Quote(
        id=clock.new_id(),
        shard_key=shard_of(str(account_id)),
        account_id=account_id,
        person_id=person.id,
        product_code=version.product_code,
        version_id=version.id,
        inputs=complete,
        price=price_as_json(price),
        premium_fen=price.premium_fen,
        disclosures_digest=disclosures_digest(version),
        created_at=moment,
        valid_until=moment + VALID_FOR,
    )
    row.signature = signing.signature_of(row)
    row.save(force_insert=True)
    return view_of(row)

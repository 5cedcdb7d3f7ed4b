"""What leaves the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from baohe.rooms.rating.contracts import Price


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A price the platform stands by until `valid_until` (aware moment).

    `inputs` are the rating inputs after the person's own facts replaced whatever the client sent.
    `disclosures_digest` is the digest of what the product page disclosed; `signature` is hex over all of it.
    """

    id: UUID
    account_id: UUID
    person_id: UUID
    product_code: str
    version_id: str
    inputs: Mapping[str, str]
    price: Price
    premium_fen: int
    disclosures_digest: str
    created_at: datetime
    valid_until: datetime
    signature: str

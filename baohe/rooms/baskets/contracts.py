"""What leaves the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ItemView:
    """A cover for a person that the customer put into the basket: no more than a quote they want to keep.

    `premium_fen` is the price of the quote that holds now, `before_fen` the price of the one it replaced (None until
    it was priced again), so that a change can be shown.
    """

    id: UUID
    account_id: UUID
    person_id: UUID
    quote_id: UUID
    product_code: str
    version_id: str
    instalment: str
    premium_fen: int
    before_fen: int | None
    added_at: datetime

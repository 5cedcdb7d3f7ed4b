"""What is paid when, what came in, and what of it is earned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.rooms.rating.contracts import Instalment


@dataclass(frozen=True, slots=True)
class Due:
    on: date
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """An instalment after the first that came in. `provider` is who took the money."""

    number: int
    amount_fen: int
    payment_id: UUID
    provider: str
    received_on: date


@dataclass(frozen=True, slots=True)
class NoCover:
    """Days without cover for an unpaid premium: from `since` up to, not including, `until` (None: still)."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """What `start_paying` locked: the amount due now and who takes it."""

    proposal_id: UUID
    shard_key: int
    account_id: UUID
    insurer_code: str
    insurer_name: Text
    product_name: Text
    amount_fen: int
    instalment: Instalment
    due_later: tuple[Due, ...]
    payment_id: UUID | None
    version_id: str
    person_id: UUID
    family_size: int
    """How many insured together this price was made for; 1 but for a family's price."""


@dataclass(frozen=True, slots=True)
class EarnedView:
    """All policies of a product version on a day: written (received less given back) = earned + unearned, in fen."""

    version_id: str
    policies: int
    written_fen: int
    earned_fen: int
    unearned_fen: int

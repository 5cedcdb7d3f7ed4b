"""What the rules see of a claim and its surroundings: plain data, stored with the look, so that it replays. Pure.

Marks come as short codes of their keyed hashes: a card number is never here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baohe.rooms.fraud.contracts import CoverDays, SimilarPicture


@dataclass(frozen=True, slots=True)
class SharedInvoice:
    """Another claim with the same invoice number."""

    claim_id: UUID
    account_id: UUID


@dataclass(frozen=True, slots=True)
class Trace:
    """An account used a mark in a claim. `kind` is card, phone or device; `mark` the code of its hash."""

    account_id: UUID
    kind: str
    mark: str
    claim_id: UUID


@dataclass(frozen=True, slots=True)
class Frequency:
    """Claims noticed within the last 30 and 90 days, this one counted."""

    days_30: int
    days_90: int


@dataclass(frozen=True, slots=True)
class ProviderFigures:
    """Of one hospital or shop, among the latest claims of one event. `log_mean` is the mean of ln(amount in fen)."""

    code: str
    claims: int
    log_mean: float


@dataclass(frozen=True, slots=True)
class Seen:
    account_id: UUID
    policy_id: UUID
    happened_on: date
    noticed_on: date
    cover: CoverDays
    invoices: tuple[SharedInvoice, ...] = ()
    traces: tuple[Trace, ...] = ()
    pictures: tuple[SimilarPicture, ...] = ()
    of_account: Frequency = Frequency(1, 1)
    of_policy: Frequency = Frequency(1, 1)
    provider: ProviderFigures | None = None
    peers: tuple[ProviderFigures, ...] = ()
    kin: tuple[UUID, ...] = ()
    """Accounts of the claimant's own family."""

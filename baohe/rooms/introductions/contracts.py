"""What the room gives out. Codes of insurers are those of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

STATES = ("asked", "agreed", "declined", "bound", "paid", "settled", "lapsed", "reversed")
"""asked: waits for the customer · agreed · declined · bound: a policy came of it · paid: the fee is booked ·
settled: it can no longer go back · lapsed: no fee will be due · reversed: the fee was taken back."""


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """`introducer` gets `rate_bp` of its counterpart's part of the first premium, `cap_fen` at most, for covers of
    `line` bought within `buy_days` of the customer's yes. A policy left within `return_days` of its issue takes the
    fee back. In force from `first_day` to `last_day`, both included."""

    introducer: str
    insurer: str
    line: str
    rate_bp: int
    cap_fen: int
    buy_days: int
    return_days: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class AgreementView:
    id: UUID
    number: str
    terms: AgreementTerms
    proposed_by: UUID
    proposed_by_name: str
    approved_by_name: str
    approved_at: datetime | None

    def in_force(self, day: date) -> bool:
        return self.approved_at is not None and self.terms.first_day <= day <= self.terms.last_day


@dataclass(frozen=True, slots=True)
class IntroductionView:
    """One customer, sent by one insurer to another. `account_id` is known from the customer's own yes on.

    `due_on` is the first day on which the fee may be booked: the day after the cooling-off period (犹豫期).
    """

    id: UUID
    agreement: AgreementView
    reference: str
    token: str
    state: str
    account_id: UUID | None
    made_by_name: str
    made_at: datetime
    answered_at: datetime | None
    policy_id: UUID | None
    due_on: date | None
    fee_fen: int | None
    returnable_until: date | None


@dataclass(frozen=True, slots=True)
class IntroductionPage:
    items: tuple[IntroductionView, ...]
    total: int
    page: int
    size: int

"""What goes through the reconciliation's door. Amounts are integer fen, days business dates of Asia/Shanghai.

The sign of a difference is the provider's view of our clearing account: + is money it holds and the books do not,
− is money the books hold and it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID


class Movement(Protocol):
    """One of our payments, refunds or payouts, as the payments' door gives it. `at` is when it happened, else when it
    was asked for."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def trade_no(self) -> str: ...
    @property
    def amount_fen(self) -> int: ...
    @property
    def currency(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def state(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody of the staff who does something with an item."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of the movements of a day: in and out in CNY fen, both positive."""

    count: int
    in_fen: int
    out_fen: int


@dataclass(frozen=True, slots=True)
class RunView:
    """A provider's day, both ways. `bill_digest` is the SHA-256 of the bill's lines as they were matched, `asked` how
    many open payments were asked about again, `crossed` how many lines belong to another day of ours."""

    id: UUID
    provider: str
    day: date
    edition: int
    bill_digest: str
    bill: Side
    ours: Side
    differences: int
    asked: int
    crossed: int
    closed_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """One difference. `difference` is a word of `rules.differences`; `state` waiting (the next day's bill may hold
    it), open, assigned, explained or booked; `standing_fen` is what stands on suspense for it now."""

    id: UUID
    provider: str
    day: date
    difference: str
    movement: str
    number: str
    trade_no: str
    bill_fen: int | None
    bill_currency: str
    bill_at: datetime | None
    ours_fen: int | None
    ours_currency: str
    ours_at: datetime | None
    ours_state: str
    diff_fen: int
    standing_fen: int
    state: str
    owner: Party | None
    deadline: datetime
    found_at: datetime
    ended_at: datetime | None
    resolution: str

    @property
    def is_live(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of an item's history, which only grows. `by` is empty where the machine did it."""

    at: datetime
    what: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class BookingView:
    """A proposal to take an item's money off suspense; `outcome` is None while it waits for a second person."""

    id: UUID
    item_id: UUID
    amount_fen: int
    reason: str
    made_by: Party
    made_at: datetime
    decided_by: str
    decided_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class DayView:
    """One cell of the calendar: `word` is ok, items, missing or none; `items` counts what is still live."""

    provider: str
    day: date
    word: str
    items: int


@dataclass(frozen=True, slots=True)
class SuspenseView:
    """One provider's suspense: what the account says (credit positive), and what explains it."""

    provider: str
    balance_fen: int
    items_fen: int
    surplus_fen: int
    fresh_fen: int

    @property
    def off_fen(self) -> int:
        return self.balance_fen - self.items_fen - self.surplus_fen - self.fresh_fen

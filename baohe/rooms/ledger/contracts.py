"""What goes through the ledger's door. Amounts are integer fen, debit positive, credit negative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of an entry. `account` is a path of the chart (`rules.chart`), `amount_fen` is never 0."""

    account: str
    amount_fen: int
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact in double entry. (`shard_key`, `kind`, `ref`) names it for ever: posting it again changes nothing.

    `kind` is a word of `rules.kinds` (premium_received …), `ref` the natural reference of the fact (a policy id, a
    refund's key). The postings add up to 0 in each currency.
    """

    kind: str
    ref: str
    shard_key: int
    business_date: date
    memo: str
    postings: tuple[Posting, ...]
    reverses: UUID | None = None


@dataclass(frozen=True, slots=True)
class EntryView:
    id: UUID
    kind: str
    ref: str
    shard_key: int
    business_date: date
    memo: str
    recorded_at: datetime
    reverses: UUID | None
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One posting of an account with the entry it belongs to."""

    entry_id: UUID
    kind: str
    ref: str
    business_date: date
    memo: str
    recorded_at: datetime
    account: str
    amount_fen: int
    currency: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    items: Sequence[StatementLine]
    total: int
    page: int
    size: int

"""What goes through the ledger's door. Amounts are integer fen, debit positive, credit negative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Text


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


@dataclass(frozen=True, slots=True)
class ClosedMonthView:
    """A closed month: who closed it, how many entries it has, and the digest of all balances at its end."""

    month: date
    closed_at: datetime
    closed_by: UUID
    closed_by_name: str
    entries: int
    digest: str


@dataclass(frozen=True, slots=True)
class AccountMonth:
    """One account in a span of months: where it stood, its turnovers (positive), where it stands."""

    account: str
    name: Text
    class_: str
    opening_fen: int
    debit_fen: int
    credit_fen: int
    closing_fen: int


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """All accounts of a month. Debits and credits agree, and the closing balances add up to 0."""

    month: date
    closed: ClosedMonthView | None
    rows: tuple[AccountMonth, ...]
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True, slots=True)
class RunningLine:
    """A line of an account's statement with the balance after it."""

    line: StatementLine
    balance_fen: int


@dataclass(frozen=True, slots=True)
class AccountStatement:
    """Postings of one account or branch in a span of months, oldest first, with the running balance.

    opening + turnovers = closing; `items` is one page of `total` lines.
    """

    account: str
    name: Text
    first: date
    last: date
    opening_fen: int
    debit_fen: int
    credit_fen: int
    closing_fen: int
    items: Sequence[RunningLine]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class MoneyFlow:
    """Fen that went from one family of accounts to another in entries of one kind."""

    kind: str
    source: str
    target: str
    amount_fen: int

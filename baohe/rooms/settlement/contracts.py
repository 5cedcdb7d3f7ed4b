"""What goes through the settlement's door. Amounts are integer fen.

Balances keep the ledger's sign, debit positive: a negative closing balance is what the platform owes the party, a
positive one what the party owes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

KINDS = ("insurer", "partner", "producer")


@dataclass(frozen=True, slots=True)
class PartyView:
    """Who is settled with. `branch` is its part of the ledger: `insurer/<code>`, `partner/<id>`, `producer/<id>`."""

    id: UUID
    kind: str
    code: str
    name: str
    branch: str


@dataclass(frozen=True, slots=True)
class Total:
    """All postings of one kind of fact on one account of the party in the month."""

    kind: str
    account: str
    lines: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class StatementView:
    """A party's month, frozen: opening + Σ totals = closing. `content` are the signed canonical bytes, which hold
    the digest of the lines. `reason` says why an edition after the first was made."""

    id: UUID
    number: str
    party: PartyView
    month: date
    edition: int
    reason: str
    opening_fen: int
    closing_fen: int
    lines: int
    totals: tuple[Total, ...]
    content: bytes
    digest: str
    key: str
    signature: str
    issued_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a statement. `number` counts from 1 in the order of the books and never changes."""

    number: int
    date: date
    kind: str
    reference: str
    memo: str
    account: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at a statement file found: it is genuine, or which part is not."""

    genuine: bool
    zh: str
    en: str
    number: str = ""
    party: str = ""
    month: str = ""
    closing_fen: int | None = None

"""What goes through the settlement's door. Amounts are integer fen.

Balances keep the ledger's sign, debit positive: a negative closing balance is what the platform owes the party, a
positive one what the party owes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

KIND_NAMES = {"insurer": "保险公司", "partner": "合作方", "producer": "销售人员"}
KINDS = tuple(KIND_NAMES)


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
    the digest of the lines. `reason` says why an edition after the first was made.

    `payable_fen` is what is paid: positive to the party, negative by it. `technical_fen` are figures that nobody
    pays (`rules/payable`), in the ledger's sign: closing = technical − payable. `dispute_until` is the last day to
    dispute."""

    id: UUID
    number: str
    party: PartyView
    month: date
    edition: int
    reason: str
    opening_fen: int
    closing_fen: int
    payable_fen: int
    technical_fen: int
    dispute_until: date
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
    payable_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a statement stands. `word` is open (may be disputed), disputed, agreed or replaced; what is `due_fen` now
    is positive to the party and negative by it, after what was paid and what is held back."""

    word: str
    agreed_at: datetime | None
    agreed_how: str
    paid_fen: int
    held_fen: int
    due_fen: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff, or the party itself through its own door (`id` None)."""

    id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class DisputeStep:
    """One thing that happened to a dispute. Never changed."""

    at: datetime
    action: str
    by_name: str
    text: str


@dataclass(frozen=True, slots=True)
class DisputeView:
    """`state` is open, answered, accepted, corrected or upheld. `lines` are numbers of the statement's lines, empty
    for the whole of it. `due_at` is the next deadline: the platform's while open, the party's while answered."""

    id: UUID
    statement_id: UUID
    statement_number: str
    party: PartyView
    reference: str
    reason: str
    lines: tuple[int, ...]
    held_fen: int
    state: str
    opened_at: datetime
    opened_by: str
    due_at: datetime | None
    answer: str
    steps: tuple[DisputeStep, ...]

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED


UNDECIDED = ("open", "answered")
DECIDED = ("accepted", "corrected", "upheld")


@dataclass(frozen=True, slots=True)
class AccountView:
    """Where a party is paid. `state` is proposed, approved, refused or replaced; usable once approved and rested."""

    id: UUID
    party: PartyView
    bank: str
    holder: str
    number_masked: str
    state: str
    set_by: UUID
    set_by_name: str
    set_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    usable_from: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agreed balance that can go into a batch; `obstacle` says why it cannot (zh), "" when it can."""

    statement: StatementView
    due_fen: int
    held_fen: int
    account: AccountView | None
    obstacle: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One payment of a batch. `state` is proposed, sent, done, failed (for certain) or dropped. `natural_key` is the
    payout's."""

    id: UUID
    batch_id: UUID
    statement_id: UUID
    statement_number: str
    party: PartyView
    amount_fen: int
    held_fen: int
    bank: str
    holder: str
    number_masked: str
    state: str
    reason: str
    natural_key: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class BatchView:
    """`state` is proposed, approved or declined. Whoever made it cannot decide it."""

    id: UUID
    number: str
    month: date
    state: str
    items: int
    total_fen: int
    done: int
    failed: int
    made_by: UUID
    made_by_name: str
    made_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """An item of an approved batch, with the account in clear: for the payout alone."""

    item: ItemView
    number: str


@dataclass(frozen=True, slots=True)
class CollectionView:
    """What a party was asked to pay. `remark` is the code its transfer carries; `state` is open, paid or closed."""

    id: UUID
    statement_id: UUID
    statement_number: str
    party: PartyView
    amount_fen: int
    held_fen: int
    state: str
    remark: str
    made_at: datetime
    paid_on: date | None

"""What crosses the door about a claim's money beyond its payout. Amounts are integer fen; moments are aware."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baohe.rooms.claims.contracts.claim import Settled
from baohe.rooms.claims.contracts.shares import ShareOrder, ShareView
from baohe.rooms.claims.rules.sharing import Share

HANDLERS, FINANCE = ("claims_handler",), ("finance",)


def checkers_of(kind: str) -> tuple[str, ...]:
    """Roles that may give an act its second name: money that came in is finance's to see on the account."""
    return {"receipt": FINANCE, "write_off": HANDLERS + FINANCE}.get(kind, HANDLERS)


@dataclass(frozen=True, slots=True)
class ReserveMoveView:
    """One move of what is set aside. `before_fen` + `amount_fen` is the balance after it."""

    id: int
    claim_id: UUID
    claim_number: str
    version_id: str
    shard_key: int
    number: int
    at: datetime
    cause: str
    before_fen: int
    amount_fen: int

    @property
    def after_fen(self) -> int:
        return self.before_fen + self.amount_fen


@dataclass(frozen=True, slots=True)
class PayoutView:
    """One payout asked of the payments room. `state` is asked, done or failed (for certain); `at` when it came to
    that. `key` is its natural key, under which the books have it too."""

    key: str
    decision_number: int
    amount_fen: int
    state: str
    at: datetime
    advance: bool


@dataclass(frozen=True, slots=True)
class AdvanceView:
    """The task of INS 25. `certain_fen` is what no doubt touches; `amount_fen` is set once it was ordered."""

    raised_at: datetime
    certain_fen: int
    ordered_at: datetime | None
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class MoneyActView:
    """`kind` is estimate, advance, correction, recovery, receipt, write_off, reopen, or of a death benefit heirs,
    guardian or account. `state` is waiting (for a second name), done or returned; `checker_name` is "" where one
    name was enough."""

    id: UUID
    claim_id: UUID
    kind: str
    amount_fen: int
    reason: str
    state: str
    maker_id: UUID
    maker_name: str
    checker_name: str
    proposed_at: datetime
    recovery_id: UUID | None = None
    bank_reference: str = ""
    checkers: tuple[str, ...] = HANDLERS
    """Roles that may confirm or return it."""
    how: str = ""
    """correction: ask_back or write_off; recovery: its kind."""
    share_id: UUID | None = None
    to_check: tuple[str, ...] = ()
    """What the second name compares before confirming: heirs, a guardian, an account in clear. Only while it waits."""


@dataclass(frozen=True, slots=True)
class RecoveryMoveView:
    """`what` is received or written_off."""

    what: str
    amount_fen: int
    bank_reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """`kind` is subrogation, salvage, coinsurer or overpaid."""

    id: UUID
    number: str
    kind: str
    debtor: str
    expected_fen: int
    opened_at: datetime
    moves: tuple[RecoveryMoveView, ...]

    @property
    def received_fen(self) -> int:
        return sum(move.amount_fen for move in self.moves if move.what == "received")

    @property
    def written_off_fen(self) -> int:
        return sum(move.amount_fen for move in self.moves if move.what == "written_off")

    @property
    def open_fen(self) -> int:
        return self.expected_fen - self.received_fen - self.written_off_fen


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A recovery that came in, as one movement of ours. `trade_no` is the bank's reference; `number` what we know the
    receipt by, for a bill names none of ours there."""

    number: str
    trade_no: str
    amount_fen: int
    at: datetime
    recovery_number: str
    kind: str = "payment"
    currency: str = "CNY"
    state: str = "done"


@dataclass(frozen=True, slots=True)
class ExpectedRecovery:
    """A recovery that is open, with the claim it belongs to."""

    number: str
    claim_id: UUID
    claim_number: str
    kind: str


@dataclass(frozen=True, slots=True)
class Booking:
    """What the flow posts of an act. `kind` is an entry's: claim_corrected, recovery_opened, recovery_received or
    recovery_written_off."""

    kind: str
    ref: str
    amount_fen: int
    before_fen: int


@dataclass(frozen=True, slots=True)
class Done:
    """An act after it was made, confirmed or returned: the order to pay, and what goes into the books.

    `again`: the key came before. Nothing was done now, so nothing follows: no message, no evidence.
    """

    act: MoneyActView
    claim_number: str
    version_id: str
    shard_key: int
    settled: Settled | None = None
    bookings: tuple[Booking, ...] = ()
    orders: tuple[ShareOrder, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class ClaimMoney:
    """All of it, for the file on the desk."""

    reserve_fen: int
    reserve_moves: tuple[ReserveMoveView, ...]
    advance: AdvanceView | None
    acts: tuple[MoneyActView, ...]
    recoveries: tuple[RecoveryView, ...]
    shares: tuple[Share, ...]
    """What is named, of the sum as it stands; `share_states` are the shares once it is agreed."""
    share_states: tuple[ShareView, ...]
    heirs_unknown: bool
    alone_fen: int
    may_reopen: bool
    may_correct: bool
    may_estimate: bool
    corrected_fen: int
    paid_fen: int
    payouts: tuple[PayoutView, ...] = ()
    """Every try, the first first."""
    shard_key: int = 0

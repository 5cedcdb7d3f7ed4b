"""What goes through the room's door. Amounts are integer fen, shares bp, days business dates of Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.rooms.ledger.contracts import Posting

KINDS = ("agent", "broker", "adviser")
"""代理人 · 经纪人 · 顾问: how the person is registered to practise (执业登记)."""

SCOPES = ("version", "line")
REASONS = ("accrued", "earned", "refunded", "cancelled", "endorsed", "lapsed")
"""Why a commission moved; the book of moves and the desk speak these words."""

NOT_REGISTERED = "not_registered"


@dataclass(frozen=True, slots=True)
class ProducerView:
    """A registered person. `state` as of today: proposed, registered, not_yet, ended or refused; `valid_until` is the
    last day, None = open. `affiliation` is `platform` or the code of an insurer."""

    id: UUID
    code: str
    kind: str
    name: str
    registration_number: str
    affiliation: str
    valid_from: date | None
    valid_until: date | None
    state: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of the register that one person proposes and another decides. `kind`: add (`on` is the first day) or
    end (`on` is the last day)."""

    id: UUID
    producer: ProducerView
    kind: str
    on: date
    reason: str
    proposed_by: UUID
    proposed_by_name: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class AdviserCard:
    """What a customer sees of the person who advises them."""

    code: str
    kind: str
    name: str
    registration_number: str


@dataclass(frozen=True, slots=True)
class Terms:
    """`rates_bp` by policy year, of the premium; a year after the last earns nothing. `share_bp` of the platform's
    commission goes to the producer. `claw_back`: (up to months after the sale, share of what was earned)."""

    rates_bp: tuple[int, ...]
    share_bp: int
    claw_back: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """`scope` names a product version or a line; `pay_from` to `pay_until` are the pay terms it is for, in years, both
    included (None = any longer). `cap_bp` is the filed cap on the day it was set. `state`: proposed, approved or
    refused."""

    id: UUID
    scope_kind: str
    scope: str
    pay_from: int
    pay_until: int | None
    valid_from: date
    terms: Terms
    cap_bp: int
    state: str
    proposed_by: UUID
    proposed_by_name: str
    proposed_at: datetime
    decided_by_name: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sale:
    """The contract a premium is for. `proposal_id` is None for a partner's cover, which no producer sells."""

    policy_id: UUID
    number: str
    shard_key: int
    proposal_id: UUID | None
    version_id: str
    line: str
    cap_bp: int
    pay_years: int
    start: date


@dataclass(frozen=True, slots=True)
class Booking:
    """What to post for a move: the movements for the entry, and who was refused, with the reason."""

    postings: tuple[Posting, ...]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class DuePart:
    """A deferred part whose day has come. `booked_later_fen`: premiums after the first one booked for the policy."""

    id: UUID
    policy_id: UUID
    due_on: date
    booked_later_fen: int


@dataclass(frozen=True, slots=True)
class EarnedPart:
    """What the round posts, once: `ref` is unique for ever."""

    ref: str
    shard_key: int
    on: date
    memo: str
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """A producer's account: owed since the beginning, of it taken back, still deferred, and paid out."""

    producer: ProducerView
    earned_fen: int
    clawed_back_fen: int
    deferred_fen: int
    paid_fen: int

    @property
    def payable_fen(self) -> int:
        """Negative: paid out on premiums that went back since; the next statement carries it."""
        return self.earned_fen - self.clawed_back_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class MoveView:
    """One line of the account. `producer_fen` is signed: what came or went."""

    on: date
    policy_id: UUID
    number: str
    insurer: str
    reason: str
    part: int
    earned_fen: int
    deferred_fen: int
    producer_fen: int


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A premium on which a producer earns nothing, and why."""

    on: date
    number: str
    premium_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    account: AccountView
    items: Sequence[MoveView]
    refused: Sequence[RefusedView]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class MonthDue:
    """Deferred commission that is earned in a month: the platform's, and of it the producers'."""

    month: date
    platform_fen: int
    producer_fen: int
    parts: int

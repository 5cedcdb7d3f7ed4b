"""What goes through the payments' door. Amounts are integer fen; moments are aware."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class IntentView:
    """One payment we expect. `state` is created, checking, paid or closed.

    `surplus` marks money that came but has no cover to pay for: it goes back by itself. `payee` is the insurer's
    code, `subject_id` what is paid for (a proposal), `kind` who settles it ("premium").
    """

    id: UUID
    order_number: str
    kind: str
    subject_id: UUID
    shard_key: int
    account_id: UUID
    payee: str
    payee_name: str
    amount_fen: int
    currency: str
    description: str
    state: str
    surplus: bool
    wallet_trade_no: str | None
    paid_at: datetime | None
    refunded_fen: int
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LineTerms:
    """One thing of a payment for several: what it costs and which insurer receives it."""

    subject_id: UUID
    payee: str
    payee_name: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a payment. `refunded_fen` is what was given back of it, or is on its way."""

    intent_id: UUID
    subject_id: UUID
    payee: str
    payee_name: str
    amount_fen: int
    refunded_fen: int


@dataclass(frozen=True, slots=True)
class Notification:
    """What the wallet said about one trade, by callback or by answer to a query, after its signature was verified."""

    source: str
    app_id: str
    order_number: str
    trade_no: str
    trade_status: str
    amount_fen: int
    currency: str
    payee: str
    paid_at: datetime | None
    notify_id: str


@dataclass(frozen=True, slots=True)
class RefusedCallback:
    """A callback that is not believed; `reason` is the code of its audit row."""

    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query found: `word` is paid (with the wallet's words when they are news), waiting, closed or unknown."""

    word: str
    notification: Notification | None = None


@dataclass(frozen=True, slots=True)
class ConfirmResult:
    """`outcome` is paid (now, for the first time), duplicate, noted (nothing to do), late (paid after it was closed)
    or refused; `reason` is the code of the audit row. `suspense` marks a refusal of money that truly came."""

    outcome: str
    reason: str
    intent: IntentView | None
    suspense: bool = False


@dataclass(frozen=True, slots=True)
class RefundView:
    """`state` is requested, checking, done or failed (only when the wallet said so for certain)."""

    id: UUID
    intent_id: UUID
    natural_key: str
    subject_id: UUID
    shard_key: int
    amount_fen: int
    reason: str
    state: str
    requested_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class PayoutView:
    """`state` is requested, checking, done or failed (only when the wallet said so for certain)."""

    id: UUID
    natural_key: str
    subject_id: UUID
    shard_key: int
    payee_account_id: UUID
    amount_fen: int
    memo: str
    state: str
    requested_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class SettleOutcome:
    """How a callback or a query ended: accepted, duplicate or refused; a query that brought no news says paid,
    waiting, closed or unknown. `acknowledged` is whether the wallet may stop telling us."""

    word: str
    reason: str
    intent_id: UUID | None = None

    @property
    def acknowledged(self) -> bool:
        return self.word in ("accepted", "duplicate")


CallbackParams = Mapping[str, str]

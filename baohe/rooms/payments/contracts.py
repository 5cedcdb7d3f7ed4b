"""What goes through the payments' door. Amounts are integer fen; moments are aware."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from baohe.adapters.providers.port import PayerCheck


@dataclass(frozen=True, slots=True)
class IntentView:
    """One payment we expect. `state` is created, checking, paid or closed.

    `surplus` marks money that came but has no cover to pay for: it goes back by itself. `payee` is the insurer's
    code, `subject_id` what is paid for (a proposal), `kind` who settles it ("premium"). `provider` is who takes the
    money: wallet, transfer, or deduction under `agreement_id`. `close_reason` is "" or why it was not paid:
    insufficient_funds, account_closed, agreement_ended, over_limit, expired, … ; with `surplus` it may be other_payer:
    somebody else than the one who must pay has paid. `paid_from` is the end of the account's number, "" where untold.
    """

    id: UUID
    provider: str
    agreement_id: UUID | None
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
    close_reason: str
    trade_no: str | None
    paid_at: datetime | None
    paid_from: str
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
class AgreementView:
    """`state` is waiting (the customer has not signed at the bank), active or ended."""

    id: UUID
    account_id: UUID
    state: str
    account_masked: str
    bank: str
    signed_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Notification:
    """What a provider said about one order, by callback or by answer, after its signature was verified.

    `word` is the port's (done, waiting, closed, refused), `status` the provider's own; amount, currency, payee and
    trade number are there when it speaks of a trade. `payer` is the name that paid, `payer_check` the provider's own
    comparison (same, other), `payer_account` the last digits of the account; each "" where it does not say. `digest` is
    the SHA-256 of what was said.
    """

    provider: str
    source: str
    word: str
    app_id: str
    order_number: str
    trade_no: str
    trade_status: str
    amount_fen: int | None
    currency: str
    payee: str
    paid_at: datetime | None
    notify_id: str
    digest: str
    payer: str = ""
    payer_check: PayerCheck = ""
    payer_account: str = ""


@dataclass(frozen=True, slots=True)
class RefusedCallback:
    """A callback that is not believed; `reason` is the code of its audit row, the rest what it claimed."""

    provider: str
    reason: str
    order_number: str
    amount_text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query or a charge found: `word` is paid (with the provider's words when they are news), waiting, closed
    or unknown."""

    word: str
    notification: Notification | None = None


@dataclass(frozen=True, slots=True)
class ConfirmResult:
    """`outcome` is paid (now, for the first time), duplicate, noted (nothing to do), late (paid after it was closed),
    foreign (paid by another than the one who must pay) or refused; `reason` is the code of the audit row. `suspense`
    marks a refusal of money that truly came."""

    outcome: str
    reason: str
    intent: IntentView | None
    suspense: bool = False


@dataclass(frozen=True, slots=True)
class RefundView:
    """`state` is requested, checking, done or failed (only when the provider said so for certain)."""

    id: UUID
    provider: str
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
class PayoutAsked:
    """One payout to the wallet of an account of ours; the fields are those of `request_payout`."""

    natural_key: str
    subject_id: UUID
    shard_key: int
    payee_account_id: UUID
    amount_fen: int
    memo: str
    kind: str = "claim"


@dataclass(frozen=True, slots=True)
class PayoutView:
    """`state` as of a refund; `kind` is the requester's own word (claim, settlement). The bank account stays sealed."""

    id: UUID
    provider: str
    kind: str
    natural_key: str
    subject_id: UUID
    shard_key: int
    payee_account_id: UUID | None
    amount_fen: int
    memo: str
    state: str
    requested_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class MovementView:
    """One movement of ours as a bill would name it. `number` is what the provider knows it by, `trade_no` the
    provider's (of the payment, for a refund; "" for a payout), `at` when it happened, else when it was asked for.

    `state` is the intent's, refund's or payout's; `subject_kind` is what it is about: the intent's or payout's kind.
    """

    kind: Literal["payment", "refund", "payout"]
    id: UUID
    provider: str
    number: str
    trade_no: str
    amount_fen: int
    currency: str
    at: datetime
    state: str
    subject_id: UUID
    subject_kind: str
    natural_key: str
    shard_key: int


@dataclass(frozen=True, slots=True)
class SettleOutcome:
    """How a callback or a query ended: accepted, duplicate or refused; a query that brought no news says paid,
    waiting, closed or unknown. `suspended`: refused as a payment, and its money stands on suspense.

    `acknowledged` is whether the provider may stop telling us."""

    word: str
    reason: str
    intent_id: UUID | None = None
    suspended: bool = False

    @property
    def acknowledged(self) -> bool:
        return self.suspended or self.word in ("accepted", "duplicate")

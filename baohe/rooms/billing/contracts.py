"""What goes through the door of billing. Amounts are integer fen, days business dates of Asia/Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

UNPAID = ("planned", "due", "owed")
OPEN_REQUESTS = ("asked", "allowed")


@dataclass(frozen=True, slots=True)
class InstalmentView:
    """A premium after the first. `number` counts from 2, the sale took the first.

    `state` is planned (its day has not come), due (shown as receivable, within the grace), owed (the policy is
    suspended: payable with the reinstatement only), paid or dropped. `grace_ends` is the last day of cover without it.
    `payment_id` is the payment that may pay it now, or paid it; `provider` who takes that payment ("wallet" by hand,
    "deduction" a charge). `reason` says why the last charge failed.
    """

    id: UUID
    shard_key: int
    policy_id: UUID
    account_id: UUID
    number: int
    due_on: date
    grace_ends: date
    amount_fen: int
    state: str
    payment_id: UUID | None
    provider: str
    tries: int
    next_try_on: date | None
    reason: str
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class ReinstatementView:
    """A customer's wish to take up a suspended policy again. `state` is asked, allowed (payable until `allowed_until`),
    declined (by a named person), done or closed (the contract ended first)."""

    id: UUID
    shard_key: int
    policy_id: UUID
    account_id: UUID
    state: str
    asked_at: datetime
    health_unchanged: bool
    statement: str
    decided_by_name: str
    decided_at: datetime | None
    note: str
    allowed_until: date | None
    payment_id: UUID | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits at the desk."""

    overdue: int
    requests: int
    oldest_request: datetime | None

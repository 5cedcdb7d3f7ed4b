"""What crosses the door about the shares of a death benefit. Amounts are integer fen; moments are aware."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ShareAccount:
    """Where a share goes: `holder` is the name of the account, `number` its digits."""

    bank: str
    holder: str
    number: str


@dataclass(frozen=True, slots=True)
class ShareView:
    """One receiver's part of an agreed death benefit. `state` is waiting_guardian, waiting_account, paying or paid.

    `guardian` is the name of whoever acted for a minor, "" before. `claimant_is_guardian`: the claimant may act for
    this minor. `last_four` and `bank` are "" while no account stands. `before_fen`: borne by the carriers before it.
    """

    id: UUID
    name: str
    percent: int
    amount_fen: int
    before_fen: int
    state: str
    minor: bool
    guardian: str
    claimant_is_guardian: bool
    bank: str
    last_four: str
    attempt: int
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShareOrder:
    """One payout of one share, under `natural_key`, to a bank account."""

    natural_key: str
    claim_id: UUID
    claim_number: str
    shard_key: int
    amount_fen: int
    memo: str
    account: ShareAccount

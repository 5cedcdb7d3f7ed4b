"""A change of the contract: terms before and after, with the calculation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class Terms:
    """What an endorsement changes. `premium_fen` is the filed premium, `total_fen` what all instalments of the period
    add up to at it."""

    inputs: Mapping[str, str]
    sum_insured_fen: int
    premium_fen: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class EndorsementLine:
    """One line of the calculation."""

    label: Text
    amount_fen: int


@dataclass(frozen=True, slots=True)
class EndorsementView:
    """批改: recorded at one time, valid from another (00:00 of the next day in Shanghai). `number` counts from 1 within
    the policy; `refund_fen` is what came back for it."""

    id: UUID
    policy_id: UUID
    number: int
    kind: str
    valid_from: date
    recorded_at: datetime
    before: Terms
    after: Terms
    refund_fen: int
    lines: tuple[EndorsementLine, ...]


@dataclass(frozen=True, slots=True)
class LowerChoice:
    """A lower sum insured that the filed version prices, and what choosing it today would do."""

    value: str
    sum_insured_fen: int
    sum_insured: Text
    premium_fen: int
    refund_fen: int
    valid_from: date
    lines: tuple[EndorsementLine, ...]

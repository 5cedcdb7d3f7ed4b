"""What leaves the room. Days are business dates of Asia/Shanghai; `last_day` is the last one on which the full premium
comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Text

YES, UNCLEAR = "yes", "unclear"
UNDERSTOOD, NOT_REACHED = "understood", "not_reached"
CUSTOMER, PHONE = "customer", "phone"

OPEN, TO_EXPLAIN, URGENT, OVERDUE, DONE, DROPPED = "open", "to_explain", "urgent", "overdue", "done", "dropped"
"""States. `to_explain`: something was unclear; `urgent`: the deadline is near; `overdue`: it passed unanswered, and the
task stays until somebody answers; `dropped`: the policy ended first."""


@dataclass(frozen=True, slots=True)
class Contract:
    """What the questions name. `premium_fen` is due every year for `pay_years`, or once where that is 1."""

    premium_fen: int
    pay_years: int
    last_day: date
    design: str


@dataclass(frozen=True, slots=True)
class Question:
    """A closed question: `yes`, or `unclear`."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class AnsweredView:
    """One time somebody answered or was called. `unclear` names the questions; `staff_name` is empty online."""

    channel: str
    outcome: str
    unclear: tuple[str, ...]
    note: str
    staff_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CallBackView:
    id: UUID
    shard_key: int
    policy_id: UUID
    account_id: UUID
    version_id: str
    last_day: date
    escalate_on: date
    made_at: datetime
    escalated_at: datetime | None
    ended_at: datetime | None
    state: str
    answered: tuple[AnsweredView, ...]

    @property
    def waits(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class CallBackPage:
    items: Sequence[CallBackView]
    total: int
    page: int
    size: int

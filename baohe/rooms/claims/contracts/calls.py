"""What crosses the door about a call that a claimant asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

CALL_REASONS = ("no_policy", "no_fit", "talk")
"""No policy at all; none that fits what happened; rather a person."""
CALL_OUTCOMES = ("explained", "reported", "not_reached")
"""Explained; a claim was reported, by them or for them; not reached after trying."""


@dataclass(frozen=True, slots=True)
class CallAskedView:
    """`sentence` is what they typed before they asked, empty if nothing. `answer_by`: the house's promise to call.
    `outcome`, `note` and `by_name` are empty while it waits."""

    id: UUID
    account_id: UUID
    reason: str
    sentence: str
    asked_at: datetime
    answer_by: datetime
    outcome: str
    note: str
    by_name: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallOverView:
    """An ended call past the last day on which what was said in it had to be kept."""

    id: UUID
    account_id: UUID
    kept_until: date

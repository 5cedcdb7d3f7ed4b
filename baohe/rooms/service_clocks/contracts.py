"""What goes through the door of the service clocks. Moments are aware; days are business dates of Asia/Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from baohe.kernel.decisions import Text

OURS: Final = "ours"
THEIRS: Final = "theirs"
OVER: Final = "over"
Whose = Literal["ours", "theirs", "over"]

MARKS = ("", "near", "late", "standing")
"""What a page of clocks is narrowed to: all that run, those with at most two working days left, those that fell, and
those that stand still because the customer owes something."""


@dataclass(frozen=True, slots=True)
class Turn:
    """From `at` on it is our turn (the clock runs), the customer's (it stands still), or nobody's (it ended)."""

    at: datetime
    whose: Whose


@dataclass(frozen=True, slots=True)
class Subject:
    """What somebody waits for. `kind` is one of `rules.clocks.KINDS`; `name` is what people know it by: the number of
    a policy, the name of a product, never an illness. `handler_id` is the person who has it, None while nobody has."""

    kind: str
    id: UUID
    shard_key: int
    account_id: UUID
    name: Text
    handler_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """What a round raised. `told` is set with the last level: who answers the customer now, and until when."""

    account_id: UUID
    name: Text
    what: Text
    falls_at: datetime
    told: tuple[str, datetime] | None


@dataclass(frozen=True, slots=True)
class RaisedView:
    """One level that was raised: its words, when, and to whom ("" where nobody of the role was there)."""

    level: Text
    raised_at: datetime
    staff_name: str
    promised_until: datetime | None


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock that has not ended. `what` is the count of the law, `kind_name` what people work on. `mark`: "" | near |
    late | standing."""

    kind: str
    subject_id: UUID
    name: Text
    what: Text
    kind_name: Text
    begun_at: datetime
    falls_at: datetime
    mark: str
    raised: tuple[RaisedView, ...]


@dataclass(frozen=True, slots=True)
class ClockPage:
    items: tuple[ClockView, ...]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many run, of these how many are near and late, how many stand still; the moment at which the next falls."""

    running: int
    near: int
    late: int
    standing: int
    nearest: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one count of the law, `days` working days: how many clocks ended, or fell and still run, and how many of them
    ended in time."""

    what: Text
    days: int
    due: int
    in_time: int

    @property
    def rate_bp(self) -> int:
        """In 1/10,000; 0 where none was due."""
        return self.in_time * 10_000 // self.due if self.due else 0

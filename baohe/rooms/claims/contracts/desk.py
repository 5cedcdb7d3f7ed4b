"""What the handlers' desk is given: clocks, levels, moves, leave, the queue's filters and the workload picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class EscalationView:
    """`level` 1 handler, 2 lead, 3 head. `staff_name` is "" when nobody holds the role."""

    level: int
    name: Text
    raised_at: datetime
    falls_at: datetime
    staff_name: str


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """`state` is running, standing (papers are asked for), kept (ended in time) or missed (ended or running late)."""

    code: str
    name: Text
    rule: str
    source: str
    begun_at: datetime
    falls_at: datetime
    state: str
    ended_at: datetime | None
    escalations: tuple[EscalationView, ...]

    @property
    def level(self) -> Text | None:
        """The highest level raised for the moment on which it falls now."""
        raised = [one for one in self.escalations if one.falls_at == self.falls_at]
        return raised[-1].name if raised else None


@dataclass(frozen=True, slots=True)
class Raised:
    """What a round raised for one deadline. `told` is set with the last level: the claimant hears the new name and
    the moment of the answer."""

    claim_id: UUID
    code: str
    levels: tuple[int, ...]
    falls_at: datetime
    told: tuple[str, datetime] | None = None


@dataclass(frozen=True, slots=True)
class MoveView:
    """How a claim came to a handler; see `desk_models.Move`."""

    at: datetime
    how: str
    from_name: str
    to_name: str
    by_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeaveView:
    """`state` is coming, running, over or cancelled. Days are both included."""

    id: UUID
    staff_id: UUID
    staff_name: str
    deputy_name: str
    first_day: date
    last_day: date
    state: str


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Narrows a queue; every part is optional and they add up.

    line, insurer   codes
    handler         a handler, or NOBODY
    due_from,due_by the deadline falls on these days, both included
    least, most     fen that the rules calculated, both included
    among           only these claims: those with a signal of fraud, which another room knows
    """

    line: str = ""
    insurer: str = ""
    handler: UUID | None = None
    due_from: date | None = None
    due_by: date | None = None
    least: int | None = None
    most: int | None = None
    among: frozenset[UUID] | None = None


NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class HandlerLoad:
    """One handler's open claims. `ages` counts them by `AGES`; `weight` is what the sharing of work looks at."""

    id: UUID
    name: str
    grade: Text | None
    away_until: date | None
    open: int
    weight: int
    ages: tuple[int, ...]


AGES: tuple[tuple[int, Text], ...] = (
    (2, Text("2 天内", "up to 2 days")),
    (7, Text("3–7 天", "3–7 days")),
    (30, Text("8–30 天", "8–30 days")),
    (100_000, Text("30 天以上", "over 30 days")),
)
"""Bands of age in days since the papers were complete, by their last day."""


@dataclass(frozen=True, slots=True)
class Workload:
    """The picture of the desk. `due` counts open claims by the working day of their nearest deadline, for today and
    ten working days; `late` is what fell before today. Shares and times are of the last 30 days; None where nothing
    was decided."""

    handlers: tuple[HandlerLoad, ...]
    nobody: HandlerLoad
    late: int
    due: tuple[tuple[date, int], ...]
    decided: int
    straight_through_bp: int | None
    median_seconds: int | None
    unknown_year: int | None

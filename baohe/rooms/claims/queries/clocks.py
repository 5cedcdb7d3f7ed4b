"""Reads of clocks, levels, moves and leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims.actions.leave import leave_view
from baohe.rooms.claims.contracts import DeadlineView, EscalationView, LeaveView, MoveView
from baohe.rooms.claims.models import Claim, Deadline, Escalation, Leave, Move
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.claims.rules.escalating import LEVELS

_MOST_LEAVE = 100
_LEVEL_NAMES = {level.number: level.name for level in LEVELS}


def deadlines_of(row: Claim) -> tuple[DeadlineView, ...]:
    """Every clock of a claim with what was raised, the nearest running one first, the ended ones last."""
    line = catalog.version(row.version_id).line
    raised: dict[int, list[EscalationView]] = {}
    for one in row.escalations.order_by("id"):
        view = EscalationView(one.level, _LEVEL_NAMES[one.level], one.raised_at, one.falls_at, one.staff_name)
        raised.setdefault(one.deadline_id, []).append(view)
    rows = sorted(row.deadlines.all(), key=lambda one: (one.ended_at is not None, one.falls_at, one.id))
    return tuple(_view(one, line, tuple(raised.get(one.id, ()))) for one in rows)


def clock_name(claim_id: UUID, code: str) -> Text:
    """What a deadline is about, in words. Raises `NotFound`."""
    version_id = Claim.objects.filter(id=claim_id).values_list("version_id", flat=True).first()
    if version_id is None:
        raise NotFound(what="这件理赔")
    return deadlines.named(code, catalog.version(version_id).line).name


def level_now(escalations: Iterable[Escalation], due_at: datetime | None) -> Text | None:
    """The highest level raised for the moment that is nearest now."""
    levels = [one.level for one in escalations if one.falls_at == due_at]
    return _LEVEL_NAMES[max(levels)] if levels else None


def leaves(staff_id: UUID | None = None) -> tuple[LeaveView, ...]:
    """Leave that runs or comes, of one handler or of all, the nearest first; at most 100."""
    today = clock.today()
    rows = Leave.objects.filter(last_day__gte=today, cancelled_at=None).order_by("first_day", "id")
    if staff_id is not None:
        rows = rows.filter(staff_id=staff_id)
    return tuple(leave_view(row, today) for row in rows[:_MOST_LEAVE])


def move_view(move: Move) -> MoveView:
    return MoveView(move.at, move.how, move.from_name, move.to_name, move.by_name, move.reason)


def _view(stored: Deadline, line: str, raised: tuple[EscalationView, ...]) -> DeadlineView:
    return DeadlineView(
        code=stored.code,
        name=deadlines.named(stored.code, line).name,
        rule=stored.rule,
        source=stored.source,
        begun_at=stored.begun_at,
        falls_at=stored.falls_at,
        state=_state(stored),
        ended_at=stored.ended_at,
        escalations=raised,
    )


def _state(stored: Deadline) -> str:
    if stored.stands_since is not None and stored.ended_at is None:
        return "standing"
    if (stored.ended_at or clock.now()) > stored.falls_at:
        return "missed"
    return "kept" if stored.ended_at else "running"

"""Raise a deadline before it falls: to the handler, the lead, the head; each level once for each moment (SERV-4)."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel import escalation
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import clocks, locks, moves
from baohe.rooms.claims.contracts import Raised
from baohe.rooms.claims.models import Claim, Deadline, Escalation
from baohe.rooms.claims.rules.escalating import HANDLER, HEAD, LEAD, LEVELS
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView

_MOST_AT_ONCE = 500


def due_to_raise() -> tuple[int, ...]:
    """The deadlines whose next level has come, the longest waiting first. What was missed while no worker ran is
    still there."""
    rows = Deadline.objects.filter(raise_at__lte=clock.now()).order_by("raise_at", "id")
    return tuple(rows.values_list("id", flat=True)[:_MOST_AT_ONCE])


def raise_deadline(deadline_id: int) -> Raised | None:
    """Raise every level whose moment has come, inside the caller's transaction; None when there is nothing to raise
    (any more). With the last level the claim goes to the head, and the caller tells the claimant."""
    claim_id = Deadline.objects.filter(id=deadline_id).values_list("claim_id", flat=True).first()
    if claim_id is None:
        return None
    row = locks.any_claim(claim_id)
    stored = Deadline.objects.get(id=deadline_id)  # again, now that nobody else moves it
    now = clock.now()
    if stored.raise_at is None or stored.raise_at > now:
        return None
    levels = escalation.due_levels(LEVELS, stored.falls_at, stored.level, stored.runs_since, now)
    for level, planned in levels:
        who = _who(row, level.number)
        Escalation.objects.create(
            claim=row,
            deadline=stored,
            shard_key=row.shard_key,
            level=level.number,
            falls_at=stored.falls_at,
            planned_at=planned,
            raised_at=now,
            staff_id=who.id if who else None,
            staff_name=who.name if who else "",
        )
    reached = levels[-1][0].number if levels else stored.level
    clocks.plan(stored, reached)
    stored.save()
    if not levels:
        return None
    told = None
    if reached == HEAD:
        told = _to_the_head(row), escalation.new_promise(now)
        row.reply_by = told[1]
        row.save()
    return Raised(row.id, stored.code, tuple(level.number for level, _ in levels), stored.falls_at, told)


def _to_the_head(row: Claim) -> str:
    """The name that answers from now on; "" when the house has no handler at all."""
    head = _who(row, HEAD) or _who(row, LEAD)
    if head is not None:
        moves.give(row, "raised", head)
    return row.handler_name


def _who(row: Claim, level: int) -> StaffView | None:
    """The claim's own handler, or whoever of the role is here; nobody when nobody is."""
    if level == HANDLER:
        return _active(row.handler_id) if row.handler_id else None
    role = next(one.role for one in LEVELS if one.number == level)
    away = moves.away_on(clock.today())
    return next((one for one in people.staff_with_role(role) if one.id not in away), None)


def _active(staff_id: UUID) -> StaffView | None:
    try:
        return people.staff(staff_id)
    except NotFound:
        return None

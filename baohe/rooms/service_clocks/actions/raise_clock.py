"""Raise a clock before it falls: to whoever has it, a colleague, compliance; each once for each moment (SERV-4)."""

from __future__ import annotations

from datetime import datetime

from baohe.kernel import escalation
from baohe.kernel.dates import business_date
from baohe.kernel.decisions import Text
from baohe.kernel.escalation import Level
from baohe.plumbing import clock
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.service_clocks.contracts import Raised
from baohe.rooms.service_clocks.models import ServiceClock, ServiceEscalation
from baohe.rooms.service_clocks.rules import levels as rules
from baohe.rooms.service_clocks.rules.clocks import in_force

_MOST_AT_ONCE = 500


def due_to_raise() -> tuple[int, ...]:
    """The clocks whose next level has come, the longest waiting first; at most 500. What was missed while no worker
    ran is still there."""
    rows = ServiceClock.objects.filter(raise_at__lte=clock.now()).order_by("raise_at", "id")
    return tuple(rows.values_list("id", flat=True)[:_MOST_AT_ONCE])


def raise_clock(clock_id: int) -> Raised | None:
    """Raise every level whose moment has come, inside the caller's transaction; None when there is nothing to raise
    (any more). With the last level the caller tells the customer."""
    row = ServiceClock.objects.select_for_update().filter(id=clock_id).first()
    now = clock.now()
    if row is None or row.raise_at is None or row.raise_at > now:
        return None
    ladder = rules.levels_of(row.kind)
    due = escalation.due_levels(ladder, row.falls_at, row.level, row.runs_since, now)
    told = None
    for level, planned in due:
        who = _who(row, level)
        last = level.number == rules.LAST
        promise = escalation.new_promise(now) if last else None
        _write(row, level, planned, now, who, promise)
        if promise is not None:
            told = who.name if who else "", promise
        row.level = level.number
    following = escalation.next_level(ladder, row.falls_at, row.level, row.runs_since)
    row.raise_at = following[1] if following else None
    row.save(update_fields=["level", "raise_at"])
    what = in_force(row.code, business_date(row.begun_at)).name
    name = Text(row.name_zh, row.name_en)
    return Raised(row.account_id, name, what, row.falls_at, told) if due else None


def _write(
    row: ServiceClock,
    level: Level,
    planned: datetime,
    now: datetime,
    who: StaffView | None,
    promise: datetime | None,
) -> None:
    ServiceEscalation.objects.create(
        clock=row,
        shard_key=row.shard_key,
        level=level.number,
        falls_at=row.falls_at,
        planned_at=planned,
        raised_at=now,
        staff_id=who.id if who else None,
        staff_name=who.name if who else "",
        promised_until=promise,
    )


def _who(row: ServiceClock, level: Level) -> StaffView | None:
    """The handler, or whoever of the team is first; then another of the team than that; then compliance. Where the
    team is one person, compliance hears a day earlier."""
    last = next(iter(people.staff_with_role(rules.LAST_ROLE)), None)
    if level.number == rules.LAST:
        return last
    team = people.staff_with_role(level.role)
    first = next((one for one in team if one.id == row.handler_id), next(iter(team), None))
    if level.number == rules.HANDLER:
        return first
    return next((one for one in team if first is not None and one.id != first.id), last)

"""A handler says when they are away and who stands in. Nobody acts under another's name: a deputy decides as
themselves, so one natural person never fills both names of a decision."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.claims.actions.states import refuse_unless_handler
from baohe.rooms.claims.contracts import LeaveView
from baohe.rooms.claims.models import Leave
from baohe.rooms.claims.rules.authority import grade_of
from baohe.rooms.people import facade as people

_LONGEST = timedelta(days=366)
_LEADING = ("claims_lead", "claims_head")


def set_leave(staff_id: UUID, first_day: date, last_day: date, deputy_id: UUID) -> LeaveView:
    """Both days included. Raises `InvalidInput` for days that are over or overlap another leave, or a deputy who is
    oneself or no handler; `NotAllowed`, `NotFound`."""
    staff, deputy = people.staff(staff_id), people.staff(deputy_id)
    refuse_unless_handler(staff)
    if deputy.id == staff.id or "claims_handler" not in deputy.roles:
        raise InvalidInput(field="deputy", reason_zh="代理人要是另一名理赔员", reason_en="must be another handler")
    if not clock.today() <= first_day <= last_day <= first_day + _LONGEST:
        raise InvalidInput(
            field="first_day", reason_zh="日期不能已过，先后不能颠倒", reason_en="days in order, to come"
        )
    with transaction.atomic():
        mine = Leave.objects.select_for_update().filter(staff_id=staff.id, cancelled_at=None)
        if any(row.first_day <= last_day and first_day <= row.last_day for row in mine):
            raise InvalidInput(field="first_day", reason_zh="和另一段休假重叠", reason_en="overlaps another leave")
        row = Leave.objects.create(
            id=clock.new_id(),
            staff_id=staff.id,
            staff_name=staff.name,
            deputy_id=deputy.id,
            deputy_name=deputy.name,
            first_day=first_day,
            last_day=last_day,
            set_at=clock.now(),
        )
    return leave_view(row, clock.today())


def cancel_leave(staff_id: UUID, leave_id: UUID) -> LeaveView:
    """One's own, or as a lead anybody's; the claims come back with the next round. Twice is once. Raises
    `NotAllowed`, `NotFound`."""
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    with transaction.atomic():
        row = Leave.objects.select_for_update().filter(id=leave_id).first()
        if row is None:
            raise NotFound(what="这段休假")
        if row.staff_id != staff.id and grade_of(staff.roles) not in _LEADING:
            raise NotAllowed()
        if row.cancelled_at is None and row.closed_at is None:
            row.cancelled_at = clock.now()
            row.save(update_fields=["cancelled_at"])
    return leave_view(row, clock.today())


def leave_view(row: Leave, today: date) -> LeaveView:
    if row.cancelled_at is not None:
        state = "cancelled"
    elif today < row.first_day:
        state = "coming"
    else:
        state = "running" if today <= row.last_day else "over"
    return LeaveView(row.id, row.staff_id, row.staff_name, row.deputy_name, row.first_day, row.last_day, state)

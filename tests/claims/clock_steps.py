"""Steps of the tests about clocks: what is stored, what a round raises."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import Group

from baohe.flows import keep_clocks
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock
from baohe.rooms.claims.models import Deadline, Escalation
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.people.models import Account
from tests.claims import world

COMPULSORY = "chiye-compulsory-motor@2026-01-01"


def at(text: str) -> datetime:
    """`2026-11-25 09:00:00` in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def graded(username: str, name: str, *grades: str) -> StaffView:
    staff = world.handler(username, name)
    for grade in grades:
        Account.objects.get(id=staff.id).groups.add(Group.objects.get_or_create(name=grade)[0])
    return people.staff(staff.id)


def running(claim_id: UUID) -> dict[str, str]:
    """Code → last day of every clock that has not ended."""
    rows = Deadline.objects.filter(claim_id=claim_id, ended_at=None)
    return {row.code: row.falls_at.astimezone(SHANGHAI).date().isoformat() for row in rows}


def raised(claim_id: UUID, code: str) -> list[int]:
    return list(
        Escalation.objects.filter(claim_id=claim_id, deadline__code=code).order_by("id").values_list("level", flat=True)
    )


def look_at(text: str) -> None:
    """The worker's round at that moment."""
    with clock.travel(at(text)):
        keep_clocks.look()

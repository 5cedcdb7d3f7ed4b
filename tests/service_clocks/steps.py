"""Steps of the tests about service clocks: who is at the desk, what is stored, what a round raises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baohe.config.wiring import handlers
from baohe.faces.desk.tests.desk_world import member
from baohe.flows import keep_service_clocks
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock, outbox
from baohe.rooms.notices import facade as notices
from baohe.rooms.notices.models import Message
from baohe.rooms.service_clocks.models import ServiceClock, ServiceEscalation


@dataclass(frozen=True, slots=True)
class House:
    """Two underwriters, two of finance, service, and compliance."""

    ning: UUID
    gu: UUID
    cheng: UUID
    xu: UUID
    su: UUID
    fang: UUID


def house() -> House:
    return House(
        member("underwriter", name="沈宁").id,
        member("underwriter", name="顾远").id,
        member("finance", name="程立").id,
        member("finance", name="许衡").id,
        member("service", name="苏晴").id,
        member("compliance", name="方规").id,
    )


def at(text: str) -> datetime:
    """`2026-11-25 09:00:00` in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def look_at(text: str) -> None:
    """The worker's round at that moment."""
    with clock.travel(at(text)):
        keep_service_clocks.look()


def deliver_events() -> None:
    while outbox.work_once(handlers()):
        pass


def clocks() -> list[tuple[str, str, str]]:
    """(kind, last day, state) of every clock: running, standing or ended."""
    rows = ServiceClock.objects.order_by("id")
    return [(row.kind, row.falls_at.astimezone(SHANGHAI).date().isoformat(), _state(row)) for row in rows]


def _state(row: ServiceClock) -> str:
    if row.ended_at is not None:
        return "ended"
    return "running" if row.stands_since is None else "standing"


def raised(kind: str) -> list[tuple[int, str]]:
    """(level, name) of everything raised for a kind, in order."""
    rows = ServiceEscalation.objects.filter(clock__kind=kind).order_by("id")
    return list(rows.values_list("level", "staff_name"))


def told(account_id: UUID) -> list[str]:
    """What the customer was told of deadlines, in Chinese."""
    words = [one.body.zh for one in notices.notices_of(account_id)]
    found = [one for one in words if "我们还没有办完" in one]
    assert len(found) == Message.objects.filter(template="service_deadline").count()
    return found

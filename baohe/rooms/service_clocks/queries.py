"""Reads of the room; the lists page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from baohe.kernel.dates import business_date
from baohe.kernel.day_counts import end_of
from baohe.kernel.decisions import Text
from baohe.kernel.work_calendar import working_days_after
from baohe.plumbing import clock
from baohe.rooms.service_clocks.contracts import ClockPage, ClockView, Counts, Kept, RaisedView
from baohe.rooms.service_clocks.models import ServiceClock
from baohe.rooms.service_clocks.rules.clocks import CLOCKS, KINDS, in_force
from baohe.rooms.service_clocks.rules.levels import NAMES

KEPT_DAYS = 90
_NEAR_WORKING_DAYS = 2
_LONGEST_PAGE = 50
_BATCH = 200
_BROKEN_AFTER = timedelta(hours=1)


def page(mark: str = "", number: int = 1, size: int = 20) -> ClockPage:
    """One page of the clocks that have not ended, nearest deadline first. `mark` as in `MARKS`; an unknown one narrows
    nothing."""
    number, size = max(number, 1), min(max(size, 1), _LONGEST_PAGE)
    now = clock.now()
    rows = _marked(mark, now).order_by("falls_at", "id")
    found = rows.prefetch_related("escalations")[(number - 1) * size : number * size]
    return ClockPage(tuple(_view(row, now) for row in found), rows.count(), number, size)


def counts() -> Counts:
    now = clock.now()
    runs = Q(stands_since=None)
    late = runs & Q(falls_at__lt=now)
    found = ServiceClock.objects.filter(ended_at=None).aggregate(
        running=Count("id", filter=runs),
        near=Count("id", filter=runs & Q(falls_at__gte=now, falls_at__lte=_near_until())),
        late=Count("id", filter=late),
        standing=Count("id", filter=~runs),
        nearest=Min("falls_at", filter=runs),
    )
    return Counts(**found)


def kept() -> tuple[Kept, ...]:
    """How many of each count were kept in the last 90 days. What fell and still runs counts as not kept: waiting does
    not make a figure better."""
    now = clock.now()
    ended = ServiceClock.objects.filter(ended_at__gte=now - timedelta(days=KEPT_DAYS)).values("code")
    in_time = Q(ended_at__lte=F("falls_at"))
    done = {one["code"]: one for one in ended.annotate(due=Count("id"), in_time=Count("id", filter=in_time))}
    late = _marked("late", now).values("code").annotate(due=Count("id"))
    fallen = {one["code"]: one["due"] for one in late}
    today = business_date(now)
    found = []
    for code in dict.fromkeys(one.code for one in CLOCKS):
        law, over = in_force(code, today), done.get(code, {"due": 0, "in_time": 0})
        due = over["due"] + fallen.get(code, 0)
        found.append(Kept(law.name, law.working_days, due, over["in_time"]))
    return tuple(found)


def known(kind: str, subject_ids: Collection[UUID]) -> set[UUID]:
    """Those of the subjects that have a clock, also one that ended."""
    rows = ServiceClock.objects.filter(kind=kind, subject_id__in=subject_ids)
    return set(rows.values_list("subject_id", flat=True))


def unfinished(kind: str, after: int | None = None) -> list[tuple[int, UUID]]:
    """(id, subject) of the clocks of a kind that have not ended, by id after `after`; at most 200."""
    rows = ServiceClock.objects.filter(kind=kind, ended_at=None, id__gt=after or 0).order_by("id")
    return list(rows.values_list("id", "subject_id")[:_BATCH])


def problems() -> list[str]:
    """What the round should have raised and has not: it looks every minute, so an hour is a broken round."""
    late = ServiceClock.objects.filter(raise_at__lt=clock.now() - _BROKEN_AFTER).count()
    return [f"{late} service clocks should have been raised an hour ago"] if late else []


def _marked(mark: str, now: datetime) -> QuerySet[ServiceClock]:
    rows = ServiceClock.objects.filter(ended_at=None)
    if mark == "standing":
        return rows.filter(stands_since__isnull=False)
    rows = rows.filter(stands_since=None)
    if mark == "late":
        return rows.filter(falls_at__lt=now)
    return rows.filter(falls_at__gte=now, falls_at__lte=_near_until()) if mark == "near" else rows


def _near_until() -> datetime:
    return end_of(working_days_after(clock.today(), _NEAR_WORKING_DAYS))


def _view(row: ServiceClock, now: datetime) -> ClockView:
    raised = sorted((one for one in row.escalations.all() if one.falls_at == row.falls_at), key=lambda one: one.level)
    return ClockView(
        kind=row.kind,
        subject_id=row.subject_id,
        name=Text(row.name_zh, row.name_en),
        what=in_force(row.code, business_date(row.begun_at)).name,
        kind_name=KINDS[row.kind].name,
        begun_at=row.begun_at,
        falls_at=row.falls_at,
        mark=_mark(row, now),
        raised=tuple(RaisedView(NAMES[one.level], one.raised_at, one.staff_name, one.promised_until) for one in raised),
    )


def _mark(row: ServiceClock, now: datetime) -> str:
    if row.stands_since is not None:
        return "standing"
    if row.falls_at < now:
        return "late"
    return "near" if row.falls_at <= _near_until() else ""

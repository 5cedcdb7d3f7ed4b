"""Stored reports → what each source says of an observation. A source whose breaker is open is not listened to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from baohe.rooms.catalog.contracts import Trigger
from baohe.rooms.parametric import ports, triggers
from baohe.rooms.parametric.models import Breaker, Observation, Report
from baohe.rooms.parametric.rules.counting import Counted, Said, counted

MOST_REPORTS = 20_000
"""Of one observation; at a place a day of all stations and storms of its sources."""


def stopped(sources: Iterable[str]) -> set[str]:
    """Those whose breaker is open."""
    return set(Breaker.objects.filter(scope__in=list(sources), reopened_at=None).values_list("scope", flat=True))


def reports_of(row: Observation, trigger: Trigger) -> QuerySet[Report]:
    """Whatever was told of it; where it lies on the map, of the days around it too, for a storm goes on at midnight."""
    told = Report.objects.filter(measure=row.measure, source__in=trigger.sources)
    if trigger.circle is None:
        return told.filter(subject=row.subject)
    around = timedelta(days=1)
    return told.filter(day__range=(row.day - around, row.day + around))


def believed(row: Observation, trigger: Trigger) -> dict[str, Counted]:
    """Source → what it says now."""
    away = stopped(trigger.sources)
    told = reports_of(row, trigger).exclude(source__in=away).order_by("id")[:MOST_REPORTS]
    return what(row, trigger, told)


def what(row: Observation, trigger: Trigger, told: Iterable[Report]) -> dict[str, Counted]:
    return counted(trigger, triggers.point_of(row, trigger), row.day, [said(one) for one in told])


def said(one: Report) -> Said:
    report = ports.read(one.content)
    return Said(
        report.source, report.subject, report.sequence, report.value, report.observed_at, one.digest, report.place
    )


def issued_at(one: Report) -> datetime:
    return ports.read(one.content).issued_at

"""The machine stops by itself; two people let it go on."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Sum

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.parametric.contracts import OPEN, Actor
from baohe.rooms.parametric.errors import NotWaiting, SecondNameNeeded
from baohe.rooms.parametric.models import Breaker, Observation, Settlement, Source
from baohe.rooms.parametric.rules import clocks

HOUR = timedelta(hours=1)


def trip(scope: str, reason: str) -> bool:
    """Stop a source or a trigger, inside the caller's transaction; False when it is stopped already."""
    now = clock.now()
    made = Breaker.objects.bulk_create(
        [Breaker(scope=scope, reason=reason, tripped_at=now, answer_by=clocks.answer_by(now))], ignore_conflicts=True
    )
    return Breaker.objects.filter(id=made[0].id).exists()


def is_open(scope: str) -> bool:
    return Breaker.objects.filter(scope=scope, reopened_at=None).exists()


def trip_stale() -> list[str]:
    """Stop every source whose last sign of life is older than its interval."""
    now = clock.now()
    stale = [row.code for row in Source.objects.all() if clocks.is_stale(row.heard_at, now, row.heartbeat_seconds)]
    return [code for code in stale if trip(code, "stale")]


def spent(scope: str) -> tuple[int, int]:
    """Claims and fen of the last hour, or since people let it go on: what they saw is not counted again."""
    since: datetime = clock.now() - HOUR
    reopened = Breaker.objects.filter(scope=scope).aggregate(at=Max("reopened_at"))["at"]
    rows = Settlement.objects.filter(scope=scope, settled_at__gt=max(since, reopened or since))
    found = rows.aggregate(count=Count("id"), fen=Sum("amount_fen"))
    return found["count"], found["fen"] or 0


def ask_reopen(actor: Actor, breaker_id: UUID) -> None:
    """The first name. Raises `NotWaiting` when somebody was first."""
    row = _held(breaker_id)
    if row.reopened_at is not None or row.asked_by is not None:
        raise NotWaiting()
    row.asked_by, row.asked_name = actor.id, actor.name
    row.save(update_fields=["asked_by", "asked_name"])


def reopen(actor: Actor, breaker_id: UUID) -> tuple[UUID, ...]:
    """The second name. Answers with the observations that wait to be settled. Raises `SecondNameNeeded`,
    `NotWaiting`."""
    row = _held(breaker_id)
    if row.reopened_at is not None or row.asked_by is None:
        raise NotWaiting()
    if row.asked_by == actor.id:
        raise SecondNameNeeded()
    row.reopened_by, row.reopened_name, row.reopened_at = actor.id, actor.name, clock.now()
    row.save(update_fields=["reopened_by", "reopened_name", "reopened_at"])
    version_id, _, trigger = row.scope.partition("#")
    if trigger:
        paused = Observation.objects.filter(version_id=version_id, trigger=trigger, state="agreed")
        return tuple(paused.values_list("id", flat=True))
    source = Source.objects.get(code=row.scope)
    # its silence is forgiven up to now; what it told meanwhile counts from here on
    Source.objects.filter(code=row.scope).update(heard_at=clock.now())
    Observation.objects.filter(measure__in=source.measures, state__in=OPEN).update(look_at=clock.now())
    return ()


def _held(breaker_id: UUID) -> Breaker:
    row = Breaker.objects.select_for_update().filter(id=breaker_id).first()
    if row is None:
        raise NotFound(what="这次熔断")
    return row

"""The order in which the room locks: source → observation → watch. Whoever settles a policy holds its watch first,
then the policy, then the claim. A watch is held by an advisory lock: its table only grows, and the platform's own role
may not lock rows that it may not change."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from baohe.kernel.errors import NotFound
from baohe.plumbing import queues
from baohe.rooms.parametric.models import Observation, Source


def source(code: str) -> Source:
    """Raises `NotFound`."""
    row = Source.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NotFound(what="这个数据源")
    return row


def observation(observation_id: UUID) -> Observation:
    """Raises `NotFound`."""
    row = Observation.objects.select_for_update().filter(id=observation_id).first()
    if row is None:
        raise NotFound(what="这次观测")
    return row


def watches(watch_ids: Sequence[UUID], most: int) -> list[UUID]:
    """Hold up to `most` of these watches until the transaction ends, those left out that somebody else holds: workers
    at once find each other's policies taken and go on to the next. The scan stops at the limit, so that no more are
    held than are answered."""
    numbers = {number_of(one): one for one in watch_ids}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM unnest(%s::bigint[]) AS number WHERE pg_try_advisory_xact_lock(number) LIMIT %s",
            [list(numbers), most],
        )
        return [numbers[number] for (number,) in cursor.fetchall()]


def number_of(watch_id: UUID) -> int:
    """Of the advisory lock of a watch."""
    return queues.number_of("parametric.watch", watch_id.bytes)

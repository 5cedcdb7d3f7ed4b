"""The order in which the room locks: source → observation → watch. Whoever settles a policy holds its watch first,
then the policy, then the claim. A watch is held by an advisory lock: its table only grows, and the platform's own role
may not lock rows that it may not change."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import connection

from baohe.kernel.errors import NotFound
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


def watch(watch_id: UUID) -> bool:
    """Hold a watch until the transaction ends; False at once when somebody else does."""
    number = int.from_bytes(hashlib.sha256(f"parametric:watch:{watch_id}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])

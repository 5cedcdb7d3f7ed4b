"""Events leave in the transaction of their fact, and arrive at least once.

`publish` inside a transaction; the worker claims due events under a lease and calls the handlers outside of it.
Handlers must be idempotent: a killed worker's lease runs out and another worker repeats the event. The lease token
fences a worker that slept through its lease: it can no longer mark the event done.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection, transaction

from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 12
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(minutes=10)

log = structlog.get_logger()

Handler = Callable[["Event"], None]


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    topic: str
    subject: str
    payload: Mapping[str, Any]
    attempts: int


def publish(topic: str, subject: object, shard_key: int, payload: Mapping[str, Any], delay_seconds: int = 0) -> None:
    """Queue an event with the caller's transaction. Outside of one it would be lost or lie, so it refuses."""
    publish_many(topic, [(subject, shard_key, payload)], delay_seconds)


def publish_many(topic: str, told: Sequence[tuple[object, int, Mapping[str, Any]]], delay_seconds: int = 0) -> None:
    """The same for many in one statement: (subject, shard key, payload) of each."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{topic}: publish belongs in the transaction of its fact")
    moment = clock.now()
    OutboxEvent.objects.bulk_create(
        OutboxEvent(
            topic=topic,
            subject=str(subject),
            shard_key=shard_key,
            payload=dict(payload),
            created_at=moment,
            due_at=moment + timedelta(seconds=delay_seconds),
        )
        for subject, shard_key, payload in told
    )


def follow_up(topic: str, subject: object, shard_key: int, payload: Mapping[str, Any], delay_seconds: int) -> None:
    """Queue the next look at a subject, unless one that nobody has begun lies ready. Without this every repeat of an
    event would begin a second row of looks, and a slow provider, at which leases run out, would double them each time.
    """
    ahead = OutboxEvent.objects.filter(subject=str(subject), topic=topic, done_at=None, parked_at=None)
    if not ahead.filter(lease_until=None).exists():
        publish(topic, subject, shard_key, payload, delay_seconds)


def pending(topics: Collection[str], subjects: Collection[object]) -> set[str]:
    """Those of `subjects` that still have an event of these topics to come; a parked one will not come."""
    wanted = [str(subject) for subject in subjects]
    rows = OutboxEvent.objects.filter(subject__in=wanted, topic__in=topics, done_at=None, parked_at=None)
    return set(rows.values_list("subject", flat=True))


def given_up(topics: Collection[str], after: int | None = None, most: int = 200) -> list[tuple[int, str, str]]:
    """(id, topic, subject) of the parked events of these topics, by id after `after`."""
    rows = OutboxEvent.objects.filter(parked_at__isnull=False, topic__in=topics, id__gt=after or 0).order_by("id")
    return list(rows.values_list("id", "topic", "subject")[:most])


def payloads_ahead(topic: str) -> list[Mapping[str, Any]]:
    """What the events of a topic say that nobody has finished; a parked one is among them."""
    return list(OutboxEvent.objects.filter(topic=topic, done_at=None).values_list("payload", flat=True))


def work_once(handlers: Mapping[str, Handler], batch: int = 20) -> int:
    """Claim up to `batch` due events, handle each, and return how many were claimed. Called in a loop by a worker.

    An event whose topic nobody handles is done at once. A failing handler is retried with growing pauses and
    parked after `MAX_ATTEMPTS`; parked events are counted by the operator's check, never dropped.
    """
    token = uuid.uuid4()
    events = _claim(token, batch)
    for event in events:
        handler = handlers.get(event.topic)
        try:
            if handler is not None:
                handler(event)
        except Exception as failure:  # noqa: BLE001 - the boundary of the worker: the event keeps the reason
            log.warning("event_failed", topic=event.topic, subject=event.subject, error=repr(failure))
            _fail(event, token, failure)
        else:
            _finish(event, token)
    return len(events)


def _claim(token: uuid.UUID, batch: int) -> list[Event]:
    moment = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE plumbing_outboxevent SET lease_until = %s, lease_token = %s, attempts = attempts + 1
            WHERE id IN (
                SELECT id FROM plumbing_outboxevent
                WHERE done_at IS NULL AND parked_at IS NULL AND due_at <= %s
                  AND (lease_until IS NULL OR lease_until < %s)
                ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED)
            RETURNING id, topic, subject, payload, attempts
            """,
            [moment + LEASE, token, moment, moment, batch],
        )
        rows = cursor.fetchall()
    return [Event(id_, topic, subject, _as_dict(payload), n) for id_, topic, subject, payload, n in sorted(rows)]


def _as_dict(payload: Any) -> Mapping[str, Any]:
    return json.loads(payload) if isinstance(payload, str) else payload


def _finish(event: Event, token: uuid.UUID) -> None:
    OutboxEvent.objects.filter(id=event.id, lease_token=token).update(done_at=clock.now(), last_error="")


def _fail(event: Event, token: uuid.UUID, failure: Exception) -> None:
    moment = clock.now()
    pause = min(_FIRST_PAUSE * 2 ** (event.attempts - 1), _LONGEST_PAUSE)
    OutboxEvent.objects.filter(id=event.id, lease_token=token).update(
        lease_until=None,
        due_at=moment + pause,
        last_error=repr(failure)[:2000],
        parked_at=moment if event.attempts >= MAX_ATTEMPTS else None,
    )

"""Seal the recordings of a sale with its contract: nothing is added after, and the log commits to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from baohe.plumbing import clock
from baohe.rooms.recordings.contracts import Sealed
from baohe.rooms.recordings.models import Recording, Subject
from baohe.rooms.recordings.rules.keeping import keep_until


def close(policy_id: UUID, subject_ids: Collection[UUID], shard_key: int, contract_end: date) -> Sealed | None:
    """Close every recording of a quote and proposal that became `policy_id`; in the caller's transaction.

    `contract_end` is the first day without cover; of several policies from one sitting the latest date counts. The
    facts name each recording with its parts and the digest of its last one. None where nothing was recorded.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("close belongs in the transaction of the issue")
    rows = list(_of(subject_ids, shard_key))
    if not rows:
        return None
    moment, until = clock.now(), keep_until(contract_end, clock.today())
    for row in rows:
        row.state, row.closed_at = "closed", row.closed_at or moment
        row.keep_until = max(until, row.keep_until or until)
        row.save(update_fields=["state", "closed_at", "keep_until"])
    Subject.objects.bulk_create(
        [
            Subject(shard_key=row.shard_key, recording=row, kind="policy", subject_id=policy_id, at=moment)
            for row in rows
        ],
        ignore_conflicts=True,
    )
    return Sealed({"recordings": [seal(row) for row in rows]})


def seal(row: Recording) -> dict[str, object]:
    """What the log commits to of one recording."""
    return {"recording": str(row.id), "build": row.build_id, "parts": row.next_part, "head": row.head}


def _of(subject_ids: Collection[UUID], shard_key: int) -> Collection[Recording]:
    named = Subject.objects.filter(subject_id__in=subject_ids, shard_key=shard_key).values("recording_id")
    return (
        Recording.objects.select_for_update()
        .filter(id__in=named)
        .exclude(state="destroyed")
        .exclude(next_part=0)
        .order_by("id")
    )

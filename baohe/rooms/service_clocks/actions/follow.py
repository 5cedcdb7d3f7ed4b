"""Bring the clock of a subject to where its turns say it stands: begin, stand still, run on, end (SERV-4)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from baohe.kernel.dates import business_date
from baohe.kernel.escalation import next_level
from baohe.plumbing.queues import queue_behind
from baohe.rooms.service_clocks.contracts import Subject, Turn
from baohe.rooms.service_clocks.models import ServiceClock
from baohe.rooms.service_clocks.rules.clocks import KINDS, in_force
from baohe.rooms.service_clocks.rules.levels import levels_of
from baohe.rooms.service_clocks.rules.running import Run, run


def hold(kind: str, subject_id: UUID) -> None:
    """Until the transaction ends nobody else moves the clock of this subject, also one that is not there yet. Taken
    before the story is read: an older story must not be written over a newer one."""
    queue_behind("service_clocks", [f"{kind}:{subject_id}"])


def follow(subject: Subject, turns: Sequence[Turn]) -> None:
    """`turns` is the whole story of the subject so far, in order; the caller holds the subject. Told twice or late it
    comes to the same: what is told is where things stand, not what happened last. A clock that ended stays ended."""
    code = KINDS[subject.kind].code
    standing = run(code, turns)
    if standing is None:
        return
    row = _found(subject) or _begun(subject, code, standing)
    if row.ended_at is None:
        _move(row, subject, standing)


def _found(subject: Subject) -> ServiceClock | None:
    """Locked against a round that raises it."""
    return (
        ServiceClock.objects.select_for_update()
        .filter(shard_key=subject.shard_key, kind=subject.kind, subject_id=subject.id)
        .first()
    )


def _begun(subject: Subject, code: str, standing: Run) -> ServiceClock:
    law = in_force(code, business_date(standing.begun_at))
    return ServiceClock(
        shard_key=subject.shard_key,
        code=code,
        kind=subject.kind,
        subject_id=subject.id,
        account_id=subject.account_id,
        name_zh=subject.name.zh,
        name_en=subject.name.en,
        rule=law.rule,
        source=law.source,
        begun_at=standing.begun_at,
        runs_since=standing.begun_at,
        falls_at=standing.falls_at,
    )


def _move(row: ServiceClock, subject: Subject, standing: Run) -> None:
    # a moment that did not move keeps what was raised for it; a moved one is planned anew
    reached = row.level if row.falls_at == standing.falls_at else 0
    runs = standing.stands_since is None and standing.ended_at is None
    following = next_level(levels_of(row.kind), standing.falls_at, reached, standing.runs_since) if runs else None
    row.level, row.raise_at = reached, following[1] if following else None
    row.runs_since, row.falls_at = standing.runs_since, standing.falls_at
    row.stands_since, row.ended_at = standing.stands_since, standing.ended_at
    row.handler_id = subject.handler_id
    row.save()

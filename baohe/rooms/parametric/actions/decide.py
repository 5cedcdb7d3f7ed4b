"""Look at an observation: what do its sources agree on, and is it time?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.catalog.contracts import Trigger
from baohe.rooms.parametric import believing, locks, triggers
from baohe.rooms.parametric.contracts import DECIDED, Actor, Decided
from baohe.rooms.parametric.models import Dispute, Observation, Outcome, Ruling
from baohe.rooms.parametric.rules import clocks, recording
from baohe.rooms.parametric.rules.agreeing import Agreement, agree, event_of
from baohe.rooms.parametric.rules.counting import Counted, settles_at


def due(most: int) -> tuple[UUID, ...]:
    """Observations to be looked at, the longest due first."""
    rows = Observation.objects.filter(look_at__lte=clock.now()).order_by("look_at")
    return tuple(rows.values_list("id", flat=True)[:most])


def decide(observation_id: UUID) -> Decided:
    """Inside the caller's transaction. An agreement is recorded once and never changed by a machine: what contradicts
    it later opens a dispute. Raises `NotFound`."""
    row = locks.observation(observation_id)
    trigger = triggers.of(row)
    said = believing.believed(row, trigger)
    now = clock.now()
    closed = now >= row.closes_at
    deaf = len(believing.stopped(trigger.sources))
    found = agree(trigger, {source: one.value for source, one in said.items()}, closed, deaf)
    row.look_at = None
    before = row.number
    if row.state in DECIDED:
        _contradictions(row, trigger, said, found)
    elif found.outcome == "agreed":
        _agreed(row, trigger, said, found, closed)
    elif found.outcome == "waiting":
        row.look_at = row.closes_at
    elif row.state == "waiting":
        _to_people(row, trigger, found.outcome)
    row.save()
    return decided(row, fresh=row.number > before)


def decided(row: Observation, fresh: bool) -> Decided:
    last = row.outcomes.filter(number=row.number).first()
    return Decided(row.id, row.shard_key, row.state, row.event, last.digest if last else "", fresh, row.look_at)


def still_holds(row: Observation) -> bool:
    """Whether the sources that agreed are believed now: one that was stopped since takes its word with it."""
    last = row.outcomes.filter(number=row.number).first()
    if last is None or last.maker_id is not None:
        return last is not None
    trigger = triggers.of(row)
    return len(set(last.agreeing) - believing.stopped(trigger.sources)) >= trigger.need


def to_people(row: Observation, why: str) -> None:
    row.state, row.why, row.answer_by = "people", why, clocks.answer_by(clock.now())


def record(
    row: Observation,
    found: Agreement,
    digest: str,
    *,
    closed: bool,
    reports: Iterable[str] = (),
    by: tuple[Actor, Actor] | None = None,
) -> None:
    """The next outcome of the row, which the caller has locked."""
    row.number += 1
    maker, checker = by or (None, None)
    Outcome.objects.create(
        observation=row,
        shard_key=row.shard_key,
        number=row.number,
        event=found.event,
        closed=closed,
        reports=sorted(reports),
        agreeing=list(found.agreeing),
        differing=list(found.differing),
        digest=digest,
        decided_at=clock.now(),
        maker_id=maker.id if maker else None,
        maker_name=maker.name if maker else "",
        checker_id=checker.id if checker else None,
        checker_name=checker.name if checker else "",
    )


def holds_from_now(row: Observation, event: str) -> None:
    row.event, row.state = event, "agreed" if event else "nothing"
    row.why, row.answer_by = "", None
    row.decided_at = row.decided_at or clock.now()


def _agreed(row: Observation, trigger: Trigger, said: Mapping[str, Counted], found: Agreement, closed: bool) -> None:
    if found.agreeing:  # where nobody spoke there is no moment to count from, and the window is over
        ready: datetime = settles_at(trigger, row.day, [said[source].observed_at for source in found.agreeing])
        if clock.now() < ready and not closed:
            row.look_at = ready
            return
    reports = [digest for one in said.values() for digest in one.digests]
    digest = recording.of_outcome(row.version_id, trigger, row.subject, closed, reports, found)
    record(row, found, digest, closed=closed, reports=reports)
    holds_from_now(row, found.event)
    Ruling.objects.filter(observation=row, confirmed_at=None, returned_at=None).update(returned_at=clock.now())


def _to_people(row: Observation, trigger: Trigger, outcome: str) -> None:
    """Apart before the end of a day on the map is too early: more stations may speak."""
    ready = settles_at(trigger, row.day, [clock.now()]) if trigger.circle else clock.now()
    if clock.now() < ready:
        row.look_at = ready
        return
    stopped = believing.stopped(trigger.sources)
    to_people(row, "stopped" if outcome == "silent" and stopped else outcome)


def _contradictions(row: Observation, trigger: Trigger, said: Mapping[str, Counted], found: Agreement) -> None:
    """Within the days of correction: the sources agree on something else now, or one spoke late and differs."""
    if row.decided_at is None or clock.now() > clocks.correctable_until(trigger, row.decided_at):
        return
    machine = row.outcomes.filter(maker_id=None).order_by("number").last()
    known = set(machine.reports) if machine else set()
    if found.outcome == "agreed" and found.event != row.event:
        _dispute(row, "correction", f"{found.event}/{row.number}", "", found.event)
        return
    for source, one in said.items():
        event = event_of(trigger, one.value)
        if event != row.event and not set(one.digests) <= known:
            _dispute(row, "late", f"{source}/{one.digests[-1]}", source, event or "")


def _dispute(row: Observation, kind: str, mark: str, source: str, event: str) -> None:
    now = clock.now()
    Dispute.objects.get_or_create(
        observation=row,
        kind=kind,
        mark=mark[:100],
        defaults={"source": source, "event": event, "opened_at": now, "answer_by": clocks.answer_by(now)},
    )

"""Policies begin to wait for their observation, which begins to exist with the first of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.catalog.contracts import ProductVersion, Trigger
from baohe.rooms.parametric import triggers
from baohe.rooms.parametric.contracts import DECIDED, Watching
from baohe.rooms.parametric.models import Observation, Watch
from baohe.rooms.parametric.rules import clocks
from baohe.rooms.parametric.rules.subjects import days_watched, place_subject, waits_for
from baohe.rooms.policies.contracts import PolicyView


def watch(waiting: Sequence[Watching], places: Sequence[str] = ()) -> list[Observation]:
    """Inside the caller's transaction; twice is once. Answers with the observations that were decided already:
    whoever calls has them settled for the new policies too. `places`: the choice of each circle, "" without one."""
    wanted = {(w.version_id, w.trigger, w.subject): (w, place) for w, place in _with_places(waiting, places)}
    Observation.objects.bulk_create([_new(w, place) for w, place in wanted.values()], ignore_conflicts=True)
    rows = _existing(wanted)
    Watch.objects.bulk_create(
        [
            Watch(shard_key=w.shard_key, policy_id=w.policy_id, observation=rows[w.version_id, w.trigger, w.subject])
            for w in waiting
        ],
        ignore_conflicts=True,
    )
    return [row for row in rows.values() if row.state in DECIDED]


def watched_by(version_id: str, subjects: Collection[str]) -> list[tuple[str, UUID]]:
    """(subject, policy) of every policy of the version that waits for one of these."""
    rows = Watch.objects.filter(observation__version_id=version_id, observation__subject__in=subjects)
    return list(rows.values_list("observation__subject", "policy_id"))


def watch_own(policy: PolicyView, version: ProductVersion) -> list[Observation]:
    """A customer's own policy: on the map every covered day at the place it was bought for, else what the price or the
    insured thing names (a sensor). Raises `InvalidInput` when it names nothing that can be waited for."""
    days, waiting, places = days_watched(policy.start, policy.end), [], []
    facts = {**policy.inputs, **{line.code: line.value for line in policy.insured_object}}
    for trigger in version.triggers:
        if trigger.circle is None:
            for subject, day in waits_for(trigger.measure, facts, policy.start, policy.end):
                waiting.append(Watching(policy.id, policy.shard_key, version.id, trigger.code, subject, day))
                places.append("")
            continue
        place = policy.inputs[trigger.circle.input]
        point = trigger.circle.by_value[place]
        for day in days:
            subject = place_subject(point, trigger.circle.radius_km, day)
            waiting.append(Watching(policy.id, policy.shard_key, version.id, trigger.code, subject, day))
            places.append(place)
    return watch(waiting, places) if waiting else []


def _with_places(waiting: Sequence[Watching], places: Sequence[str]) -> Iterable[tuple[Watching, str]]:
    return zip(waiting, places or [""] * len(waiting), strict=True)


def _new(waiting: Watching, place: str) -> Observation:
    trigger: Trigger = triggers.filed(waiting.version_id, waiting.trigger)
    now = clock.now()
    return Observation(
        shard_key=shard_of(waiting.subject),
        version_id=waiting.version_id,
        trigger=waiting.trigger,
        measure=trigger.measure,
        subject=waiting.subject,
        place=place,
        day=waiting.day,
        opened_at=now,
        closes_at=clocks.closes_at(trigger, waiting.day),
        look_at=now,  # what was told before anybody waited for it
    )


def _existing(keys: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], Observation]:
    wanted = set(keys)
    found = Observation.objects.filter(subject__in={subject for _, _, subject in wanted})
    rows = {(row.version_id, row.trigger, row.subject): row for row in found}
    return {key: rows[key] for key in wanted}

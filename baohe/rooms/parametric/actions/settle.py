"""Batch after batch: what is left of an observation, some of it held, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from baohe.kernel.decisions import Text
from baohe.plumbing import clock
from baohe.rooms.catalog.contracts import Trigger
from baohe.rooms.parametric import locks, shapes, triggers
from baohe.rooms.parametric.actions import breakers
from baohe.rooms.parametric.actions.decide import still_holds, to_people
from baohe.rooms.parametric.contracts import Agreed, Batch, Taken
from baohe.rooms.parametric.models import Observation, Settlement, Watch
from baohe.rooms.parametric.rules.words import band_in_words

_PAID = ("agreed", "settled")
_WORKERS = 8
"""So many batches are looked at, for workers at once to find one each."""
_BY_PEOPLE = Text("理赔员核定", "Decided by handlers")


def begin(observation_id: UUID, most: int) -> Batch | None:
    """What to settle next, at most `most` policies; None when it is done, stopped, or no longer holds. Inside the
    caller's transaction. The limits of an hour are asked here, so that two workers may pass them by one batch each."""
    row = locks.observation(observation_id)
    scope = triggers.scope_of(row)
    if row.state not in _PAID or breakers.is_open(scope):
        return None
    left = tuple(_unsettled(row).order_by("id").values_list("id", flat=True)[: most * _WORKERS])
    if not left:
        row.state = "settled"
        row.save(update_fields=["state"])
        return None
    if row.state == "agreed" and not still_holds(row):
        to_people(row, "stopped")
        row.save()
        return None
    trigger, (claims, fen) = triggers.of(row), breakers.spent(scope)
    if fen >= trigger.fen_an_hour or claims >= trigger.claims_an_hour:
        breakers.trip(scope, "money" if fen >= trigger.fen_an_hour else "claims")
        return None
    return Batch(
        _agreed(row, trigger), left, min(most, trigger.claims_an_hour - claims), fen_left=trigger.fen_an_hour - fen
    )


def take(watch_ids: Sequence[UUID], most: int, agreed: Agreed) -> list[Taken]:
    """Hold up to `most` of these policies' rows until the transaction ends; left out is what another worker has, what
    is settled, and everything when something else was decided meanwhile."""
    held = locks.watches(watch_ids, most)
    open_ones = Watch.objects.filter(id__in=held, observation__state__in=_PAID, observation__event=agreed.event)
    rows = open_ones.filter(~Exists(_done(agreed.event))).order_by("id")
    return [Taken(watch.id, watch.policy_id, watch.shard_key) for watch in rows]


def note_settled(agreed: Agreed, done: Sequence[tuple[Taken, UUID, int]]) -> None:
    """In the transaction that held the watches and decided the claims: (policy, claim, fen), 0 when a person has it."""
    Settlement.objects.bulk_create(
        Settlement(
            shard_key=taken.shard_key,
            watch_id=taken.watch_id,
            scope=agreed.scope,
            event=agreed.event,
            claim_id=claim_id,
            amount_fen=amount_fen,
            settled_at=clock.now(),
        )
        for taken, claim_id, amount_fen in done
    )


def _agreed(row: Observation, trigger: Trigger) -> Agreed:
    band = trigger.band(row.event)
    assert band is not None  # an agreed event is one of the filed bands
    what, comes_to = shapes.what(row, trigger), band_in_words(row.measure, band)
    return Agreed(
        event=row.event,
        subject=row.subject,
        occurred_at=shapes.occurred_at(row, trigger),
        told_by=shapes.agreeing_names(row) or _BY_PEOPLE,
        what=Text(f"{what.zh}，{comes_to.zh}", f"{what.en}, {comes_to.en}"),
        clause=trigger.clause,
        scope=triggers.scope_of(row),
        band=band,
    )


def _unsettled(row: Observation) -> QuerySet[Watch]:
    return Watch.objects.filter(~Exists(_done(row.event)), observation=row)


def _done(event: str) -> QuerySet[Settlement]:
    return Settlement.objects.filter(watch_id=OuterRef("id"), event=event)

"""One policy after the other: what is left of an observation, one of it held, what became of it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from baohe.kernel.decisions import Text
from baohe.plumbing import clock
from baohe.rooms.parametric import locks, shapes, triggers
from baohe.rooms.parametric.actions import breakers
from baohe.rooms.parametric.actions.decide import still_holds, to_people
from baohe.rooms.parametric.contracts import Batch, ToSettle
from baohe.rooms.parametric.models import Observation, Settlement, Watch
from baohe.rooms.parametric.rules.words import band_in_words

_PAID = ("agreed", "settled")


def begin(observation_id: UUID, most: int) -> Batch:
    """Watches to settle next, at most `most`; none when it is done, stopped, or no longer holds. Inside the caller's
    transaction. The limits of an hour are asked here, so that two workers may pass them by one batch each."""
    row = locks.observation(observation_id)
    if row.state not in _PAID:
        return Batch()
    scope = triggers.scope_of(row)
    if breakers.is_open(scope):
        return Batch()
    left = tuple(_unsettled(row).order_by("id").values_list("id", flat=True)[:most])
    if not left:
        row.state = "settled"
        row.save(update_fields=["state"])
        return Batch()
    if row.state == "agreed" and not still_holds(row):
        to_people(row, "stopped")
        row.save()
        return Batch()
    trigger, (claims, fen) = triggers.of(row), breakers.spent(scope)
    if fen >= trigger.fen_an_hour or claims >= trigger.claims_an_hour:
        breakers.trip(scope, "money" if fen >= trigger.fen_an_hour else "claims")
        return Batch()
    return Batch(left[: trigger.claims_an_hour - claims], trigger.fen_an_hour - fen)


def take(watch_id: UUID) -> ToSettle | None:
    """Hold one policy's row until the transaction ends; None when another worker has it, or it is settled."""
    if not locks.watch(watch_id):
        return None
    watch = Watch.objects.select_related("observation").get(id=watch_id)
    row = watch.observation
    if row.state not in _PAID:
        return None
    if Settlement.objects.filter(watch=watch, event=row.event).exists():
        return None
    trigger = triggers.of(row)
    band = trigger.band(row.event)
    assert band is not None  # begin: the event is one of the filed bands
    names = shapes.agreeing_names(row)
    return ToSettle(
        watch_id=watch.id,
        policy_id=watch.policy_id,
        event=row.event,
        subject=row.subject,
        occurred_at=shapes.occurred_at(row, trigger),
        told_by=names or Text("理赔员核定", "Decided by handlers"),
        what=Text(
            f"{shapes.what(row, trigger).zh}，{band_in_words(row.measure, band).zh}",
            f"{shapes.what(row, trigger).en}, {band_in_words(row.measure, band).en}",
        ),
        clause=trigger.clause,
    )


def note_settled(taken: ToSettle, claim_id: UUID, amount_fen: int) -> None:
    """In the transaction that held the watch and decided the claim; `amount_fen` 0 when a person has it."""
    watch = Watch.objects.select_related("observation").get(id=taken.watch_id)
    Settlement.objects.create(
        shard_key=watch.shard_key,
        watch=watch,
        scope=triggers.scope_of(watch.observation),
        event=taken.event,
        claim_id=claim_id,
        amount_fen=amount_fen,
        settled_at=clock.now(),
    )


def _unsettled(row: Observation) -> QuerySet[Watch]:
    done = Settlement.objects.filter(watch_id=OuterRef("id"), event=row.event)
    return Watch.objects.filter(~Exists(done), observation=row)

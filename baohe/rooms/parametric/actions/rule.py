"""People decide what the sources could not, or answer a dispute: one proposes, another confirms."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog.contracts import Trigger
from baohe.rooms.parametric import locks, triggers
from baohe.rooms.parametric.actions.decide import decided, holds_from_now, record
from baohe.rooms.parametric.contracts import DECIDED, Actor, Decided
from baohe.rooms.parametric.errors import NotWaiting, SecondNameNeeded
from baohe.rooms.parametric.models import Dispute, Observation, Ruling
from baohe.rooms.parametric.rules import recording
from baohe.rooms.parametric.rules.agreeing import NOTHING, Agreement, worth


def propose(actor: Actor, observation_id: UUID, event: str, note: str) -> None:
    """The first name. `event` is one of the trigger's, or "" for nothing. Raises `InvalidInput`, `NotWaiting`."""
    row = locks.observation(observation_id)
    if event != NOTHING and triggers.of(row).band(event) is None:
        raise InvalidInput(field="event", reason_zh="不是这项约定的档位", reason_en="is no band of this trigger")
    if not 2 <= len(note.strip()) <= 200:
        raise InvalidInput(field="note", reason_zh="写明依据，2–200 字", reason_en="needs 2 to 200 characters")
    disputed = Dispute.objects.filter(observation=row, answered_at=None).exists()
    open_one = Ruling.objects.filter(observation=row, confirmed_at=None, returned_at=None).exists()
    if open_one or not (row.state == "people" or disputed):
        raise NotWaiting()
    Ruling.objects.create(
        observation=row,
        on_number=row.number,
        event=event,
        note=note.strip(),
        maker_id=actor.id,
        maker_name=actor.name,
        proposed_at=clock.now(),
    )


def confirm(actor: Actor, ruling_id: UUID) -> tuple[Decided, tuple[tuple[UUID, UUID, bool], ...]]:
    """The second name. What was paid stays paid: a correction adds, and never takes back. Answers with the
    decision and, for every customer who disputed, (account, claim, whether the data stands). Raises
    `SecondNameNeeded`, `NotWaiting`."""
    row, ruling = _held(ruling_id)
    if ruling.maker_id == actor.id:
        raise SecondNameNeeded()
    if ruling.on_number != row.number:
        raise NotWaiting()
    maker, before = Actor(ruling.maker_id, ruling.maker_name), row.event
    trigger = triggers.of(row)
    last = row.outcomes.filter(number=row.number).first()
    digest = recording.of_people(
        row.version_id, row.subject, ruling.event, last.digest if last else "", (str(maker.id), str(actor.id))
    )
    record(row, Agreement("agreed", ruling.event), digest, closed=True, by=(maker, actor))
    if row.state not in DECIDED or _pays_more(trigger, row, ruling.event):
        holds_from_now(row, ruling.event)
    row.save()
    ruling.checker_id, ruling.checker_name, ruling.confirmed_at = actor.id, actor.name, clock.now()
    ruling.save(update_fields=["checker_id", "checker_name", "confirmed_at"])
    return decided(row, fresh=True), _answer(row, stands=row.event == before)


def give_back(actor: Actor, ruling_id: UUID) -> None:
    """Not confirmed; also its own maker may take it back. Raises `NotWaiting`."""
    _, ruling = _held(ruling_id)
    ruling.checker_id, ruling.checker_name, ruling.returned_at = actor.id, actor.name, clock.now()
    ruling.save(update_fields=["checker_id", "checker_name", "returned_at"])


def _held(ruling_id: UUID) -> tuple[Observation, Ruling]:
    observation_id = Ruling.objects.filter(id=ruling_id).values_list("observation_id", flat=True).first()
    if observation_id is None:
        raise NotFound(what="这项核定")
    row = locks.observation(observation_id)
    ruling = Ruling.objects.select_for_update().get(id=ruling_id)
    if ruling.confirmed_at is not None or ruling.returned_at is not None:
        raise NotWaiting()
    return row, ruling


def _pays_more(trigger: Trigger, row: Observation, event: str) -> bool:
    return worth(trigger, event) > worth(trigger, row.event)


def _answer(row: Observation, stands: bool) -> tuple[tuple[UUID, UUID, bool], ...]:
    waiting = Dispute.objects.filter(observation=row, answered_at=None)
    customers = tuple(
        (account_id, claim_id, stands)
        for account_id, claim_id in waiting.filter(kind="customer").values_list("account_id", "claim_id")
    )
    waiting.update(answered_at=clock.now(), stands=stands)
    return customers

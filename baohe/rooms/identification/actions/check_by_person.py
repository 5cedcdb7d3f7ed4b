"""A person makes sure instead of a machine: nobody who keeps their face to themselves ends in front of a wall."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.kernel.errors import Conflict, InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.identification.actions.read_card import keep_step
from baohe.rooms.identification.contracts import BY_PERSON, Party
from baohe.rooms.identification.models import PersonCheck


def ask_person(party: Party) -> None:
    """Put the customer into the desk's queue; asking twice is once."""
    row = PersonCheck(
        id=clock.new_id(),
        shard_key=party.shard_key,
        account_id=party.account_id,
        person_id=party.person_id,
        state="open",
        asked_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # one waits already
        return


def end_check(check_id: UUID, staff_id: UUID, staff_name: str, passed: bool, note: str) -> None:
    """What the named person saw, in their words. Raises `NotFound`, `Conflict` when it is ended, `InvalidInput`
    without words."""
    note = note.strip()
    if not 0 < len(note) <= 200:
        raise InvalidInput(
            field="note", reason_zh="请写明怎样核实，最多 200 字", reason_en="say how, in 200 characters"
        )
    with transaction.atomic():
        row = PersonCheck.objects.select_for_update().filter(id=check_id).first()
        if row is None:
            raise NotFound(what="人工核实")
        if row.state != "open":
            raise Conflict(reason_zh="已有结论", reason_en="it is ended")
        row.state = "passed" if passed else "not_passed"
        row.by, row.by_name, row.note, row.ended_at = staff_id, staff_name, note, clock.now()
        row.save()
        if passed:
            party = Party(row.account_id, row.person_id, row.shard_key, "", clock.today())
            keep_step(party, BY_PERSON, {"note": note}, by=staff_id, by_name=staff_name)

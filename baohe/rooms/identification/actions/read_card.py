"""Read an identity card and keep nothing of it; or keep a copy where the law asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.plumbing.pictures import SafePicture
from baohe.plumbing.uploads import safe_picture
from baohe.rooms.identification import ports, sealing
from baohe.rooms.identification.contracts import COPY, CardReading, Party, StepView
from baohe.rooms.identification.errors import CardNotReadable
from baohe.rooms.identification.models import Step
from baohe.rooms.identification.rules.keeping import kept_until
from baohe.rooms.people import facade as people

_KEPT = ("nation", "address", "authority", "valid_from", "valid_until")


def read_card(picture: bytes, side: str) -> CardReading:
    """What one side says. The picture is made anew, read and dropped. Seconds of work; not in a transaction.

    Raises what `safe_picture` raises, `CardNotReadable` with what to do.
    """
    return _read(safe_picture(picture), side)


def keep_copy(party: Party, number: str, front: bytes, back: bytes) -> StepView:
    """Both sides, read, compared with the person's own identity number and sealed for ten years. Seconds of work.

    Raises what `safe_picture` raises, `CardNotReadable` (also for somebody else's card).
    """
    pictures = {"front": safe_picture(front), "back": safe_picture(back)}
    readings = {side: _read(picture, side) for side, picture in pictures.items()}
    if readings["front"].value("number") != number:
        raise CardNotReadable("other_person")
    said = {code: value for reading in readings.values() for code in _KEPT if (value := reading.value(code))}
    id_ = clock.new_id()
    for side, picture in pictures.items():
        sealing.keep_picture(id_, side, picture.jpeg)  # before its row: a row never names a file that is not there
    return keep_step(party, COPY, said, id_, picture=f"identification/{id_}")


def keep_step(
    party: Party,
    kind: str,
    said: Mapping[str, str],
    step_id: UUID | None = None,
    *,
    picture: str = "",
    by: UUID | None = None,
    by_name: str = "",
) -> StepView:
    """Write down what was made sure of; it only grows."""
    id_ = step_id or clock.new_id()
    with transaction.atomic():
        row = Step.objects.create(
            id=id_,
            shard_key=party.shard_key,
            account_id=party.account_id,
            person_id=party.person_id,
            kind=kind,
            at=clock.now(),
            kept_until=kept_until(clock.today()),
            detail_sealed=sealing.detail(id_, said),
            picture=picture,
            by=by,
            by_name=by_name,
        )
    return StepView(row.kind, row.at, row.kept_until, row.by_name)


def _read(picture: SafePicture, side: str) -> CardReading:
    reading = ports.read_card(picture.jpeg, side, people.region_names(), clock.today())
    if reading.problem:
        raise CardNotReadable(reading.problem)
    return reading

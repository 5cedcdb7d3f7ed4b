"""Add the next part to a recording: in order, once, and only what a page of ours can hold."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.recordings import builds, sealing
from baohe.rooms.recordings.contracts import RecordingView
from baohe.rooms.recordings.errors import PartDiffers, PartOutOfOrder, PartUnreadable, RecordingClosed, RecordingFull
from baohe.rooms.recordings.models import Page, Recording, Subject
from baohe.rooms.recordings.models import Part as PartRow
from baohe.rooms.recordings.rules import chain, events
from baohe.rooms.recordings.rules.events import PageMark, Part
from baohe.rooms.recordings.views import recording_view

MOST_PARTS = 600
MOST_BYTES = 2 * 1024 * 1024
"""Of one recording, as kept: some thirty times what a sale needs."""


def read_part(body: bytes, *, packed: bool) -> Part:
    """A part as sent, opened within its bounds. Raises `PartTooLarge`, `PartUnreadable`."""
    return events.read(events.unpack(body, packed=packed))


def append_part(
    account_id: UUID, recording_id: UUID, number: int, previous: str, part: Part, sent: int, quotes: Collection[UUID]
) -> RecordingView:
    """Keep `part` as number `number` (from 0) behind the part whose digest is `previous`.

    A repeat of what is kept already changes nothing and answers as the first time. `sent` is its size on the wire;
    `quotes` names which of its subjects are quotes, the others are proposals: the caller has checked that all of them
    belong to this customer. Raises `NotFound` (also for another customer's), `PartOutOfOrder`, `PartDiffers`,
    `PartUnreadable`, `RecordingClosed`, `RecordingFull`, `PageUnknown`.
    """
    with transaction.atomic():
        row = _locked(account_id, recording_id)
        if number < row.next_part:
            return _repeated(row, number, previous, part)
        _refuse(row, number, previous, part)
        _keep(row, number, part, sent)
        _note_pages(row, number, part.pages)
        _note_subjects(row, part.pages, quotes)
        return recording_view(row)


def _locked(account_id: UUID, recording_id: UUID) -> Recording:
    row = (
        Recording.objects.select_for_update(of=("self",))
        .select_related("build")
        .filter(id=recording_id, account_id=account_id)
        .first()
    )
    if row is None:
        raise NotFound(what="投保记录")
    return row


def _repeated(row: Recording, number: int, previous: str, part: Part) -> RecordingView:
    kept = PartRow.objects.get(recording=row, number=number, shard_key=row.shard_key)
    if kept.digest != chain.link(previous, part.content):
        raise PartDiffers(part=number)
    return recording_view(row)


def _refuse(row: Recording, number: int, previous: str, part: Part) -> None:
    if row.state != "open":
        raise RecordingClosed()
    if number > row.next_part:
        raise PartOutOfOrder(expected=row.next_part)
    if previous != row.head:
        raise PartDiffers(part=number)
    if number == 0 and not part.begins:
        raise PartUnreadable(reason_zh="开头没有完整的页面", reason_en="it does not begin with a whole page")
    if number >= MOST_PARTS or row.size + len(part.content) // 4 > MOST_BYTES:
        raise RecordingFull()


def _keep(row: Recording, number: int, part: Part, sent: int) -> None:
    moment = clock.now()
    body = sealing.encrypt(sealing.open_key(row.id, row.key_sealed or b""), row.id, number, part.content)
    digest = chain.link(row.head, part.content)
    PartRow.objects.create(
        shard_key=row.shard_key,
        recording=row,
        number=number,
        digest=digest,
        body=body,
        sent_bytes=max(sent, 1),
        received_at=moment,
    )
    row.next_part, row.head, row.size, row.last_at = number + 1, digest, row.size + len(body), moment
    row.save(update_fields=["next_part", "head", "size", "last_at"])


def _note_pages(row: Recording, number: int, marks: Collection[PageMark]) -> None:
    Page.objects.bulk_create(
        Page(
            shard_key=row.shard_key,
            recording=row,
            part=number,
            at=mark.at,
            kind=mark.kind,
            page=mark.page,
            version=builds.version_of(row.build, mark.page),
            subjects=[str(subject) for subject in mark.subjects],
            shown=dict(mark.shown),
        )
        for mark in marks
    )


def _note_subjects(row: Recording, marks: Collection[PageMark], quotes: Collection[UUID]) -> None:
    named = {subject for mark in marks for subject in mark.subjects}
    Subject.objects.bulk_create(
        [
            Subject(
                shard_key=row.shard_key,
                recording=row,
                kind="quote" if subject in quotes else "proposal",
                subject_id=subject,
                at=row.last_at,
            )
            for subject in sorted(named)
        ],
        ignore_conflicts=True,
    )

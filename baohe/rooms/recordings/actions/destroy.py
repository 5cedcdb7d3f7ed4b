"""End recordings after their date: the key is destroyed, the leaf stays (SALE-6)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction

from baohe.kernel.dates import business_date
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.recordings.errors import KeptUntil, OnHold
from baohe.rooms.recordings.models import Hold, Part, Recording, Subject
from baohe.rooms.recordings.rules.keeping import keeping_on, unsold_until

BATCH = 200
log = structlog.get_logger()


def destroy(recording_id: UUID) -> None:
    """Destroy one recording whose date is over: its key and its parts go, its row, pages' digests and leaf stay.

    A repeat changes nothing. Raises `KeptUntil` before the date, `OnHold` while a dispute holds it, `NotFound`.
    """
    with transaction.atomic():
        row = Recording.objects.select_for_update().filter(id=recording_id).first()
        if row is None:
            raise NotFound(what="投保记录")
        if row.state == "destroyed":
            return
        _refuse(row)
        row.state, row.key_sealed, row.destroyed_at = "destroyed", None, clock.now()
        row.save(update_fields=["state", "key_sealed", "destroyed_at"])
        Part.objects.filter(recording=row).update(body=None)
    log.info("recording_destroyed", recording=str(recording_id))


def retention() -> int:
    """The daily round: destroy what is over and held by no dispute, at most `BATCH`. Answers how many."""
    done = 0
    for recording_id in _over():
        try:
            destroy(recording_id)
            done += 1
        except (KeptUntil, OnHold):  # a part or a hold came meanwhile
            continue
    return done


def _refuse(row: Recording) -> None:
    until = row.keep_until or unsold_until(business_date(row.last_at))
    if clock.today() <= until:
        raise KeptUntil(until=until.isoformat())
    named = Subject.objects.filter(recording=row, kind="policy").values("subject_id")
    held = Hold.objects.filter(policy_id__in=named, lifted_at=None).first()
    if held is not None:
        raise OnHold(reason=held.reason)


def _over() -> list[UUID]:
    today = clock.today()
    rests = timedelta(days=keeping_on(today).unsold_days)
    quiet = datetime.combine(today - rests, time(), tzinfo=ZoneInfo("Asia/Shanghai"))
    held = Hold.objects.filter(lifted_at=None).values("policy_id")
    kept = Subject.objects.filter(kind="policy", subject_id__in=held).values("recording_id")
    closed = Recording.objects.filter(state="closed", keep_until__lt=today).exclude(id__in=kept)
    unsold = Recording.objects.filter(state="open", last_at__lt=quiet)
    return [
        *closed.order_by("keep_until", "id").values_list("id", flat=True)[:BATCH],
        *unsold.order_by("last_at", "id").values_list("id", flat=True)[:BATCH],
    ]

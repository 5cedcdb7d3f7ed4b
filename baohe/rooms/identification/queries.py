"""Reads: how far a person is, who is under review, and the desk's queues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from baohe.kernel.dates import business_date, day_begins
from baohe.kernel.errors import NotFound
from baohe.kernel.work_calendar import working_days_after
from baohe.plumbing import clock
from baohe.rooms.consent import facade as consent
from baohe.rooms.identification import sealing
from baohe.rooms.identification.actions.load_list import view as list_view
from baohe.rooms.identification.contracts import (
    BIOMETRIC,
    BY_PERSON,
    CLEARED,
    COPY,
    LIVENESS,
    OPEN,
    PROPOSED,
    CheckView,
    Demand,
    HitEventView,
    HitView,
    ListView,
    OverView,
    Party,
    Standing,
    StepView,
)
from baohe.rooms.identification.matching import list_in_use, matches
from baohe.rooms.identification.models import Hit, LivenessSession, PersonCheck, Step

ANSWER_WORKING_DAYS = 2
_WAITING = Q(state__in=(OPEN, PROPOSED))


def standing(party: Party, demand: Demand) -> Standing:
    """What of a demand is done. A check by a person stands for liveness."""
    rows = Step.objects.filter(person_id=party.person_id, destroyed_at=None).order_by("-at")[:50]
    done = {row.kind for row in rows}
    if BY_PERSON in done:
        done.add(LIVENESS)
    waiting = PersonCheck.objects.filter(person_id=party.person_id, state="open").first()
    return Standing(
        demand=demand,
        done=tuple(StepView(row.kind, row.at, row.kept_until, row.by_name) for row in rows),
        missing=tuple(kind for kind in demand.steps if kind not in done),
        person_asked_at=None if waiting is None else waiting.asked_at,
        liveness_open=LivenessSession.objects.filter(person_id=party.person_id, verdict="open").exists(),
        biometric_allowed=consent.is_granted(party.account_id, BIOMETRIC, str(party.person_id)),
    )


def under_review(parties: Sequence[Party]) -> datetime | None:
    """When the desk answers at the latest, while anybody of these is in question; None when nobody is. It looks at
    the list itself: a match that was not written down yet holds up the payment as well."""
    found = matches(parties)
    if not found:
        return None
    asked = Hit.objects.filter(person_id__in={match.party.person_id for match in found})
    states = {(hit.person_id, hit.entry_digest): hit for hit in asked}
    open_ones = [
        states.get((match.party.person_id, match.entry.digest))
        for match in found
        if (hit := states.get((match.party.person_id, match.entry.digest))) is None or hit.state != CLEARED
    ]
    if not open_ones:
        return None
    known = [hit.found_at for hit in open_ones if hit is not None]
    current = list_in_use()
    return answer_by(min(known) if known else current.loaded_at)  # type: ignore[union-attr]  # a match has a list


def answer_by(moment: datetime) -> datetime:
    """The end of the second working day after."""
    return day_begins(working_days_after(business_date(moment), ANSWER_WORKING_DAYS + 1))


def hits(page: int, size: int) -> tuple[list[HitView], int]:
    """What waits, the oldest first, and how many."""
    rows = Hit.objects.filter(_WAITING)
    first = (max(page, 1) - 1) * size
    return [_hit(row) for row in rows.order_by("found_at", "id")[first : first + size]], rows.count()


def hit(hit_id: UUID) -> HitView:
    """With its history. Raises `NotFound`."""
    row = Hit.objects.filter(id=hit_id).first()
    if row is None:
        raise NotFound(what="命中")
    events = row.events.order_by("id")[:100]
    return _hit(row, tuple(HitEventView(one.at, one.what, one.by_name, one.text) for one in events))


def checks(page: int, size: int) -> tuple[list[CheckView], int]:
    """Who waits for a person, the oldest first, and how many."""
    rows = PersonCheck.objects.filter(state="open")
    first = (max(page, 1) - 1) * size
    found = rows.order_by("asked_at", "id")[first : first + size]
    return [
        CheckView(row.id, row.account_id, row.person_id, row.state, row.asked_at, answer_by(row.asked_at))
        for row in found
    ], rows.count()


def waiting() -> tuple[int, datetime | None]:
    """How much the desk has to answer, and by when the first of it."""
    first = Hit.objects.filter(_WAITING).order_by("found_at").values_list("found_at", flat=True).first()
    asked = PersonCheck.objects.filter(state="open").order_by("asked_at").values_list("asked_at", flat=True).first()
    moments = [moment for moment in (first, asked) if moment is not None]
    count = Hit.objects.filter(_WAITING).count() + PersonCheck.objects.filter(state="open").count()
    return count, answer_by(min(moments)) if moments else None


def current_list() -> ListView | None:
    row = list_in_use()
    return None if row is None else list_view(row)


def copy_of(person_id: UUID, side: str) -> bytes:
    """The newest copy of a person's card, for the desk; whoever asks logs the read. Raises `NotFound`."""
    row = Step.objects.filter(person_id=person_id, kind=COPY, destroyed_at=None).order_by("-at").first()
    if row is None:
        raise NotFound(what="证件影像")
    return sealing.picture(row.id, side)


def over(after: OverView | None, size: int) -> list[OverView]:
    """Steps whose last day has passed, the longest over first, after `after`."""
    rows = Step.objects.filter(destroyed_at=None, kept_until__lt=clock.today())
    if after is not None:
        rows = rows.filter(Q(kept_until=after.kept_until, id__gt=after.id) | Q(kept_until__gt=after.kept_until))
    found = rows.order_by("kept_until", "id").values_list("id", "account_id", "kept_until")[:size]
    return [OverView(*row) for row in found]


def _hit(row: Hit, events: tuple[HitEventView, ...] = ()) -> HitView:
    return HitView(
        id=row.id,
        account_id=row.account_id,
        person_id=row.person_id,
        state=row.state,
        how=row.how,
        list_version=row.list_version,
        entry_reference=row.entry_reference,
        entry_name=row.entry_name,
        entry_birth=row.entry_birth,
        entry_note=row.entry_note,
        found_at=row.found_at,
        answer_by=answer_by(row.found_at),
        proposed_by=row.proposed_by,
        events=events,
    )

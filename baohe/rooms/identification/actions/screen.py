"""Compare people with the list in use, and put what matches before a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.identification.contracts import OPEN, Party
from baohe.rooms.identification.matching import Match, list_in_use, matches
from baohe.rooms.identification.models import Hit, HitEvent, ScreeningList
from baohe.rooms.identification.rules.keeping import kept_until


def screen(parties: Sequence[Party]) -> int:
    """Write down every match that nobody was asked about before; how many. Screening again changes nothing."""
    found = matches(parties)
    if not found:
        return 0
    with transaction.atomic():
        return sum(_keep(match) for match in found)


def screen_next(people_after: Iterable[Party], current: ScreeningList) -> bool:
    """One round's step over everybody: these people come next, in the order of their ids. False when there were none
    left, and the list is done."""
    batch = list(people_after)
    with transaction.atomic():
        if not batch:
            ScreeningList.objects.filter(id=current.id).update(screened_at=clock.now())
            return False
        screen(batch)
        ScreeningList.objects.filter(id=current.id).update(screened_after=batch[-1].person_id)
        return True


def unfinished() -> ScreeningList | None:
    """The list in use, until everybody was compared with it."""
    current = list_in_use()
    return current if current is not None and current.screened_at is None else None


def _keep(match: Match) -> int:
    party, entry = match.party, match.entry
    hit = Hit(
        id=clock.new_id(),
        shard_key=party.shard_key,
        account_id=party.account_id,
        person_id=party.person_id,
        list_version=match.version,
        entry_reference=entry.reference,
        entry_name=entry.name,
        entry_birth=entry.birth,
        entry_note=entry.note,
        entry_digest=entry.digest,
        how=match.how,
        state=OPEN,
        found_at=clock.now(),
        kept_until=kept_until(clock.today()),
    )
    Hit.objects.bulk_create([hit], ignore_conflicts=True)
    if not Hit.objects.filter(id=hit.id).exists():
        return 0  # asked about before, or by a screening at the same moment
    HitEvent.objects.create(hit=hit, at=hit.found_at, what="found", by_name="系统", text=match.version)
    return 1

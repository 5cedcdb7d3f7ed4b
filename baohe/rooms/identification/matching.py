"""Which entries of the list in use are written or sound like these people: two look-ups, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from baohe.rooms.identification.contracts import Party
from baohe.rooms.identification.models import EntrySound, ListEntry, ScreeningList
from baohe.rooms.identification.rules import names

_MOST = 500


@dataclass(frozen=True, slots=True)
class Match:
    party: Party
    entry: ListEntry
    how: str
    version: str


def list_in_use() -> ScreeningList | None:
    return ScreeningList.objects.order_by("-loaded_at", "-id").first()


def matches(parties: Sequence[Party]) -> list[Match]:
    current = list_in_use()
    if current is None or not parties:
        return []
    heard = {sound for party in parties for sound in names.sounds(party.name)}
    alike = EntrySound.objects.filter(list_id=current.id, sound__in=heard).values("entry_id")
    written = {names.key(party.name) for party in parties}
    entries = ListEntry.objects.filter(Q(name_key__in=written) | Q(id__in=alike), list_id=current.id)
    return [
        Match(party, entry, how, current.version)
        for entry in entries.order_by("reference", "name")[:_MOST]
        for party in parties
        if (how := names.how(party.name, party.birth, entry.name, entry.birth)) is not None
    ]

"""The marks of a claim end on their date: its hashes, its pictures' bits, its plain facts. What was seen, raised and
answered stays: precision is measured on it, and it holds codes that nothing can be looked up by."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from baohe.plumbing import clock
from baohe.rooms.fraud.models import ClaimTrace, KnownClaim, KnownPicture
from baohe.rooms.fraud.rules.keeping import kept_until

_LONGEST_BATCH = 500


def over(after: UUID | None, size: int) -> list[UUID]:
    """Claims with marks whose date, as far as it is known, is over, in the order of their ids behind `after`. The date
    is that of the contract as it was; `forget` decides by the contract as it is."""
    due = Q(keep_until__lt=clock.today()) | Q(keep_until=None)
    if after is not None:
        due &= Q(claim_id__gt=after)
    claims = KnownClaim.objects.filter(due).values_list("claim_id", flat=True)
    pictures = KnownPicture.objects.filter(due).values_list("claim_id", flat=True)
    return list(claims.union(pictures).order_by("claim_id")[: min(size, _LONGEST_BATCH)])


def forget(claim_id: UUID, noticed_on: date, contract_end: date, *, held: bool) -> bool:
    """Whether the marks are gone. They stay to the day that the contract, as it is now, asks for, and as long as
    something holds them (a dispute, a claim that is open). A repeat changes nothing."""
    until = kept_until(noticed_on, contract_end)
    with transaction.atomic():
        if held or clock.today() <= until:
            for table in (KnownClaim, KnownPicture):
                table.objects.filter(claim_id=claim_id).exclude(keep_until=until).update(keep_until=until)
            return False
        for gone in (ClaimTrace, KnownPicture, KnownClaim):
            gone.objects.filter(claim_id=claim_id).delete()
    return True

"""A place of a limited version: held, kept or given back. Everything inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, QuerySet

from baohe.plumbing import clock
from baohe.rooms.allowances.errors import SoldOut
from baohe.rooms.allowances.models import FREED, KEPT, RESERVED, Quota, Reservation

_LIVE = (RESERVED, KEPT)


def reserve(version_id: str, limit: int, subject_id: UUID, product: str) -> None:
    """Hold one of `limit` places for `subject_id`; a repeat keeps the place it has. `product` is named in a refusal.

    The counter moves by one conditional UPDATE, so that two who want the last place queue on its row and the second
    sees it gone (field bug 3). Raises `SoldOut`.
    """
    if Reservation.objects.filter(subject_id=subject_id, state__in=_LIVE).exists():
        return
    Quota.objects.bulk_create([Quota(version_id=version_id, limit=limit)], ignore_conflicts=True)
    if not Quota.objects.filter(version_id=version_id, used__lt=F("limit")).update(used=F("used") + 1):
        raise SoldOut(product=product, limit=limit)
    Reservation.objects.create(quota_id=version_id, subject_id=subject_id, reserved_at=clock.now())


def keep(subject_id: UUID) -> None:
    """It is sold: its place is gone for good. Once for ever; a sale without a place is refused by `IntegrityError`,
    for it would be one more than there are."""
    live = Reservation.objects.filter(subject_id=subject_id, state__in=_LIVE)
    if live.filter(state=RESERVED).update(state=KEPT, ended_at=clock.now()) or live.exists():
        return
    raise IntegrityError(f"{subject_id} is sold without a place of its limited version")


def free(subject_ids: Collection[UUID]) -> None:
    """They are not paid after all: somebody else may have their places. Nothing to give back is no fault.

    In one order of versions, that of `flows.limited.reserve`: two baskets never wait for each other (field bug 10).
    """
    held = Reservation.objects.filter(subject_id__in=subject_ids, state=RESERVED)
    for version_id in sorted(dict.fromkeys(held.order_by("subject_id").values_list("quota_id", flat=True))):
        _free_of(version_id, held)


def _free_of(version_id: str, held: QuerySet[Reservation]) -> None:
    Quota.objects.select_for_update().get(version_id=version_id)
    freed = held.filter(quota_id=version_id).update(state=FREED, ended_at=clock.now())
    Quota.objects.filter(version_id=version_id).update(used=F("used") - freed)

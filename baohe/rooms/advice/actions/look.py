"""Remembering a product looked at: only under its own consent, at most twenty, at most a month."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.advice.contracts import BROWSING
from baohe.rooms.advice.models import Look
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent import facade as consent

KEPT = timedelta(days=30)
MOST = 20


def look(account_id: UUID, product_code: str) -> bool:
    """True when it was remembered. Raises `NotFound`, `NotOnSale` for what is not on the shelf."""
    if not consent.is_granted(account_id, BROWSING):
        return False
    code = catalog.card(product_code).code
    now = clock.now()
    with transaction.atomic():
        Look.objects.update_or_create(account_id=account_id, product_code=code, defaults={"at": now})
        mine = Look.objects.filter(account_id=account_id)
        kept = list(mine.filter(at__gt=now - KEPT).order_by("-at").values_list("id", flat=True)[:MOST])
        mine.exclude(id__in=kept).delete()
    return True


def forget(account_id: UUID) -> None:
    """Clear everything looked at."""
    Look.objects.filter(account_id=account_id).delete()

"""Reads of the room: what was allowed, what was looked at."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.advice.actions.look import KEPT, MOST
from baohe.rooms.advice.contracts import BROWSING, HEALTH, PERSONAL, Settings
from baohe.rooms.advice.models import Look
from baohe.rooms.consent import facade as consent


def settings(account_id: UUID) -> Settings:
    allowed = [consent.is_granted(account_id, purpose) for purpose in (PERSONAL, BROWSING, HEALTH)]
    return Settings(*allowed, looked=len(looked(account_id)))


def looked(account_id: UUID) -> tuple[str, ...]:
    """Products looked at within the month, the latest first; nothing without the consent that stands now."""
    if not consent.is_granted(account_id, BROWSING):
        return ()
    mine = Look.objects.filter(account_id=account_id, at__gt=clock.now() - KEPT).order_by("-at", "product_code")
    return tuple(mine.values_list("product_code", flat=True)[:MOST])

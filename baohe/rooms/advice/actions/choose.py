"""Switching personal advice, browsing and health on and off. Off deletes what was kept for it, at once (DATA-1)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.canonical import digest
from baohe.rooms.advice.contracts import BROWSING, PERSONAL
from baohe.rooms.advice.models import AdviceRow, Look
from baohe.rooms.advice.rules.texts import CONSENTS
from baohe.rooms.consent import facade as consent


def choose(account_id: UUID, purpose: str, allowed: bool) -> None:
    """Record the choice; nothing is done when it is the one that stands. Raises `KeyError` for an unknown purpose."""
    wording = CONSENTS[purpose]
    with transaction.atomic():
        if allowed == consent.is_granted(account_id, purpose):
            return
        if allowed:
            consent.grant(account_id, purpose, digest(wording.as_dict()))
            return
        consent.withdraw(account_id, purpose)
        if purpose == BROWSING:
            Look.objects.filter(account_id=account_id).delete()
        if purpose == PERSONAL:
            AdviceRow.objects.filter(account_id=account_id).delete()

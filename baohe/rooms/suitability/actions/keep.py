"""Answers kept for the next purchase, because the customer wanted it, until the customer does not."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.suitability import sealing
from baohe.rooms.suitability.contracts import Answers
from baohe.rooms.suitability.models import KeptAnswers


def keep(account_id: UUID, answers: Answers) -> None:
    """Keep these instead of earlier ones."""
    KeptAnswers.objects.update_or_create(
        account_id=account_id,
        defaults={"answers_sealed": sealing.seal_kept(account_id, answers), "kept_at": clock.now()},
    )


def erase(account_id: UUID) -> bool:
    """Forget them; whether there were any. What was checked for a sale stays with that sale (SALE-6)."""
    return bool(KeptAnswers.objects.filter(account_id=account_id).delete()[0])

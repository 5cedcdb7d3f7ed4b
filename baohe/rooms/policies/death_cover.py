"""How much death cover exists for one insured, over all accounts and shards (SALE-12)."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Sum

from baohe.plumbing import clock, vault
from baohe.rooms.policies.models import Policy, Proposal


def index_of(identity_number: str) -> bytes:
    """Keyed hash of the insured's identity number: the same child under either parent's account."""
    return vault.blind_index("policies.insured", identity_number.strip().upper())


def held_fen(insured_index: bytes, except_proposal: UUID) -> int:
    """Policies that still run plus proposals being paid, without the one that asks. Call under `lock_insured`."""
    policies = Policy.objects.filter(
        insured_index=insured_index, cancelled_at=None, lapsed_on=None, death_cover_fen__gt=0, end__gt=clock.today()
    ).aggregate(total=Sum("death_cover_fen"))["total"]
    paying = (
        Proposal.objects.filter(insured_index=insured_index, state="paying")
        .exclude(id=except_proposal)
        .aggregate(total=Sum("death_cover_fen"))["total"]
    )
    return int(policies or 0) + int(paying or 0)

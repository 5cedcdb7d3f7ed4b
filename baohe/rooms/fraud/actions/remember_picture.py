"""Keep a picture's 64 bits. Only of pictures that are not printed forms: see `rules.pictures`."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from baohe.rooms.fraud.models import KnownPicture
from baohe.rooms.fraud.rules.pictures import bands


def remember_picture(
    claim_id: UUID, paper_id: UUID, picture: int, *, account_id: UUID, shard_key: int, keep_until: date
) -> None:
    """Once per paper; `picture` is a `perceptual_hash`, `keep_until` as of `kept_until`."""
    parts = {f"band_{place}": band for place, band in enumerate(bands(picture))}
    KnownPicture.objects.get_or_create(
        paper_id=paper_id,
        defaults={
            "claim_id": claim_id,
            "account_id": account_id,
            "shard_key": shard_key,
            "keep_until": keep_until,
            **parts,
        },
    )

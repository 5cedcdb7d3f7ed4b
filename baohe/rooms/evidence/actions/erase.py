"""Forget what a leaf commits to."""

from __future__ import annotations

from uuid import UUID

from baohe.rooms.evidence.models import EvidenceLeaf


def erase_opening(leaf_id: UUID) -> bool:
    """Remove salt, subject and facts. The published commitment stays and can no longer be tried out."""
    return EvidenceLeaf.objects.filter(id=leaf_id, opening__isnull=False).update(opening=None) == 1

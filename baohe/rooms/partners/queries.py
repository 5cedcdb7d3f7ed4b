"""Reads."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from baohe.rooms.partners.models import Partner


def partner_names(ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Id → (code, name) of the partners that exist."""
    return {row.id: (row.code, row.name) for row in Partner.objects.filter(id__in=ids)}

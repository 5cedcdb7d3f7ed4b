"""Sixty days are over and the claim is not decided: a task to pay what is certain, once (INS 25)."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.claims import locks, records
from baohe.rooms.claims.deciding import consider, policy_of
from baohe.rooms.claims.models import Advance, Claim
from baohe.rooms.claims.rules.certain import certain_fen


def advances_due(size: int) -> list[UUID]:
    """Claims with a person whose sixtieth day has ended and that have no task yet, the oldest first."""
    rows = Claim.objects.filter(state="with_person", advance_by__lte=clock.now(), advance=None)
    return list(rows.order_by("advance_by", "id").values_list("id", flat=True)[:size])


def raise_advance(claim_id: UUID) -> bool:
    """Make the task, with what is certain proposed. False when it was made before, or is not due any more. Inside the
    caller's transaction."""
    row = locks.any_claim(claim_id)
    due = row.state == "with_person" and row.advance_by is not None and row.advance_by <= clock.now()
    if not due or Advance.objects.filter(claim=row).exists():
        return False
    certain = certain_fen(consider(row, policy_of(row)).case)
    Advance.objects.create(claim=row, shard_key=row.shard_key, raised_at=clock.now(), certain_fen=certain)
    records.milestone(row, "advance_due", amount_fen=certain or None)
    return True

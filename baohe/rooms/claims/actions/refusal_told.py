"""The claimant was told of a refusal with its reasons (INS 24)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.rooms.claims import clocks, locks, records
from baohe.rooms.claims.actions.states import not_open, refuse_unless_handler
from baohe.rooms.people import facade as people


def refusal_told(claim_id: UUID) -> None:
    """Told by message: ends the clock of the refusal notice. Twice is once; inside the caller's transaction. Raises
    `NotFound`."""
    clocks.follow(locks.any_claim(claim_id), "refusal_told")


def told_by_hand(staff_id: UUID, claim_id: UUID) -> None:
    """A handler told it by letter or in person, where no telephone was known; the name stays in the story. Raises
    `ClaimNotOpen` when nothing is to be told (any more), `NotAllowed`, `NotFound`."""
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    with transaction.atomic():
        row = locks.any_claim(claim_id)
        if not row.deadlines.filter(code="refusal_notice", ended_at=None).exists():
            raise not_open(row)
        records.milestone(row, "refusal_told", name=staff.name)

"""The claimant takes a claim back before it is decided."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.rooms.claims import locks, records, reserves
from baohe.rooms.claims.actions.states import not_open
from baohe.rooms.claims.contracts import ClaimView
from baohe.rooms.claims.errors import AdvanceUnderWay
from baohe.rooms.claims.queries.claim import claim


def withdraw(account_id: UUID, claim_id: UUID) -> ClaimView:
    """Withdraw a draft or a claim that waits for a handler. Twice is once. Raises `ClaimNotOpen`, `AdvanceUnderWay`,
    `NotFound`."""
    with transaction.atomic():
        row = locks.own_claim(account_id, claim_id)
        if row.state not in ("draft", "with_person", "withdrawn") or row.paid_fen:
            raise not_open(row)
        if row.payments.exists():  # an advance on its way, or failed and still owed
            raise AdvanceUnderWay()
        if row.state != "withdrawn":
            row.state = "withdrawn"
            row.review_open = False
            reserves.move_to(row, 0, "withdrawn")
            records.milestone(row, "withdrawn")
            row.save()
    return claim(account_id, claim_id)

"""The claimant submits: the rules answer at once. The flow that calls this pays in the same transaction."""

from __future__ import annotations

from uuid import UUID

from baohe.rooms.claims import locks, payees, records
from baohe.rooms.claims.contracts import Settled
from baohe.rooms.claims.deciding import consider, policy_of, settle
from baohe.rooms.claims.models import ClaimDecision


def submit(account_id: UUID, claim_id: UUID, fraud_signal: bool = False) -> Settled:
    """Decide a draft, inside the caller's transaction; with `fraud_signal` a person looks instead of a payment. A claim
    submitted before answers with its last decision and no second order. Raises `NotFound`, `PayeeNeeded`."""
    row = locks.own_claim(account_id, claim_id)
    if row.state != "draft":
        last = ClaimDecision.objects.filter(claim=row).order_by("-number").first()
        return records.settled(row, last, None, fresh=False)
    payees.account_of(row)  # asked for before anything is decided: an agreed sum must have somewhere to go
    return settle(row, consider(row, policy_of(row), fraud_signal=fraud_signal))

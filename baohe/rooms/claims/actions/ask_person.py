"""A person, on request, at any time (SERV-9, DATA-3)."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.claims import locks, records, reserves
from baohe.rooms.claims.actions.states import not_open
from baohe.rooms.claims.contracts import Settled
from baohe.rooms.claims.deciding import consider, policy_of, settle
from baohe.rooms.claims.models import Claim
from baohe.rooms.claims.rules import deadlines


def ask_person(account_id: UUID, claim_id: UUID) -> Settled:
    """A draft goes to a handler as it is; a paid claim is recalculated by one; a refusal is looked at again.

    Asking twice is asking once. Inside the caller's transaction. Raises `ClaimNotOpen` once withdrawn, `NotFound`.
    """
    row = locks.own_claim(account_id, claim_id)
    if row.state == "draft":
        records.milestone(row, "person_asked")
        return settle(row, consider(row, policy_of(row), asked_for_person=True))
    if row.state == "withdrawn":
        raise not_open(row)
    if row.state == "refused_by_person":
        row.state = "with_person"
        row.decide_by = deadlines.decide_by(clock.now())
        reserves.reopened(row)
        open_review(row)
    elif row.state != "with_person":
        open_review(row)
    return records.settled(row, None, None, fresh=False)


def open_review(row: Claim, told: bool = True) -> None:
    """`told`: it was the claimant who asked."""
    if not row.review_open:
        row.review_open = True
        row.reply_by = deadlines.reply_by(clock.now())
        if told:
            records.milestone(row, "review_asked")
        row.save()

"""How long the marks of a claim live, and how claims from before get theirs.

The marks die with the papers of the contract (`fraud.forget`), except while a dispute of this customer or the claim
itself is open. Claims that were decided before there was a look at them are remembered, so that a later one is compared
with them; they are not looked at themselves, since nothing would come of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from baohe.flows import look_for_fraud
from baohe.rooms.claims import facade as claims
from baohe.rooms.fraud import facade as fraud
from baohe.rooms.policies import facade as policies
from baohe.rooms.recordings import facade as recordings

EVERY_SECONDS = 3_600
_ROUND_SIZE = 200


@dataclass(frozen=True, slots=True)
class Backfilled:
    """One batch: the last claim of it (None when there was none), claims looked through and those remembered anew."""

    last: UUID | None
    claims: int
    remembered: int


def retention() -> int:
    """The round: forget what is over, by the contracts as they are today. Answers of how many claims."""
    done, last = 0, None
    while batch := fraud.over(last, _ROUND_SIZE):
        last = batch[-1]
        done += sum(map(_forgotten, batch))
    return done


def backfill(after: UUID | None = None, size: int = _ROUND_SIZE) -> Backfilled:
    """The marks of the next claims behind `after` that were handed in and are not known. Each claim is a transaction of
    its own: what is done stays done, and a repeat passes over it."""
    batch = claims.handed_in_after(after, size)
    known = fraud.known(batch)
    remembered = sum(_remembered(claim_id) for claim_id in batch if claim_id not in known)
    return Backfilled(batch[-1] if batch else None, len(batch), remembered)


def _forgotten(claim_id: UUID) -> bool:
    told = claims.keeping(claim_id)
    held = told.open or bool(recordings.dispute_of(told.account_id))
    return fraud.forget(claim_id, told.noticed_on, policies.policy_by_id(told.policy_id).end, held=held)


def _remembered(claim_id: UUID) -> bool:
    told = claims.keeping(claim_id)
    if fraud.is_over(told.noticed_on, policies.policy_by_id(told.policy_id).end):
        return False
    look_for_fraud.remember_pictures(told.account_id, claim_id)
    with transaction.atomic():
        fraud.remember(look_for_fraud.facts_of(claim_id))
    return True

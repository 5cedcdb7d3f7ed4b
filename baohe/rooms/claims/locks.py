"""The order in which the room locks, always the same: claim row → decisions under the policy → papers by their hash.
A flow that may agree money holds the policy itself before all of them: leaving it queues there too.

The policy is locked because two claims at once would each see the whole yearly limit; the papers, because two claims
under two policies at once would each find an invoice unused.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.plumbing.queues import queue_behind
from baohe.rooms.claims.models import Claim


def own_claim(account_id: UUID, claim_id: UUID) -> Claim:
    """The claimant's claim, its row locked. Raises `NotFound`, also for claims of others."""
    row = Claim.objects.select_for_update().filter(id=claim_id, account_id=account_id).first()
    if row is None:
        raise NotFound(what="这件理赔")
    return row


def any_claim(claim_id: UUID) -> Claim:
    """A claim for staff and workers, its row locked. Raises `NotFound`."""
    row = Claim.objects.select_for_update().filter(id=claim_id).first()
    if row is None:
        raise NotFound(what="这件理赔")
    return row


def policy(*policy_ids: UUID) -> None:
    """Queue behind every other decision under these policies until the transaction ends: one, or a family's that
    share a deductible."""
    queue_behind("claims.policy", (policy_id.bytes for policy_id in policy_ids))


def papers(marks: Iterable[bytes]) -> None:
    """Queue behind every other decision on any of these pictures or invoices."""
    queue_behind("claims.paper", marks)

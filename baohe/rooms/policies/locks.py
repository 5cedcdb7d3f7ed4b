"""Rows for writing. Lock order of the room: the insured's death cover, then the proposal, then the policy."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing.queues import queue_behind
from baohe.rooms.policies.models import Policy, Proposal


def proposal_for_update(account_id: UUID, proposal_id: UUID) -> Proposal:
    """The account's proposal, locked until the transaction ends. Raises `NotFound`, also for another account's."""
    row = (
        Proposal.objects.select_for_update()
        .filter(id=proposal_id, account_id=account_id, shard_key=shard_of(str(account_id)))
        .first()
    )
    if row is None:
        raise NotFound(what="投保单")
    return row


def policy_for_update(account_id: UUID, policy_id: UUID) -> Policy:
    """The account's policy, locked until the transaction ends. Raises `NotFound`, also for another account's."""
    row = (
        Policy.objects.select_for_update()
        .filter(id=policy_id, account_id=account_id, shard_key=shard_of(str(account_id)))
        .first()
    )
    if row is None:
        raise NotFound(what="保单")
    return row


def lock_insured(insured_index: bytes) -> None:
    """Queue everything that adds death cover to one child: two parents paying at once must not pass the limit
    together (SALE-12)."""
    queue_behind("policies.insured", [insured_index])

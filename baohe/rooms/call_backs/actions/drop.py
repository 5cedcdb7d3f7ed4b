"""The policy ended first: nobody needs to be asked."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.call_backs.models import CallBack


def drop(policy_id: UUID, shard_key: int) -> bool:
    """Whether there was one that waited. Inside the transaction that ends the policy, under the policy's lock."""
    waiting = CallBack.objects.filter(shard_key=shard_key, policy_id=policy_id, ended_at=None)
    return waiting.update(ended_at=clock.now()) == 1

"""A call-back for a new policy, in the transaction that issues it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.rooms.call_backs.models import CallBack
from baohe.rooms.call_backs.rules.limits import escalate_on


def plan(policy_id: UUID, shard_key: int, account_id: UUID, version_id: str, last_day: date) -> None:
    """`last_day` is the last day of cooling-off. A repeat changes nothing."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a call-back belongs in the transaction of its policy")
    moment = clock.now()
    CallBack.objects.get_or_create(
        shard_key=shard_key,
        policy_id=policy_id,
        defaults={
            "id": clock.new_id(),
            "account_id": account_id,
            "version_id": version_id,
            "last_day": last_day,
            "escalate_on": escalate_on(business_date(moment), last_day),
            "made_at": moment,
        },
    )

"""Write down what a policy will pay later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.billing.models import Instalment
from baohe.rooms.billing.rules import days


def plan(
    *, policy_id: UUID, account_id: UUID, shard_key: int, terms: Sequence[tuple[int, date, int]], grace_days: int
) -> None:
    """The later instalments, each (number, due day, fen). What stands already stays as it is: a plan is made once,
    however often it is asked for, and whoever asks at the same time.

    Of a plan that is written late, for a policy sold before there were plans, the grace of what fell due long ago
    begins now: nobody loses cover for a premium that was never asked for (SERV-8)."""
    today = clock.today()
    Instalment.objects.bulk_create(
        [
            Instalment(
                id=clock.new_id(),
                shard_key=shard_key,
                policy_id=policy_id,
                account_id=account_id,
                number=number,
                due_on=due_on,
                grace_ends=days.grace_ends(max(due_on, today), grace_days),
                amount_fen=amount_fen,
                remind_on=days.announce_on(due_on),
                next_try_on=due_on,
            )
            for number, due_on, amount_fen in terms
        ],
        ignore_conflicts=True,
    )

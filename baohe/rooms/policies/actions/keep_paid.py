"""What later instalments do to a policy: they pay it, their absence suspends or ends it, paying up restores it.

Every act locks the policy's row and belongs in the transaction of the money or the round that caused it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.errors import PremiumNotTaken
from baohe.rooms.policies.models import Policy, PremiumReceipt, Suspension
from baohe.rooms.policies.shapes import policy_view


def hold(policy_id: UUID) -> PolicyView:
    """The policy, its row locked until the transaction ends: charging, leaving, stopping deductions and lapsing queue
    here, so each sees what the others did. Raises `NotFound`."""
    return policy_view(_held(policy_id), clock.today())


def hold_many(policy_ids: Collection[UUID]) -> dict[UUID, PolicyView]:
    """The same for many in one statement, in the order of their ids: two that hold many never wait for each other in
    a circle."""
    rows = Policy.objects.select_for_update().filter(id__in=policy_ids).order_by("id")
    today = clock.today()
    parts = ("receipts", "suspensions", "endorsements", "beneficiary_changes")
    return {row.id: policy_view(row, today) for row in rows.prefetch_related(*parts)}


def receive(policy_id: UUID, number: int, amount_fen: int, payment_id: UUID, provider: str, on: date) -> PolicyView:
    """An instalment came in; the database adds it to what was paid. Raises `PremiumNotTaken` when the policy has
    ended or the instalment has been paid by another payment; a repeat of the same payment changes nothing."""
    row = _held(policy_id)
    earlier = row.receipts.filter(number=number).first()
    if earlier is not None:
        if earlier.payment_id != payment_id:
            raise PremiumNotTaken(reason_zh="这一期已由另一笔付款交清", reason_en="another payment has paid it")
        return policy_view(row, clock.today())
    if _over(row):
        raise PremiumNotTaken(reason_zh="保单已经终止", reason_en="the policy has ended")
    PremiumReceipt.objects.create(
        id=clock.new_id(),
        policy=row,
        shard_key=row.shard_key,
        number=number,
        amount_fen=amount_fen,
        payment_id=payment_id,
        provider=provider,
        received_on=on,
    )
    return hold(policy_id)


def suspend(policy_id: UUID, since: date) -> bool:
    """Cover stops with `since` (SERV-8). False when it was suspended before, or has ended."""
    row = _held(policy_id)
    if _over(row) or row.suspensions.filter(until=None).exists():
        return False
    Suspension.objects.create(id=clock.new_id(), policy=row, shard_key=row.shard_key, since=since)
    return True


def resume(policy_id: UUID, on: date) -> bool:
    """Cover runs again from `on`. False when nothing was suspended, or the policy has ended."""
    row = _held(policy_id)
    if _over(row):
        return False
    return row.suspensions.filter(until=None).update(until=on) == 1


def lapse(policy_id: UUID, on: date) -> bool:
    """The contract ends for good with `on`, the first day without cover. False when it had ended before."""
    row = _held(policy_id)
    if _over(row):
        return False
    return Policy.objects.filter(id=policy_id).update(lapsed_on=on) == 1


def end_by_claim(policy_id: UUID, on: date) -> bool:
    """A claim was paid that ends the contract, with `on` the first day without it. False when it had ended before."""
    row = _held(policy_id)
    if _over(row) or on >= row.end:
        return False
    return Policy.objects.filter(id=policy_id).update(ended_by_claim_on=on) == 1


def _over(row: Policy) -> bool:
    """Left, lapsed, or ended by a claim: nothing keeps it or ends it again."""
    return row.cancelled_at is not None or row.lapsed_on is not None or row.ended_by_claim_on is not None


def _held(policy_id: UUID) -> Policy:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("belongs in the transaction of its cause")
    row = Policy.objects.select_for_update().filter(id=policy_id).first()
    if row is None:
        raise NotFound(what="保单")
    return row

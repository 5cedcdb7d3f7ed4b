"""“这个数据不对”: the customer says so, and a person answers by a clock."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.rooms.parametric import locks, shapes, triggers
from baohe.rooms.parametric.contracts import DisputeView
from baohe.rooms.parametric.errors import NothingToDispute, TooLateToDispute
from baohe.rooms.parametric.models import Dispute, Settlement
from baohe.rooms.parametric.rules import clocks


def dispute(account_id: UUID, claim_id: UUID) -> DisputeView:
    """Inside the caller's transaction, which knows whose claim it is. Once for a claim: a repeat answers the first.

    Raises `NothingToDispute`, `TooLateToDispute`.
    """
    settled = Settlement.objects.filter(claim_id=claim_id).select_related("watch").order_by("-id").first()
    if settled is None:
        raise NothingToDispute()
    row = locks.observation(settled.watch.observation_id)
    trigger = triggers.of(row)
    now = clock.now()
    until = clocks.correctable_until(trigger, row.decided_at or now)
    earlier = Dispute.objects.filter(observation=row, kind="customer", mark=str(claim_id)).first()
    if earlier is not None:
        return shapes.dispute_view(earlier, trigger)
    if now > until:
        raise TooLateToDispute(until=business_date(until).isoformat())
    made = Dispute.objects.create(
        observation=row,
        kind="customer",
        mark=str(claim_id),
        account_id=account_id,
        claim_id=claim_id,
        opened_at=now,
        answer_by=clocks.answer_by(now),
    )
    made.refresh_from_db()  # every answer tells the moment in the same zone
    return shapes.dispute_view(made, trigger)

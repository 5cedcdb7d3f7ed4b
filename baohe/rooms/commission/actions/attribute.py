"""Name the producer of a sale, before the signature."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.commission.contracts import AdviserCard
from baohe.rooms.commission.errors import SaleClosed
from baohe.rooms.commission.models import Attribution
from baohe.rooms.commission.queries import card_of, registered


def attribute(proposal_id: UUID, code: str) -> AdviserCard | None:
    """The producer of a draft; without a code nobody. The caller drafts the proposal in the same transaction, so what
    is named here is what the customer sees and signs; from the first premium on the row never changes (trigger).

    Raises `ProducerNotRegistered` (nothing is changed), `SaleClosed` once a policy was issued.
    """
    producer = registered(code, clock.today()) if code else None
    row = Attribution.objects.select_for_update().filter(proposal_id=proposal_id).first()
    if row is not None and row.policy_id is not None:
        raise SaleClosed(reason_zh="保单已经承保", reason_en="the policy is issued")
    if producer is None:
        if row is not None:
            row.delete()
        return None
    Attribution.objects.update_or_create(
        proposal_id=proposal_id, defaults={"producer": producer, "made_at": clock.now()}
    )
    return card_of(producer)

"""Name the producer of a sale, before the signature."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.commission.contracts import AdviserCard
from baohe.rooms.commission.errors import SaleClosed
from baohe.rooms.commission.models import Attribution
from baohe.rooms.commission.queries import adviser, registered


def attribute(proposal_id: UUID, code: str) -> AdviserCard:
    """The caller knows that the proposal is a draft. Repeated with the same code it changes nothing.

    Raises `ProducerNotRegistered` (nothing is written), `SaleClosed` when another producer is named already.
    """
    card = adviser(code, clock.today())
    producer = registered(code, clock.today())
    row, _ = Attribution.objects.get_or_create(
        proposal_id=proposal_id, defaults={"producer": producer, "made_at": clock.now()}
    )
    if row.producer_id != producer.id:
        raise SaleClosed(reason_zh="已有顾问", reason_en="an adviser is named")
    return card

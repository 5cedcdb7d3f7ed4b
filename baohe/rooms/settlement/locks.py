"""The locks of the room, in their order: party → batch → item. The ledger comes after them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.rooms.settlement.models import Batch, Party, Statement


def hold_party(party_id: UUID) -> Party:
    row = Party.objects.select_for_update().filter(id=party_id).first()
    if row is None:
        raise NotFound(what="结算对象")
    return row


def hold_parties(party_ids: Iterable[UUID]) -> None:
    """All at once and in the order of their ids, so that two batches cannot wait for each other."""
    list(Party.objects.select_for_update().filter(id__in=set(party_ids)).order_by("id").values_list("id"))


def hold_statement(statement_id: UUID, branch: str = "") -> Statement:
    """The statement, under the lock of its party. With `branch`, another party's is not found."""
    rows = Statement.objects.filter(id=statement_id)
    row = (rows.filter(party__branch=branch) if branch else rows).first()
    if row is None:
        raise NotFound(what="对账单")
    hold_party(row.party_id)
    return Statement.objects.select_related("party").get(id=statement_id)


def hold_batch(batch_id: UUID) -> Batch:
    """The batch, under the locks of all its parties."""
    row = Batch.objects.filter(id=batch_id).first()
    if row is None:
        raise NotFound(what="付款批次")
    hold_parties(row.items.values_list("party_id", flat=True))
    return Batch.objects.select_for_update().get(id=batch_id)

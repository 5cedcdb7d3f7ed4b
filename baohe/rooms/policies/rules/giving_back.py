"""How a refund is spread over the payments that made up the premium (SALE-9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from baohe.rooms.policies.contracts import PolicyView


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment of a policy. `number` is that of the first instalment it paid."""

    number: int
    payment_id: UUID
    amount_fen: int


def spread(refund_fen: int, payments: Sequence[Paid]) -> tuple[Paid, ...]:
    """What goes back of each payment: the latest first, each at most what it paid, all together exactly `refund_fen`.
    Nothing of 0. Raises `ValueError` when more is to go back than was paid."""
    parts, left = [], refund_fen
    for paid in sorted(payments, key=lambda paid: paid.number, reverse=True):
        part = min(left, paid.amount_fen)
        if part:
            parts.append(Paid(paid.number, paid.payment_id, part))
            left -= part
    if left:
        raise ValueError(f"{left} fen more to give back than was paid")
    return tuple(parts)


def left_of_payments(policy: PolicyView, returned_fen: int) -> list[Paid]:
    """The policy's payments, one that paid several instalments once, each without what has gone back of it after
    `returned_fen` in all. Raises `ValueError` when that is more than was paid."""
    if policy.payment_id is None:
        return []
    paid = {policy.payment_id: Paid(1, policy.payment_id, policy.first_fen)}
    for receipt in policy.receipts:
        before = paid.get(receipt.payment_id, Paid(receipt.number, receipt.payment_id, 0))
        paid[receipt.payment_id] = Paid(before.number, before.payment_id, before.amount_fen + receipt.amount_fen)
    gone = {part.payment_id: part.amount_fen for part in spread(returned_fen, list(paid.values()))}
    return [Paid(one.number, id_, one.amount_fen - gone.get(id_, 0)) for id_, one in paid.items()]

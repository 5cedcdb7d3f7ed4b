"""How a refund is spread over the payments that made up the premium (SALE-9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


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

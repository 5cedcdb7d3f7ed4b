"""Recoveries that came in, as the reconciliation with the bank's bill sees them: our side of money that others paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from baohe.kernel.dates import day_begins
from baohe.rooms.claims.contracts import ExpectedRecovery, ReceiptView
from baohe.rooms.claims.models import Recovery, RecoveryMove

PROVIDER = "transfer"
"""Where recoveries are paid to; the entry of a receipt says the same."""
_PREFIX = "recovery:"
_CHUNK = 500


def receipts_on(day: date) -> Iterator[ReceiptView]:
    """What two people booked as received on a Shanghai day."""
    rows = RecoveryMove.objects.filter(
        what="received", at__gte=day_begins(day), at__lt=day_begins(day + timedelta(days=1))
    )
    yield from map(_view, rows.select_related("recovery").order_by("at", "id").iterator(_CHUNK))


def receipts_by_references(references: Sequence[str]) -> list[ReceiptView]:
    """Those that carry one of these references of the bank; each counts once for ever."""
    rows = RecoveryMove.objects.filter(what="received", bank_reference__in=[one for one in references if one])
    return [_view(row) for row in rows.select_related("recovery").order_by("id")]


def receipts_by_numbers(numbers: Iterable[str]) -> list[ReceiptView]:
    """By the numbers that `receipts_on` gives; others are left out."""
    return receipts_by_references([one.removeprefix(_PREFIX) for one in numbers if one.startswith(_PREFIX)])


def recoveries_expecting(amount_fen: int, size: int = 5) -> tuple[ExpectedRecovery, ...]:
    """Open recoveries of which exactly this much is still to come, the oldest first: where money that named nobody may
    belong. A hint for people; nothing is booked by it."""
    settled = Coalesce(Sum("moves__amount_fen"), 0)
    rows = Recovery.objects.annotate(left=F("expected_fen") - settled).filter(left=amount_fen)
    found = rows.select_related("claim").order_by("opened_at", "id")[:size]
    return tuple(ExpectedRecovery(one.number, one.claim_id, one.claim.number, one.kind) for one in found)


def _view(row: RecoveryMove) -> ReceiptView:
    return ReceiptView(
        number=f"{_PREFIX}{row.bank_reference}",
        trade_no=row.bank_reference,
        amount_fen=row.amount_fen,
        at=row.at,
        recovery_number=row.recovery.number,
    )

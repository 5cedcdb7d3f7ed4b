"""What stands on suspense, and what explains it."""

from __future__ import annotations

from django.db.models import Sum

from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation.contracts import ItemView, SuspenseView
from baohe.rooms.reconciliation.models import Item
from baohe.rooms.reconciliation.queries import refuse_page
from baohe.rooms.reconciliation.views import item_view

_SURPLUS = ("surplus_received", "surplus_returned", "surplus_paid_out")
_FRESH = "suspense_received"  # with its reversals: a word that proved false


def suspense(provider: str) -> SuspenseView:
    """The suspense account of a provider, and what explains its balance."""
    by_kind = ledger.balances_by_kind(ledger.chart.suspense(provider))
    kinds = {kind: fen for (_, kind), fen in by_kind.items()}
    mine = Item.objects.filter(provider=provider)
    standing = mine.filter(ended_at=None).aggregate(fen=Sum("standing_fen"))["fen"] or 0
    adopted = mine.filter(adopted=True).aggregate(fen=Sum("diff_fen"))["fen"] or 0
    return SuspenseView(
        provider,
        balance_fen=-sum(kinds.values()),
        items_fen=int(standing),
        surplus_fen=-sum(kinds.get(kind, 0) for kind in _SURPLUS),
        fresh_fen=-kinds.get(_FRESH, 0) - int(adopted),
    )


def standing(provider: str, page: int = 1, size: int = 50) -> tuple[list[ItemView], int]:
    """The items that have money on suspense, the oldest first, and how many there are. Raises `InvalidInput`."""
    refuse_page(page, size)
    rows = Item.objects.filter(provider=provider, ended_at=None).exclude(standing_fen=0)
    found = rows.order_by("day", "id")[(page - 1) * size : page * size]
    return [item_view(row) for row in found], rows.count()


def was_booked(provider: str, trade_no: str, amount_fen: int) -> bool:
    """Whether people have dealt with the money of a trade that only its bill had told us of."""
    same = Item.objects.filter(provider=provider, movement="payment", trade_no=trade_no, diff_fen=amount_fen)
    return same.filter(state="booked", adopted=False).exists()


def problems() -> list[str]:
    """Suspense that no item, surplus or fresh suspense explains, in sentences."""
    told = []
    for provider in ledger.chart.PROVIDERS:
        found = suspense(provider)
        if found.off_fen:
            told.append(
                f"suspense/{provider} holds {found.balance_fen} fen, of which {found.off_fen} fen belong to no item"
            )
    return told

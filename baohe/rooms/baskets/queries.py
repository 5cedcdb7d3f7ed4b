"""Reads. A basket is asked for with its account; a stranger's item does not exist."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from baohe.rooms.baskets.contracts import ItemView
from baohe.rooms.baskets.models import BasketItem


def items_of(account_id: UUID) -> list[ItemView]:
    """What lies in the basket, oldest first; never more than the basket holds."""
    rows = BasketItem.objects.filter(account_id=account_id, left_at=None).order_by("added_at", "id")
    return [item_view(row) for row in rows]


def count(account_id: UUID) -> int:
    return BasketItem.objects.filter(account_id=account_id, left_at=None).count()


def holds(account_id: UUID, quote_id: UUID) -> bool:
    """Whether a quote lies in the account's basket."""
    return BasketItem.objects.filter(account_id=account_id, quote_id=quote_id, left_at=None).exists()


def locked(account_id: UUID, item_ids: Collection[UUID]) -> list[ItemView]:
    """The items that are still in the basket, locked until the transaction ends. Proposals are locked before."""
    rows = (
        BasketItem.objects.select_for_update()
        .filter(account_id=account_id, id__in=item_ids, left_at=None)
        .order_by("id")
    )
    return [item_view(row) for row in rows]


def item_view(row: BasketItem) -> ItemView:
    return ItemView(
        id=row.id,
        account_id=row.account_id,
        person_id=row.person_id,
        quote_id=row.quote_id,
        product_code=row.product_code,
        version_id=row.version_id,
        instalment=row.instalment,
        premium_fen=row.premium_fen,
        before_fen=row.before_fen,
        added_at=row.added_at,
    )

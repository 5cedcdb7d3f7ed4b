"""Put in, take out, price again. Taking out is as easy as putting in (SALE-2)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.plumbing.queues import queue_behind
from baohe.rooms.baskets.contracts import ItemView
from baohe.rooms.baskets.errors import BasketFull
from baohe.rooms.baskets.models import BasketItem
from baohe.rooms.baskets.queries import item_view
from baohe.rooms.quoting.contracts import QuoteView

MOST = 20


def add(account_id: UUID, quote: QuoteView, instalment: str) -> ItemView:
    """Keep `quote` in the account's basket; adding it again is the same item. Raises `BasketFull`, `NotFound` for
    another account's quote."""
    if quote.account_id != account_id:
        raise NotFound(what="报价")
    with transaction.atomic():
        _queue(account_id)
        live = BasketItem.objects.filter(account_id=account_id, left_at=None)
        earlier = live.filter(quote_id=quote.id).first()
        if earlier is not None:
            return item_view(earlier)
        if live.count() >= MOST:
            raise BasketFull(most=MOST)
        row = BasketItem.objects.create(
            id=clock.new_id(),
            shard_key=shard_of(str(account_id)),
            account_id=account_id,
            person_id=quote.person_id,
            quote_id=quote.id,
            product_code=quote.product_code,
            version_id=quote.version_id,
            instalment=_offered(quote, instalment),
            premium_fen=quote.premium_fen,
            added_at=clock.now(),
        )
        return item_view(row)


def replace_quote(account_id: UUID, item_id: UUID, quote: QuoteView) -> ItemView:
    """Let a new quote stand for the item; the price it had is kept to be shown. Raises `NotFound`."""
    with transaction.atomic():
        row = BasketItem.objects.select_for_update().filter(id=item_id, account_id=account_id, left_at=None).first()
        if row is None or (quote.account_id, quote.person_id, quote.product_code) != (
            account_id,
            row.person_id,
            row.product_code,
        ):
            raise NotFound(what="投保篮里的这一份")
        row.before_fen = row.premium_fen
        row.quote_id, row.version_id, row.premium_fen = quote.id, quote.version_id, quote.premium_fen
        row.instalment = _offered(quote, row.instalment)
        row.save()
        return item_view(row)


def remove(account_id: UUID, item_id: UUID) -> None:
    """Take an item out. Taking it out twice is once; an item that never was raises `NotFound`."""
    mine = BasketItem.objects.filter(id=item_id, account_id=account_id)
    if not mine.filter(left_at=None).update(left_at=clock.now(), left_how="removed") and not mine.exists():
        raise NotFound(what="投保篮里的这一份")


def bought(account_id: UUID, quote_ids: Collection[UUID]) -> None:
    """These quotes became policies; in the transaction of the sale, after its proposals are locked."""
    BasketItem.objects.filter(account_id=account_id, quote_id__in=quote_ids, left_at=None).update(
        left_at=clock.now(), left_how="bought"
    )


def _offered(quote: QuoteView, instalment: str) -> str:
    """The wish, or the first plan that the quote offers."""
    offered = [plan.code for plan in quote.price.instalments]
    return instalment if instalment in offered else offered[0]


def _queue(account_id: UUID) -> None:
    """Two tabs that add at once must not pass the limit together."""
    queue_behind("baskets", [account_id.bytes])

"""Reads."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.quoting import signing
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.quoting.errors import QuoteExpired
from baohe.rooms.quoting.models import Quote
from baohe.rooms.quoting.shapes import view_of


def quote(account_id: UUID, quote_id: UUID, valid_at: datetime | None = None) -> QuoteView:
    """The quote, fit to be used now, or at `valid_at` (a declaration that waited for a person's answer).

    Raises `NotFound` (also for another account's), `QuoteAltered`, `QuoteExpired`.
    """
    row = Quote.objects.filter(id=quote_id, account_id=account_id, shard_key=shard_of(str(account_id))).first()
    if row is None:
        raise NotFound(what="报价")
    signing.check(row)
    if (valid_at or clock.now()) >= row.valid_until:
        raise QuoteExpired(valid_until=row.valid_until.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"))
    return view_of(row)


def quotes_by_ids(account_id: UUID, quote_ids: Collection[UUID]) -> list[QuoteView]:
    """The account's quotes whatever their age, to be shown; whoever sells takes `quote`. Raises `QuoteAltered`."""
    rows = Quote.objects.filter(id__in=quote_ids, account_id=account_id, shard_key=shard_of(str(account_id)))
    views = []
    for row in rows:
        signing.check(row)
        views.append(view_of(row))
    return views


def quotes_of_day(account_id: UUID) -> int:
    """Quotes this account asked for within the last 24 hours."""
    since = clock.now() - timedelta(days=1)
    return Quote.objects.filter(account_id=account_id, created_at__gte=since).count()

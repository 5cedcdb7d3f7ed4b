"""The public catalogue feed (PUB-4): its shape, and the tag by which a reader knows that nothing changed."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import catalog as schema
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import FeedEntry


def feed_tag(request: HttpRequest, *args: object, **kwargs: object) -> str:
    """The catalogue as it stands, and the page of it that was asked for."""
    stamp, _ = catalog.feed_stamp()
    return _tag(stamp, request)


def page_tag(request: HttpRequest, *args: object, **kwargs: object) -> str:
    """Of an address that answers for the version on sale today: another day may bring another version."""
    stamp, _ = catalog.feed_stamp()
    return _tag(f"{stamp} {clock.today()}", request)


def _tag(stand: str, request: HttpRequest) -> str:
    return f'"{hashlib.sha256(f"{stand} {request.get_full_path()}".encode(errors="replace")).hexdigest()[:32]}"'


def published(entry: FeedEntry) -> schema.PublishedVersion:
    return schema.PublishedVersion(
        product=entry.product_code,
        version=entry.version,
        clause_name=entry.clause_name,
        filing_number=entry.filing_number,
        insurer=entry.insurer,
        effective_from=entry.effective_from,
        sale_ends=entry.sale_ends,
        content_hash=entry.content_hash,
        clauses_url=entry.clauses_url,
        rates_url=entry.rates_url,
        name=shapes.text(entry.name),
        line=entry.line,
        published_at=entry.published_at,
        cash_values_url=entry.cash_values_url,
    )

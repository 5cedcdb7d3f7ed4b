"""Reads. A version is immutable, so a process parses it once; which version is on sale is asked every time."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog.contracts import Card, CardPage, FeedEntry, Insurer, ProductVersion, SceneCount
from baohe.rooms.catalog.errors import NotOnSale
from baohe.rooms.catalog.models import InsurerRow, ProductVersionRow
from baohe.rooms.catalog.rules import listing, package

_CODE = re.compile(r"^[a-z0-9@-]{1,60}$")
_FAR = date(9999, 12, 31)


def version(version_id: str) -> ProductVersion:
    """The whole package of one version ever published. Raises `NotFound`."""
    return _parsed(version_id)


@functools.lru_cache(maxsize=512)
def _parsed(version_id: str) -> ProductVersion:
    row = ProductVersionRow.objects.filter(id=version_id).only("package").first() if _plain(version_id) else None
    if row is None:
        raise NotFound(what=_named(version_id))
    return package.parse(row.package)


def current(product_code: str, on: date) -> ProductVersion:
    """The version on sale on that day (PUB-2). Raises `NotOnSale` with the filed window, `NotFound`."""
    return _parsed(_current_id(product_code, on))


def on_sale(channel: str, on: date) -> list[ProductVersion]:
    """Every version on sale that day through a channel (app | open_api), in the order of the codes."""
    versions = [_parsed(id_) for id_ in _on_sale(on).order_by("id").values_list("id", flat=True)]
    return [version for version in versions if channel in version.channels]


def card(product_code: str, on: date | None = None) -> Card:
    """One product as in the list. Raises `NotOnSale`, `NotFound`."""
    row = ProductVersionRow.objects.only("card").get(id=_current_id(product_code, on or clock.today()))
    return listing.card_from(row.card)


def cards(product_codes: Sequence[str], on: date | None = None) -> list[Card]:
    """Several cards in the caller's order, in one query; products not on sale are left out."""
    rows = _on_sale(on or clock.today()).filter(product_id__in=[c for c in product_codes if _plain(c)]).only("card")
    found = {row.card["code"]: listing.card_from(row.card) for row in rows}
    return [found[code] for code in product_codes if code in found]


def search(
    *,
    q: str = "",
    scene: str = "",
    line: str = "",
    insurer: str = "",
    max_age: int | None = None,
    page: int = 1,
    size: int = 20,
    on: date | None = None,
) -> CardPage:
    """Products on sale that day, every word of `q` found in names, covers, pinyin or wording.

    `max_age` keeps products that still accept that age. Sold-here products first, then by code: a stable order
    that is nobody's ranking (PUB-3).
    """
    found = ProductVersionRow.objects.filter(id__in=_on_sale(on or clock.today()).values("id"))
    for word in listing.normal(q).split():
        found = found.filter(search_text__contains=word)
    if scene:
        found = found.filter(scenes__contains=[listing.normal(scene)])
    if line:
        found = found.filter(line=listing.normal(line))
    if insurer:
        found = found.filter(insurer_code=listing.normal(insurer))
    if max_age is not None:
        found = found.filter(max_age__gte=max_age)
    total = found.count()
    first = (page - 1) * size
    rows = found.order_by("-card__sold_here", "id").only("card")[first : first + size]
    return CardPage(tuple(listing.card_from(row.card) for row in rows), total, page, size)


def scenes(on: date | None = None) -> tuple[SceneCount, ...]:
    """Every scene of the home page with its number of products on sale."""
    counts = dict.fromkeys(listing.SCENES, 0)
    for of_one in _on_sale(on or clock.today()).values_list("scenes", flat=True):
        for code in of_one:
            counts[code] = counts.get(code, 0) + 1
    return tuple(
        SceneCount(code, listing.SCENES.get(code, Text(code, code)), number) for code, number in counts.items()
    )


def insurers() -> tuple[Insurer, ...]:
    """The carriers of all published versions."""
    return tuple(
        Insurer(
            code=row.code,
            name=Text(row.name_zh, row.name_en),
            short_name=Text(row.short_name_zh, row.short_name_en),
            complaint_phone=row.complaint_phone,
            service_phone=row.service_phone,
            licence=row.licence,
        )
        for row in InsurerRow.objects.order_by("code")
    )


def feed(page: int = 1, size: int = 100) -> tuple[tuple[FeedEntry, ...], int]:
    """PUB-4: one page of every version ever sold (by product, the newest first), and how many there are."""
    rows = ProductVersionRow.objects.annotate(last_day=_last_day()).order_by("product_id", "-effective_from")
    first = (page - 1) * size
    names = {row.code: row.name_zh for row in InsurerRow.objects.all()}
    entries = tuple(
        FeedEntry(
            product_code=row.product_id,
            version=row.version,
            clause_name=row.clause_name,
            filing_number=row.filing_number,
            insurer=names[row.insurer_code],
            effective_from=row.effective_from,
            sale_ends=None if row.last_day == _FAR else row.last_day,
            content_hash=row.content_hash,
            clauses_url=f"/api/shop/v1/products/{row.product_id}/clauses?version={row.version}",
            rates_url=f"/api/shop/v1/products/{row.product_id}/rates?version={row.version}",
        )
        for row in rows.defer("package", "search_text", "card")[first : first + size]
    )
    return entries, rows.count()


def _plain(code: str) -> bool:
    """Only what a code may look like reaches the database (a NUL character would be a server error)."""
    return _CODE.match(code) is not None


def _named(code: str) -> str:
    """How a refusal names a product: a strange code is not repeated, it may not even be sendable text."""
    return f"产品 {code}" if _plain(code) else "产品"


def _last_day() -> Least:
    return Least(Coalesce(F("sale_ends"), _FAR), Coalesce(F("stop_sale__last_day"), _FAR))


def _on_sale(on: date) -> QuerySet[ProductVersionRow]:
    """The newest version of each product that has begun, where its window is still open."""
    begun = (
        ProductVersionRow.objects.filter(effective_from__lte=on)
        .order_by("product_id", "-effective_from")
        .distinct("product_id")
    )
    open_still = Q(sale_ends=None) | Q(sale_ends__gte=on)
    not_stopped = Q(stop_sale=None) | Q(stop_sale__last_day__gte=on)
    return ProductVersionRow.objects.filter(id__in=begun.values("id")).filter(open_still & not_stopped)


def _current_id(product_code: str, on: date) -> str:
    windows: list[tuple[str, date, date]] = []
    if _plain(product_code):
        rows = ProductVersionRow.objects.filter(product_id=product_code).annotate(last_day=_last_day())
        windows = list(rows.order_by("-effective_from").values_list("id", "effective_from", "last_day"))
    if not windows:
        raise NotFound(what=_named(product_code))
    begun = next(((id_, start, end) for id_, start, end in windows if start <= on), None)
    if begun is not None and on <= begun[2]:
        return begun[0]
    _, start, end = begun or windows[-1]
    window = f"{start}–{'' if end == _FAR else end}"
    raise NotOnSale(product=product_code, window=window, on=str(on))

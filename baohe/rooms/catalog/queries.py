"""Reads. A version is immutable, so a process parses it once; which version is on sale is asked every time."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, Least

from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.kernel.keeping import Kept
from baohe.plumbing import clock
from baohe.rooms.catalog import shelf_index
from baohe.rooms.catalog.contracts import Card, CardPage, FeedEntry, Hint, Insurer, ProductVersion, SceneCount
from baohe.rooms.catalog.errors import NotOnSale
from baohe.rooms.catalog.models import InsurerRow, ProductVersionRow
from baohe.rooms.catalog.rules import listing, package
from baohe.rooms.catalog.rules.searching import completing, facets, matching
from baohe.rooms.catalog.rules.searching.facets import Filters
from baohe.rooms.catalog.shelf_index import on_sale as on_sale_rows

_CODE = re.compile(r"^[a-z0-9@-]{1,60}$")
_FAR = date(9999, 12, 31)
_ROOM = 96 * 1024 * 1024
"""Bytes of parsed versions kept in a process, however many were ever published."""
_versions: Kept[str, ProductVersion] = Kept(_ROOM)


def version(version_id: str) -> ProductVersion:
    """The whole package of one version ever published. Raises `NotFound`."""
    return _parsed(version_id)


def _parsed(version_id: str) -> ProductVersion:
    known = _versions.get(version_id)
    if known is None:
        row = ProductVersionRow.objects.filter(id=version_id).only("package").first() if _plain(version_id) else None
        if row is None:
            raise NotFound(what=_named(version_id))
        known = package.parse(row.package)
        _versions.put(version_id, known, known.weight)
    return known


def current(product_code: str, on: date) -> ProductVersion:
    """The version on sale on that day (PUB-2). Raises `NotOnSale` with the filed window, `NotFound`."""
    return _parsed(_current_id(product_code, on))


def on_sale(channel: str, on: date) -> list[ProductVersion]:
    """Every version on sale that day through a channel (app | open_api), in the order of the codes."""
    versions = [_parsed(id_) for id_ in on_sale_rows(on).order_by("id").values_list("id", flat=True)]
    return [version for version in versions if channel in version.channels]


def shelf_cards(on: date | None = None) -> tuple[Card, ...]:
    """Every product on sale that day as a card, by code; from memory, nothing is parsed."""
    return tuple(entry.card for entry in shelf_index.shelf(on or clock.today()).entries)


def card(product_code: str, on: date | None = None) -> Card:
    """One product as in the list. Raises `NotOnSale`, `NotFound`."""
    row = ProductVersionRow.objects.only("card").get(id=_current_id(product_code, on or clock.today()))
    return listing.card_from(row.card)


def cards(product_codes: Sequence[str], on: date | None = None) -> list[Card]:
    """Several cards in the caller's order, in one query; products not on sale are left out."""
    rows = on_sale_rows(on or clock.today()).filter(product_id__in=[c for c in product_codes if _plain(c)]).only("card")
    found = {row.card["code"]: listing.card_from(row.card) for row in rows}
    return [found[code] for code in product_codes if code in found]


def search(
    *,
    q: str = "",
    scene: str = "",
    line: str = "",
    insurer: str = "",
    max_age: int | None = None,
    term: str = "",
    waiting: str = "",
    page: int = 1,
    size: int = 20,
    on: date | None = None,
) -> CardPage:
    """Products on sale that day that answer `q`, the most relevant first, with the facets of what was found.

    `max_age` keeps products that still accept that age. Without words: sold here first, then by code. No order
    knows a price (PUB-3). One query, whatever the length.
    """
    entries = shelf_index.shelf(on or clock.today()).entries
    found = matching.search(listing.normal(q), entries, listing.spell)
    given = Filters(*(listing.normal(value) for value in (scene, line, insurer)), max_age, term, waiting)
    kept = [entry for entry in found.entries if facets.takes(entry, given)]
    first = (page - 1) * size
    return CardPage(
        items=tuple(entry.card for entry in kept[first : first + size]),
        total=len(kept),
        page=page,
        size=size,
        facets=facets.facets(found.entries, given),
        corrected=found.corrected,
        partly=found.partly,
        hints=() if kept else completing.to_try(entries),
    )


def hints(q: str, limit: int = 8, on: date | None = None) -> tuple[Hint, ...]:
    """Completions of what is being typed: kinds, products, insurers, words of cover."""
    entries = shelf_index.shelf(on or clock.today()).entries
    return completing.hints(listing.normal(q), entries, listing.spell, limit)


def scenes(on: date | None = None) -> tuple[SceneCount, ...]:
    """Every scene of the home page with its number of products on sale."""
    counts = dict.fromkeys(listing.SCENES, 0)
    for entry in shelf_index.shelf(on or clock.today()).entries:
        for code in entry.card.scenes:
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
    insurers_by_code = {row.code: row.name_zh for row in InsurerRow.objects.all()}
    shown = rows.annotate(papers=F("package__product__documents")).defer("package", "search_text")[first : first + size]
    return tuple(_feed_entry(row, insurers_by_code[row.insurer_code]) for row in shown), rows.count()


def feed_stamp() -> tuple[str, datetime | None]:
    """What changes when the feed does, and when a version was last published."""
    newest = ProductVersionRow.objects.order_by("-published_at").values_list("published_at", flat=True).first()
    return shelf_index.stamp(), newest


def _feed_entry(row: Any, insurer: str) -> FeedEntry:
    base, version = f"/api/shop/v1/products/{row.product_id}", f"version={row.version}"
    codes = {document["code"] for document in row.papers or ()}
    return FeedEntry(
        product_code=row.product_id,
        version=row.version,
        clause_name=row.clause_name,
        filing_number=row.filing_number,
        insurer=insurer,
        effective_from=row.effective_from,
        sale_ends=None if row.last_day == _FAR else row.last_day,
        content_hash=row.content_hash,
        clauses_url=f"{base}/clauses?{version}",
        rates_url=f"{base}/rates?{version}",
        name=Text(**row.card["name"]),
        line=row.line,
        published_at=row.published_at,
        cash_values_url=f"{base}/rates?table=cash_values&{version}" if "cash_values" in codes else None,
    )


def _plain(code: str) -> bool:
    """Only what a code may look like reaches the database (a NUL character would be a server error)."""
    return _CODE.match(code) is not None


def _named(code: str) -> str:
    """How a refusal names a product: a strange code is not repeated, it may not even be sendable text."""
    return f"产品 {code}" if _plain(code) else "产品"


def stopped(version_ids: Collection[str]) -> dict[str, date]:
    """Version → last day of sale, for those whose sale a notice stopped (PUB-2). What is kept of a version in the
    process does not know of it, so whoever sells asks here."""
    rows = ProductVersionRow.objects.filter(id__in=set(version_ids), stop_sale__isnull=False)
    return dict(rows.values_list("id", "stop_sale__last_day"))


def _last_day() -> Least:
    return Least(Coalesce(F("sale_ends"), _FAR), Coalesce(F("stop_sale__last_day"), _FAR))


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

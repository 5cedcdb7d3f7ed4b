"""Reads for the people who make products: every version of a product, and its files again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from baohe.kernel.errors import NotFound
from baohe.rooms.catalog.contracts import Card, ProductVersion
from baohe.rooms.catalog.models import ProductVersionRow
from baohe.rooms.catalog.rules import listing
from baohe.rooms.catalog.rules.source import Raw


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """A published version. `last_day` is the last day of sale, itself included; None = open. From `followed_from` on
    a newer version of the product is sold instead."""

    version_id: str
    product_code: str
    version: str
    name_zh: str
    insurer_zh: str
    line: str
    filing_number: str
    effective_from: date
    last_day: date | None
    told_on: date | None
    followed_from: date | None
    published_at: datetime


def shelf(page: int = 1, size: int = 50, product_code: str = "") -> tuple[tuple[ShelfEntry, ...], int]:
    """One page of all published versions (of one product, if named), by product, the newest first; and how many."""
    rows = _rows().order_by("product_id", "-effective_from")
    if product_code:
        rows = rows.filter(product_id=product_code)
    first = (page - 1) * size
    return tuple(_entry(row) for row in rows[first : first + size]), rows.count()


def shelf_entry(version_id: str) -> ShelfEntry:
    """Raises `NotFound`."""
    row = _rows().filter(id=version_id).first() if "\x00" not in version_id else None
    if row is None:
        raise NotFound(what="这个版本")
    return _entry(row)


def lines() -> tuple[str, ...]:
    """The codes of every line of insurance that has a published version."""
    return tuple(ProductVersionRow.objects.order_by("line").values_list("line", flat=True).distinct())


def versions_of_line(line: str) -> tuple[str, ...]:
    """The ids of every published version of a line of insurance, also of those no longer sold; empty for none."""
    return tuple(ProductVersionRow.objects.filter(line=line).order_by("id").values_list("id", flat=True))


def raw_package(version_id: str) -> Raw:
    """The contents that were published. Raises `NotFound`."""
    row = ProductVersionRow.objects.filter(id=version_id).only("package").first() if "\x00" not in version_id else None
    if row is None:
        raise NotFound(what="这个版本")
    raw: Raw = row.package
    return raw


def version_before(product_code: str, version: str) -> str | None:
    """The published version that one named `version` follows: the last that begins before it, else the newest."""
    rows = ProductVersionRow.objects.filter(product_id=product_code).order_by("-effective_from")
    ids = list(rows.values_list("id", "version"))
    earlier = [id_ for id_, name in ids if name < version]
    return earlier[0] if earlier else next((id_ for id_, name in ids if name != version), None)


def card_of(version: ProductVersion) -> Card:
    """The card that publishing would store, for a version that is not published yet."""
    return listing.card_from(listing.card_of(version))


def _rows() -> QuerySet[ProductVersionRow]:
    newer = ProductVersionRow.objects.filter(
        product_id=OuterRef("product_id"), effective_from__gt=OuterRef("effective_from")
    ).order_by("effective_from")
    rows = ProductVersionRow.objects.select_related("stop_sale").defer("package", "search_text")
    return rows.annotate(followed_from=Subquery(newer.values("effective_from")[:1]))


def _entry(row: ProductVersionRow) -> ShelfEntry:
    stop = getattr(row, "stop_sale", None)
    followed = row.followed_from  # type: ignore[attr-defined]
    before = followed - timedelta(days=1) if followed else None
    ends = [day for day in (row.sale_ends, stop.last_day if stop else None, before) if day is not None]
    return ShelfEntry(
        version_id=row.id,
        product_code=row.product_id,
        version=row.version,
        name_zh=row.card["name"]["zh"],
        insurer_zh=row.card["insurer_short_name"]["zh"],
        line=row.line,
        filing_number=row.filing_number,
        effective_from=row.effective_from,
        last_day=min(ends, default=None),
        told_on=stop.told_on if stop else None,
        followed_from=followed,
        published_at=row.published_at,
    )

"""The products on sale as a process keeps them to search: read once, and again when the shelf has changed.

Versions and stops of sale are only ever added (triggers), so a count and a sum over their names say whether anything
is new; that one query is all a search asks of the database.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.models import ProductVersionRow
from baohe.rooms.catalog.rules import listing, package
from baohe.rooms.catalog.rules.searching import terms
from baohe.rooms.catalog.rules.searching.matching import Entry

_DAYS_KEPT = 2
_STAMP = """
SELECT (SELECT count(*) || ':' || coalesce(sum(hashtext(id || content_hash)), 0) FROM catalog_productversion)
    || '/' || (SELECT count(*) || ':' || coalesce(sum(hashtext(version_id || last_day)), 0) FROM catalog_stopsale)
"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every product on sale on `day`, in the order of the codes."""

    stamp: str
    day: date
    entries: tuple[Entry, ...]


_shelves: dict[date, Shelf] = {}
_filling = threading.Lock()


def on_sale(on: date) -> QuerySet[ProductVersionRow]:
    """The newest version of each product that has begun, where its window is still open (PUB-2)."""
    begun = (
        ProductVersionRow.objects.filter(effective_from__lte=on)
        .order_by("product_id", "-effective_from")
        .distinct("product_id")
    )
    open_still = Q(sale_ends=None) | Q(sale_ends__gte=on)
    not_stopped = Q(stop_sale=None) | Q(stop_sale__last_day__gte=on)
    return ProductVersionRow.objects.filter(id__in=begun.values("id")).filter(open_still & not_stopped)


def shelf(day: date) -> Shelf:
    """The shelf of a day, as of this moment."""
    now = stamp()
    held = _shelves.get(day)
    if held is not None and held.stamp == now:
        return held
    with _filling:
        held = _shelves.get(day)
        if held is None or held.stamp != now:
            held = Shelf(now, day, tuple(_entries(day)))
            # The day before stays for requests that straddle midnight; a clock that jumps must not hoard days.
            for other in sorted(_shelves, key=lambda kept: abs((kept - day).days))[_DAYS_KEPT - 1 :]:
                _shelves.pop(other, None)
            _shelves[day] = held
    return held


def stamp() -> str:
    """Names the whole catalogue as it stands: it changes with every version published and every sale stopped."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        row = cursor.fetchone()
    return str(row[0])


def _entries(day: date) -> Iterable[Entry]:
    """Entries made before are taken over: a version never changes, so its name and contents say enough."""
    made = {(entry.id, entry.content_hash): entry for held in _shelves.values() for entry in held.entries}
    listed = list(on_sale(day).order_by("id").values_list("id", "content_hash"))
    missing = [id_ for id_, content_hash in listed if (id_, content_hash) not in made]
    rows = ProductVersionRow.objects.filter(id__in=missing)
    made.update({(row.id, row.content_hash): _entry(row) for row in rows.defer("package").iterator()})
    return [made[key] for key in listed]


def _entry(row: ProductVersionRow) -> Entry:
    # A card stored before search kept its terms there is made again from the package.
    stored = row.card if "search" in row.card else listing.card_of(package.parse(row.package))
    spoken = [listing.LINES.get(row.line, Text(row.line, row.line))]
    spoken += [listing.SCENES[scene] for scene in row.scenes if scene in listing.SCENES]
    return terms.entry(row.id, row.content_hash, listing.card_from(stored), stored["search"], row.search_text, spoken)

"""Reads of the room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.rooms.reconciliation.contracts import BookingView, DayView, EventView, ItemView, RunView
from baohe.rooms.reconciliation.models import Booking, Item, ItemEvent, Run
from baohe.rooms.reconciliation.views import booking_view, item_view, run_view

MAX_PAGE = 200
MOST_DAYS = 62


def current_run(provider: str, day: date) -> RunView | None:
    row = Run.objects.filter(provider=provider, day=day, superseded_at=None).first()
    return None if row is None else run_view(row)


def first_day(provider: str) -> date | None:
    """The oldest day of a provider that was reconciled or whose bill is missing."""
    run = Run.objects.filter(provider=provider).aggregate(day=Min("day"))["day"]
    item = Item.objects.filter(provider=provider).aggregate(day=Min("day"))["day"]
    return min((day for day in (run, item) if day is not None), default=None)


def days_without_run(provider: str, first: date, last: date) -> list[date]:
    """Oldest first. Raises `InvalidInput` for more than two months at once."""
    _refuse_span(first, last)
    there = set(
        Run.objects.filter(provider=provider, day__range=(first, last), superseded_at=None).values_list(
            "day", flat=True
        )
    )
    return [day for day in _days(first, last) if day not in there]


def items(
    page: int = 1, size: int = 50, *, provider: str = "", day: date | None = None, live: bool | None = None
) -> tuple[list[ItemView], int]:
    """One page of items, the nearest deadline first, and how many there are. Raises `InvalidInput`."""
    refuse_page(page, size)
    rows: QuerySet[Item] = Item.objects.all()
    if provider:
        rows = rows.filter(provider=provider)
    if day is not None:
        rows = rows.filter(day=day)
    if live is not None:
        rows = rows.filter(ended_at__isnull=live)
    found = rows.order_by("deadline", "id")[(page - 1) * size : page * size]
    return [item_view(row) for row in found], rows.count()


def item(item_id: UUID) -> ItemView:
    """Raises `NotFound`."""
    row = Item.objects.filter(id=item_id).first()
    if row is None:
        raise NotFound(what="差异")
    return item_view(row)


def history(item_id: UUID) -> list[EventView]:
    """Oldest first; an item has a handful."""
    rows = ItemEvent.objects.filter(item_id=item_id).order_by("id")[:MAX_PAGE]
    return [EventView(row.at, row.what, row.by_name, row.text) for row in rows]


def bookings(item_id: UUID) -> list[BookingView]:
    """Newest first."""
    return [booking_view(row) for row in Booking.objects.filter(item_id=item_id).order_by("-made_at")[:MAX_PAGE]]


def calendar(providers: tuple[str, ...], first: date, last: date) -> dict[date, list[DayView]]:
    """Newest day first, a cell a provider. Raises `InvalidInput` for more than two months."""
    _refuse_span(first, last)
    ran = set(Run.objects.filter(day__range=(first, last), superseded_at=None).values_list("provider", "day"))
    counted = Item.objects.filter(day__range=(first, last), ended_at=None).values_list("provider", "day")
    live = {(provider, day): n for provider, day, n in counted.annotate(n=Count("id"))}

    def cell(provider: str, day: date) -> DayView:
        count = live.get((provider, day), 0)
        if (provider, day) not in ran:
            return DayView(provider, day, "missing" if count else "none", count)
        return DayView(provider, day, "items" if count else "ok", count)

    return {day: [cell(provider, day) for provider in providers] for day in reversed(list(_days(first, last)))}


def waiting() -> tuple[int, ItemView | None]:
    """How many items are live, and the one with the nearest deadline."""
    rows = Item.objects.filter(ended_at=None)
    nearest = rows.order_by("deadline", "id").first()
    return rows.count(), None if nearest is None else item_view(nearest)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _refuse_span(first: date, last: date) -> None:
    if (last - first).days >= MOST_DAYS:
        raise InvalidInput(field="first", reason_zh=f"最多 {MOST_DAYS} 天", reason_en=f"{MOST_DAYS} days at most")


def refuse_page(page: int, size: int) -> None:
    if not 1 <= page <= 10**6 or not 1 <= size <= MAX_PAGE:
        raise InvalidInput(field="page", reason_zh=f"每页 1–{MAX_PAGE} 条", reason_en=f"1–{MAX_PAGE} a page")

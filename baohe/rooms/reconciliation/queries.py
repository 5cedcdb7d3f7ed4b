"""Reads of the room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Min, QuerySet, Sum

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation.contracts import (
    BookingView,
    DayView,
    EventView,
    ItemView,
    Party,
    RunView,
    Side,
    SuspenseView,
)
from baohe.rooms.reconciliation.models import Booking, Item, ItemEvent, Run

MAX_PAGE = 200
MOST_DAYS = 62

_SURPLUS = ("surplus_received", "surplus_returned")
_FRESH = "suspense_received"  # with its reversals: a word that proved false


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
    if not 1 <= page <= 10**6 or not 1 <= size <= MAX_PAGE:
        raise InvalidInput(field="page", reason_zh=f"每页 1–{MAX_PAGE} 条", reason_en=f"1–{MAX_PAGE} a page")
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


def was_booked(provider: str, trade_no: str, amount_fen: int) -> bool:
    """Whether people have dealt with the money of a trade that only its bill had told us of."""
    same = Item.objects.filter(provider=provider, movement="payment", trade_no=trade_no, diff_fen=amount_fen)
    return same.filter(state="booked", adopted=False).exists()


def standing(provider: str, page: int = 1, size: int = 50) -> tuple[list[ItemView], int]:
    """The items that have money on suspense, the oldest first, and how many there are. Raises `InvalidInput`."""
    if not 1 <= page <= 10**6 or not 1 <= size <= MAX_PAGE:
        raise InvalidInput(field="page", reason_zh=f"每页 1–{MAX_PAGE} 条", reason_en=f"1–{MAX_PAGE} a page")
    rows = Item.objects.filter(provider=provider, ended_at=None).exclude(standing_fen=0)
    found = rows.order_by("day", "id")[(page - 1) * size : page * size]
    return [item_view(row) for row in found], rows.count()


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


def run_view(row: Run) -> RunView:
    return RunView(
        id=row.id,
        provider=row.provider,
        day=row.day,
        edition=row.edition,
        bill_digest=row.bill_digest,
        bill=Side(row.lines, row.bill_in_fen, row.bill_out_fen),
        ours=Side(row.ours, row.ours_in_fen, row.ours_out_fen),
        differences=row.differences,
        asked=row.asked,
        crossed=row.crossed,
        closed_at=row.closed_at,
        is_current=row.superseded_at is None,
    )


def item_view(row: Item) -> ItemView:
    return ItemView(
        id=row.id,
        provider=row.provider,
        day=row.day,
        difference=row.difference,
        movement=row.movement,
        number=row.number,
        trade_no=row.trade_no,
        bill_fen=row.bill_fen,
        bill_currency=row.bill_currency,
        bill_at=row.bill_at,
        ours_fen=row.ours_fen,
        ours_currency=row.ours_currency,
        ours_at=row.ours_at,
        ours_state=row.ours_state,
        diff_fen=row.diff_fen,
        standing_fen=row.standing_fen,
        state=row.state,
        owner=None if row.owner_id is None else Party(row.owner_id, row.owner_name),
        deadline=row.deadline,
        found_at=row.found_at,
        ended_at=row.ended_at,
        resolution=row.resolution,
    )


def booking_view(row: Booking) -> BookingView:
    return BookingView(
        id=row.id,
        item_id=row.item_id,
        amount_fen=row.amount_fen,
        reason=row.reason,
        made_by=Party(row.made_by, row.made_by_name),
        made_at=row.made_at,
        decided_by=row.decided_by_name,
        decided_at=row.decided_at,
        outcome=row.outcome,
    )


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _refuse_span(first: date, last: date) -> None:
    if (last - first).days >= MOST_DAYS:
        raise InvalidInput(field="first", reason_zh=f"最多 {MOST_DAYS} 天", reason_en=f"{MOST_DAYS} days at most")

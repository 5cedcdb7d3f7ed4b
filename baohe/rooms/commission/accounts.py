"""What producers earned, what went back and what is still to come; and whether the ledger says the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from baohe.kernel.errors import NotFound
from baohe.rooms.commission.contracts import (
    AccountPage,
    AccountView,
    DuePart,
    MonthDue,
    MoveView,
    RefusedView,
)
from baohe.rooms.commission.models import Earning, Move, Part, Producer
from baohe.rooms.commission.queries import producer_view, refuse_page
from baohe.rooms.ledger import facade as ledger

KINDS_OF_PAYOUT = ("producer_paid",)
_OPEN = ("waiting", "held")
_MOST_REFUSED = 50


def accounts(page: int = 1, size: int = 50) -> tuple[list[AccountView], int]:
    """One page of producers with their sums, by code, and how many there are. Raises `InvalidInput`."""
    refuse_page(page, size)
    rows = Producer.objects.order_by("code")
    return _accounts(list(rows[(page - 1) * size : page * size])), rows.count()


def account(producer_id: UUID, page: int = 1, size: int = 50) -> AccountPage:
    """A producer's account with one page of its lines, newest first. Raises `NotFound`, `InvalidInput`."""
    refuse_page(page, size)
    row = Producer.objects.filter(id=producer_id).first()
    if row is None:
        raise NotFound(what="销售人员")
    moves = Move.objects.filter(producer=row).select_related("earning").order_by("-id")
    refused = Earning.objects.filter(producer=row).exclude(refused="").order_by("-id")[:_MOST_REFUSED]
    return AccountPage(
        account=_accounts([row])[0],
        items=[_move(move) for move in moves[(page - 1) * size : page * size]],
        refused=[RefusedView(one.on, one.number, one.premium_fen, one.refused) for one in refused],
        total=moves.count(),
        page=page,
        size=size,
    )


def calendar(first: date) -> list[MonthDue]:
    """Deferred commission by the month in which it will be earned, from `first` on; what is late counts as `first`."""
    rows = (
        Part.objects.filter(state="waiting", amount_fen__gt=0)
        .annotate(month=TruncMonth("due_on"))
        .values("month")
        .annotate(platform=Sum("amount_fen"), producer=Sum("producer_fen"), parts=Count("id"))
        .order_by("month")
    )
    due: dict[date, MonthDue] = {}
    for row in rows:
        month = max(row["month"], first)
        had = due.get(month, MonthDue(month, 0, 0, 0))
        due[month] = MonthDue(
            month,
            had.platform_fen + row["platform"],
            had.producer_fen + row["producer"],
            had.parts + row["parts"],
        )
    return list(due.values())


def due_parts(today: date, after: DuePart | None, limit: int) -> list[DuePart]:
    """Waiting parts whose day has come, in the order of their days, from behind `after`."""
    rows = Part.objects.filter(state="waiting", due_on__lte=today)
    if after is not None:
        rows = rows.filter(Q(due_on__gt=after.due_on) | Q(due_on=after.due_on, id__gt=after.id))
    found = list(rows.select_related("earning").order_by("due_on", "id")[:limit])
    later = _booked_later({row.earning.policy_id for row in found})
    return [DuePart(row.id, row.earning.policy_id, row.due_on, later.get(row.earning.policy_id, 0)) for row in found]


def problems() -> list[str]:
    """Sums of the room that differ from the ledger's balances, in sentences."""
    found = []
    open_fen = _sum(Part.objects.filter(state__in=_OPEN), "amount_fen")
    moved_fen = _sum(Move.objects.all(), "deferred_fen")
    booked_fen = -ledger.balance(ledger.chart.COMMISSION_DEFERRED)
    if not open_fen == moved_fen == booked_fen:
        found.append(f"deferred commission: parts {open_fen}, moves {moved_fen}, ledger {booked_fen} fen")
    owed = dict(Move.objects.filter(producer__isnull=False).values_list("producer").annotate(fen=Sum("producer_fen")))
    posted = {UUID(owner): fen for owner, fen in _posted_to_producers().items()}
    for id_ in sorted(owed.keys() | posted.keys()):
        if owed.get(id_, 0) != posted.get(id_, 0):
            found.append(f"producer {id_}: owed {owed.get(id_, 0)}, ledger {posted.get(id_, 0)} fen")
    return found


def _posted_to_producers() -> dict[str, int]:
    """Owner → what the ledger owed them in all: the balance and what was paid out since the beginning."""
    owed: dict[str, int] = {}
    for (account_, kind), fen in ledger.balances_by_kind("producer").items():
        if kind not in KINDS_OF_PAYOUT:
            owner = account_.split("/")[1]
            owed[owner] = owed.get(owner, 0) - fen
    return owed


def _accounts(rows: list[Producer]) -> list[AccountView]:
    sums = {
        line["producer"]: line
        for line in Move.objects.filter(producer__in=rows)
        .values("producer")
        .annotate(
            came=Sum("producer_fen", filter=Q(producer_fen__gt=0)),
            went=Sum("producer_fen", filter=Q(producer_fen__lt=0)),
        )
    }
    deferred = dict(
        Part.objects.filter(state__in=_OPEN, earning__producer__in=rows)
        .values_list("earning__producer")
        .annotate(fen=Sum("producer_fen"))
    )
    paid = _paid([row.id for row in rows])
    return [
        AccountView(
            producer=producer_view(row),
            earned_fen=sums.get(row.id, {}).get("came") or 0,
            clawed_back_fen=-(sums.get(row.id, {}).get("went") or 0),
            deferred_fen=deferred.get(row.id, 0),
            paid_fen=paid.get(row.id, 0),
        )
        for row in rows
    ]


def _paid(ids: Iterable[UUID]) -> dict[UUID, int]:
    wanted = set(ids)
    found: dict[UUID, int] = {}
    for (account_, kind), fen in ledger.balances_by_kind("producer").items():
        owner = UUID(account_.split("/")[1])
        if kind in KINDS_OF_PAYOUT and owner in wanted:
            found[owner] = found.get(owner, 0) + fen
    return found


def _booked_later(policy_ids: set[UUID]) -> dict[UUID, int]:
    return dict(
        Earning.objects.filter(policy_id__in=policy_ids, is_first=False)
        .values_list("policy_id")
        .annotate(fen=Sum("premium_fen"))
    )


def _sum(rows: object, column: str) -> int:
    return int(rows.aggregate(fen=Sum(column))["fen"] or 0)  # type: ignore[attr-defined]


def _move(row: Move) -> MoveView:
    return MoveView(
        on=row.on,
        policy_id=row.earning.policy_id,
        number=row.earning.number,
        insurer=row.earning.insurer,
        reason=row.reason,
        part=row.part,
        earned_fen=row.earned_fen,
        deferred_fen=row.deferred_fen,
        producer_fen=row.producer_fen,
    )

"""Lists for those who settle: disputes, batches, bank accounts, collections. Paginated, newest or most urgent first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from baohe.kernel.errors import NotFound
from baohe.rooms.settlement.contracts import (
    UNDECIDED,
    AccountView,
    BatchView,
    CollectionView,
    DisputeView,
    ItemView,
    Standing,
)
from baohe.rooms.settlement.due import standing_of
from baohe.rooms.settlement.models import BankAccount, Batch, BatchItem, Collection, Dispute, Statement
from baohe.rooms.settlement.queries import refuse_page
from baohe.rooms.settlement.views import account_view, batch_view, collection_view, dispute_view, item_view


def standing(statement_id: UUID) -> Standing:
    return standing_of(Statement.objects.get(id=statement_id))


def disputes(
    page: int = 1, size: int = 50, *, undecided: bool = False, branch: str = "", statement_id: UUID | None = None
) -> tuple[list[DisputeView], int]:
    """Undecided ones by their deadline, all by the day they came. Raises `InvalidInput`."""
    refuse_page(page, size)
    rows: QuerySet[Dispute] = Dispute.objects.select_related("party", "statement").prefetch_related("steps")
    if undecided:
        rows = rows.filter(state__in=UNDECIDED)
    if branch:
        rows = rows.filter(party__branch=branch)
    if statement_id is not None:
        rows = rows.filter(statement=statement_id)
    ordered = rows.order_by("due_at", "id") if undecided else rows.order_by("-opened_at", "-id")
    return [dispute_view(row) for row in ordered[(page - 1) * size : page * size]], rows.count()


def dispute(dispute_id: UUID, branch: str = "") -> DisputeView:
    """Raises `NotFound`, also for another party's."""
    rows = Dispute.objects.select_related("party", "statement").filter(id=dispute_id)
    row = (rows.filter(party__branch=branch) if branch else rows).first()
    if row is None:
        raise NotFound(what="异议")
    return dispute_view(row)


def waiting() -> tuple[int, datetime | None]:
    """What waits for a person: undecided disputes, batches and accounts for a second person; and the nearest
    deadline."""
    open_ = Dispute.objects.filter(state__in=UNDECIDED).order_by("due_at")
    nearest = open_.values_list("due_at", flat=True).first()
    batches = Batch.objects.filter(state="proposed").count()
    return open_.count() + batches + BankAccount.objects.filter(state="proposed").count(), nearest


def accounts(party_id: UUID) -> list[AccountView]:
    """Every account a party ever had, the newest first."""
    rows = BankAccount.objects.filter(party=party_id).select_related("party").order_by("-set_at", "-id")
    return [account_view(row) for row in rows[:50]]


def accounts_now(branch: str = "") -> list[AccountView]:
    """The approved and the waiting account of every party, or of one."""
    rows = BankAccount.objects.filter(state__in=["approved", "proposed"]).select_related("party")
    rows = rows.filter(party__branch=branch) if branch else rows
    return [account_view(row) for row in rows.order_by("party__kind", "party__code", "-set_at")]


def batches(page: int = 1, size: int = 50) -> tuple[list[BatchView], int]:
    refuse_page(page, size)
    rows = _counted(Batch.objects.all()).order_by("-made_at", "-id")
    return [batch_view(row) for row in rows[(page - 1) * size : page * size]], rows.count()


def batch(batch_id: UUID) -> BatchView:
    row = _counted(Batch.objects.filter(id=batch_id)).first()
    if row is None:
        raise NotFound(what="付款批次")
    return batch_view(row)


def items(batch_id: UUID) -> list[ItemView]:
    """Of a batch; it has at most 500."""
    rows = BatchItem.objects.filter(batch=batch_id).select_related("party", "statement", "account")
    return [item_view(row) for row in rows.order_by("party__kind", "party__code")]


def items_of(statement_id: UUID) -> list[ItemView]:
    """The payments of a statement, oldest first."""
    rows = BatchItem.objects.filter(statement=statement_id).select_related("party", "statement", "account")
    return [item_view(row) for row in rows.order_by("id")]


def collections_of(statement_id: UUID) -> list[CollectionView]:
    rows = Collection.objects.filter(statement=statement_id).select_related("party", "statement").order_by("id")
    return [collection_view(row) for row in rows]


def collection(collection_id: UUID) -> CollectionView:
    row = Collection.objects.filter(id=collection_id).select_related("party", "statement").first()
    if row is None:
        raise NotFound(what="收款通知")
    return collection_view(row)


def _counted(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    return rows.annotate(
        done=Count("items", filter=Q(items__state="done")), failed=Count("items", filter=Q(items__state="failed"))
    )

"""Reads of the room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Case, F, Value, When

from baohe.kernel.errors import NotFound
from baohe.rooms.disbursements import sealing
from baohe.rooms.disbursements.contracts import OPEN, DisbursementPage, DisbursementView, HistoryLine, Payee
from baohe.rooms.disbursements.models import Disbursement, DisbursementEvent

_FIELDS = tuple(DisbursementView.__slots__)


def view(row: Disbursement) -> DisbursementView:
    return DisbursementView(**{name: getattr(row, name) for name in _FIELDS})


def disbursement(disbursement_id: UUID) -> DisbursementView:
    """Raises `NotFound`."""
    row = Disbursement.objects.filter(id=disbursement_id).first()
    if row is None:
        raise NotFound(what="人工付款")
    return view(row)


def page(number: int = 1, size: int = 50) -> DisbursementPage:
    """What waits first, the oldest of it first; then what is over, the newest first."""
    over = Case(When(state__in=OPEN, then=Value(0)), default=Value(1))
    waiting_since = Case(When(state__in=OPEN, then=F("made_at")))
    rows = Disbursement.objects.order_by(over, waiting_since, "-made_at", "id")
    first = (number - 1) * size
    return DisbursementPage(tuple(view(row) for row in rows[first : first + size]), rows.count())


def payees(disbursement_ids: Sequence[UUID]) -> dict[UUID, Payee]:
    """The accounts in clear of those that wait for a second person, who has to check them; nobody else's."""
    rows = Disbursement.objects.filter(id__in=disbursement_ids, state="proposed")
    return {row.id: sealing.opened(row) for row in rows}


def histories(disbursement_ids: Sequence[UUID]) -> dict[UUID, list[HistoryLine]]:
    """What happened to each, the oldest first."""
    found: dict[UUID, list[HistoryLine]] = {id_: [] for id_ in disbursement_ids}
    for row in DisbursementEvent.objects.filter(disbursement_id__in=disbursement_ids).order_by("id"):
        found[row.disbursement_id].append(HistoryLine(row.at, row.what, row.by_name, row.text))
    return found


def waiting() -> int:
    """How many wait for a person: for an account, or for the second one."""
    return Disbursement.objects.filter(state__in=("open", "proposed")).count()


def proposer_of(natural_keys: Collection[str], shard_key: int) -> UUID | None:
    """Who answers for the payment of one of these refunds now; None while nobody does."""
    rows = Disbursement.objects.filter(shard_key=shard_key, natural_key__in=natural_keys, state__in=OPEN)
    return rows.exclude(proposed_by=None).values_list("proposed_by", flat=True).first()


def is_made_up(natural_key: str, shard_key: int) -> bool:
    """Whether a refund that its provider refused has reached the payer in the other way."""
    return Disbursement.objects.filter(shard_key=shard_key, natural_key=natural_key, state="done").exists()

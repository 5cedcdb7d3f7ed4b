"""The second person lets it go, or sends it back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from baohe.kernel.errors import InvalidInput
from baohe.rooms.disbursements import sealing
from baohe.rooms.disbursements.contracts import Actor, DisbursementView, Payee
from baohe.rooms.disbursements.errors import NotWaiting, SecondPersonNeeded
from baohe.rooms.disbursements.history import note
from baohe.rooms.disbursements.locks import hold_of_subject
from baohe.rooms.disbursements.models import Disbursement
from baohe.rooms.disbursements.queries import view


def approve(disbursement_id: UUID, actor: Actor) -> tuple[DisbursementView, Payee, bool]:
    """(the disbursement, the account in clear for its payment alone, whether its cost is to be booked now: once,
    however often it is ordered). Raises `NotFound`, `NotWaiting`, `SecondPersonNeeded`."""
    with transaction.atomic():
        row = _waiting(disbursement_id, actor)
        fresh = row.kind == "claim_cost" and row.before_fen is None
        if fresh:
            row.before_fen = _booked_fen(row.subject_id)
        row.state, row.approved_by, row.approved_by_name = "sent", actor.id, actor.name
        row.save()
        note(row, "approved", actor, f"第 {row.attempt} 次付款")
        return view(row), sealing.opened(row), fresh


def decline(disbursement_id: UUID, reason: str, actor: Actor) -> DisbursementView:
    """A cost that is not booked yet ends here; what is owed waits for another account. Raises as `approve`, and
    `InvalidInput` without a reason."""
    reason = reason.strip()
    if not 0 < len(reason) <= 200:
        raise InvalidInput(field="reason", reason_zh="请写明理由，最多 200 字", reason_en="say why, in 200 characters")
    with transaction.atomic():
        row = _waiting(disbursement_id, actor)
        if row.kind == "claim_cost" and row.before_fen is None:
            row.state, row.approved_by, row.approved_by_name = "refused", actor.id, actor.name
        else:
            reopen(row)
        row.save()
        note(row, "declined", actor, reason)
        return view(row)


def reopen(row: Disbursement) -> None:
    """Owed as before, with nobody's account."""
    row.state, row.bank, row.last_four, row.payee_sealed = "open", "", "", b""
    row.proposed_by, row.proposed_by_name, row.approved_by, row.approved_by_name = None, "", None, ""


def _waiting(disbursement_id: UUID, actor: Actor) -> Disbursement:
    row = hold_of_subject(disbursement_id)
    if row.state != "proposed":
        raise NotWaiting(number=row.number)
    if actor.id is None or actor.id == row.proposed_by:
        raise SecondPersonNeeded()
    return row


def _booked_fen(claim_id: UUID) -> int:
    """What is in the books of this claim's costs: the next one is shared out behind it."""
    booked = Disbursement.objects.filter(kind="claim_cost", subject_id=claim_id, before_fen__isnull=False)
    return int(booked.aggregate(sum=Sum("amount_fen"))["sum"] or 0)

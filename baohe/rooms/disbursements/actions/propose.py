"""One person says where the money goes."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput
from baohe.rooms.disbursements import sealing
from baohe.rooms.disbursements.contracts import Actor, DisbursementView, Payee
from baohe.rooms.disbursements.errors import NotWaiting
from baohe.rooms.disbursements.history import note
from baohe.rooms.disbursements.locks import hold
from baohe.rooms.disbursements.queries import view


def enter_account(disbursement_id: UUID, payee: Payee, actor: Actor) -> DisbursementView:
    """Whose account it may be is the caller's to know. Raises `NotFound`, `NotWaiting`, `InvalidInput`."""
    payee = sealing.usable(payee)
    if actor.id is None:
        raise InvalidInput(field="actor", reason_zh="须由员工填写", reason_en="must be a member of staff")
    with transaction.atomic():
        row = hold(disbursement_id)
        if row.state != "open":
            raise NotWaiting(number=row.number)
        sealing.put(row, payee)
        row.state, row.proposed_by, row.proposed_by_name = "proposed", actor.id, actor.name
        row.save()
        note(row, "account_entered", actor, f"{payee.bank} *{row.last_four}")
        return view(row)

"""What became of the payment, told at least once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.disbursements.actions.decide import reopen
from baohe.rooms.disbursements.actions.record import PLATFORM
from baohe.rooms.disbursements.contracts import DisbursementView
from baohe.rooms.disbursements.history import note
from baohe.rooms.disbursements.locks import hold
from baohe.rooms.disbursements.queries import view


def paid(disbursement_id: UUID, payout_key: str) -> tuple[DisbursementView, bool]:
    """The bank has paid; the second answer is False when that was known. Raises `NotFound`."""
    with transaction.atomic():
        row = hold(disbursement_id)
        if row.state != "sent" or view(row).payout_key != payout_key:
            return view(row), False
        row.state, row.done_at = "done", clock.now()
        row.save()
        note(row, "paid", PLATFORM, "")
        return view(row), True


def failed(disbursement_id: UUID, payout_key: str) -> bool:
    """The bank did not pay, for certain: owed as before, and two people may order it again under the next key. False
    for a try that is over already. Raises `NotFound`."""
    with transaction.atomic():
        row = hold(disbursement_id)
        if row.state != "sent" or view(row).payout_key != payout_key:
            return False
        reopen(row)
        row.attempt += 1
        row.save()
        note(row, "not_paid", PLATFORM, "银行没有付出")
        return True

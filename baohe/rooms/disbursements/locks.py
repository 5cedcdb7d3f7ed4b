"""Row locks of the room."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.rooms.disbursements.models import Disbursement

_WHAT = "人工付款"


def hold(disbursement_id: UUID) -> Disbursement:
    """Raises `NotFound`."""
    row = Disbursement.objects.select_for_update().filter(id=disbursement_id).first()
    if row is None:
        raise NotFound(what=_WHAT)
    return row


def hold_of_subject(disbursement_id: UUID) -> Disbursement:
    """With all others of its claim, in the order of their ids: two costs booked at once would be shared out behind
    the same sum. Raises `NotFound`."""
    subject = Disbursement.objects.filter(id=disbursement_id).values_list("subject_id", flat=True).first()
    rows = Disbursement.objects.select_for_update().filter(subject_id=subject).order_by("id")
    row = next((one for one in rows if one.id == disbursement_id), None)
    if row is None:
        raise NotFound(what=_WHAT)
    return row

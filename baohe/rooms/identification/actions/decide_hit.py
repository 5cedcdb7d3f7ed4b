"""A named person answers a hit. Clearing takes one and a reason; confirming takes two."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.identification.contracts import CLEARED, CONFIRMED, OPEN, PROPOSED
from baohe.rooms.identification.errors import HitClosed, SecondPersonNeeded
from baohe.rooms.identification.models import Hit, HitEvent


def clear_hit(hit_id: UUID, staff_id: UUID, staff_name: str, reason: str) -> None:
    """Another person of the same name: the sale goes on. What somebody proposed to confirm, somebody else clears.
    Raises `NotFound`, `HitClosed`, `SecondPersonNeeded`, `InvalidInput` without a reason."""
    reason = _reason(reason)
    with transaction.atomic():
        row = _waiting(hit_id)
        if row.state == PROPOSED and row.proposed_by == staff_id:
            raise SecondPersonNeeded()
        _end(row, CLEARED, staff_id)
        _note(row, "cleared", staff_id, staff_name, reason)


def propose_hit(hit_id: UUID, staff_id: UUID, staff_name: str, reason: str) -> None:
    """It may be the one on the list; a second person must say so too. Raises as `clear_hit`."""
    reason = _reason(reason)
    with transaction.atomic():
        row = _waiting(hit_id)
        if row.state != OPEN:
            raise HitClosed()
        row.state, row.proposed_by = PROPOSED, staff_id
        row.save(update_fields=["state", "proposed_by"])
        _note(row, "proposed", staff_id, staff_name, reason)


def confirm_hit(hit_id: UUID, staff_id: UUID, staff_name: str, reason: str) -> None:
    """The second name. Nothing is refused by it: what follows is reported and decided by people outside this room.
    Raises as `clear_hit`."""
    reason = _reason(reason)
    with transaction.atomic():
        row = _waiting(hit_id)
        if row.state != PROPOSED:
            raise HitClosed()
        if row.proposed_by == staff_id:
            raise SecondPersonNeeded()
        _end(row, CONFIRMED, staff_id)
        _note(row, "confirmed", staff_id, staff_name, reason)


def _waiting(hit_id: UUID) -> Hit:
    row = Hit.objects.select_for_update().filter(id=hit_id).first()
    if row is None:
        raise NotFound(what="命中")
    if row.state not in (OPEN, PROPOSED):
        raise HitClosed()
    return row


def _end(row: Hit, state: str, staff_id: UUID) -> None:
    row.state, row.decided_by, row.decided_at = state, staff_id, clock.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])


def _note(row: Hit, what: str, staff_id: UUID, staff_name: str, text: str) -> None:
    HitEvent.objects.create(hit=row, at=clock.now(), what=what, by=staff_id, by_name=staff_name, text=text)


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not 0 < len(reason) <= 200:
        raise InvalidInput(field="reason", reason_zh="请写明理由，最多 200 字", reason_en="say why, in 200 characters")
    return reason

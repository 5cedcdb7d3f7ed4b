"""A handler takes a claim, or hands one to another, with a reason that stays."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotAllowed
from baohe.plumbing import clock
from baohe.rooms.claims import locks, moves
from baohe.rooms.claims.actions.states import refuse_unless_handler
from baohe.rooms.claims.errors import HandlerAway
from baohe.rooms.claims.models import Claim
from baohe.rooms.claims.rules.authority import grade_of
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView

_LEADING = ("claims_lead", "claims_head")


def take_claim(staff_id: UUID, claim_id: UUID, reason: str) -> None:
    """Make the claim one's own. Raises `NotAllowed`, `NotFound`, `InvalidInput` without a reason."""
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    with transaction.atomic():
        _give(locks.any_claim(claim_id), "taken", staff, staff, reason)


def hand_over(staff_id: UUID, claim_id: UUID, to_id: UUID, reason: str) -> None:
    """Give one's own claim, one that nobody has, or as a lead anybody's, to a handler who is here.

    Raises `NotAllowed` for a claim of another handler, `HandlerAway`, `InvalidInput`, `NotFound`.
    """
    staff, other = people.staff(staff_id), people.staff(to_id)
    refuse_unless_handler(staff)
    if "claims_handler" not in other.roles:
        raise InvalidInput(field="to", reason_zh="接手的人不是理赔员", reason_en="is no claims handler")
    leave = moves.away_on(clock.today()).get(other.id)
    if leave is not None:
        raise HandlerAway(name=other.name, until=leave.last_day.isoformat())
    with transaction.atomic():
        row = locks.any_claim(claim_id)
        if row.handler_id not in (None, staff.id) and grade_of(staff.roles) not in _LEADING:
            raise NotAllowed()
        _give(row, "handed", other, staff, reason)


def _give(row: Claim, how: str, to: StaffView, by: StaffView, reason: str) -> None:
    if not 2 <= len(reason.strip()) <= 200:
        raise InvalidInput(field="reason", reason_zh="写明原因，2–200 个字", reason_en="say why, 2 to 200 letters")
    moves.give(row, how, to, by=by, reason=reason.strip())
    row.save()

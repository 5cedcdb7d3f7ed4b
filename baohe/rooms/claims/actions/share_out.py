"""Claims that nobody has go to whoever has the least to do; a claim of somebody away goes to the deputy and comes back.

One round; repeating it changes nothing. Nobody is given a claim on a day of leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import moves
from baohe.rooms.claims.models import OPEN, Claim, Leave, Move
from baohe.rooms.claims.rules.sharing_work import Hand, choose, weight
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView

_MOST_AT_ONCE = 200
_IN_WORK = OPEN | Q(state="draft")
"""Also what waits for papers is somebody's."""


def share_out() -> int:
    """Back from leave, to deputies, then what nobody has; returns how many claims moved."""
    today = clock.today()
    away = moves.away_on(today)
    moved = sum(_bring_back(leave, away) for leave in _over(today))
    moved += sum(_stand_in(leave, away) for leave in away.values())
    return moved + _share(away, today)


def _share(away: Mapping[UUID, Leave], today: date) -> int:
    waiting = Claim.objects.filter(OPEN, handler_id=None).order_by("created_at", "id")
    found = list(waiting.values_list("id", flat=True)[:_MOST_AT_ONCE])
    if not found:
        return 0
    hands, load, shared = moves.hands(), moves.loads(), 0
    for claim_id in found:
        with transaction.atomic():
            row = Claim.objects.select_for_update(skip_locked=True).filter(OPEN, id=claim_id, handler_id=None).first()
            hand = choose(hands, away, load, row.calculated_fen, today) if row else None
            if row is None or hand is None:
                continue
            _give(row, "shared", hand)
            load[hand.id] = load.get(hand.id, 0) + weight(row.calculated_fen)
            shared += 1
    return shared


def _stand_in(leave: Leave, away: Mapping[UUID, Leave]) -> int:
    deputy = _deputy(leave, away)
    if deputy is None:
        return 0
    mine = Claim.objects.filter(_IN_WORK, handler_id=leave.staff_id).values_list("id", flat=True)
    return sum(_move(claim_id, leave.staff_id, "stood_in", deputy, leave) for claim_id in mine[:_MOST_AT_ONCE])


def _bring_back(leave: Leave, away: Mapping[UUID, Leave]) -> int:
    """What the deputy still has of it; what a third person took meanwhile stays there. Whoever is away again gets
    theirs when that ends."""
    if leave.staff_id in away:
        return 0
    owner = _active(leave.staff_id)
    given = Move.objects.filter(leave=leave, how="stood_in").order_by("id").values_list("claim_id", "to_id", "id")
    back = 0
    if owner is not None:
        for claim_id, deputy_id, move_id in given:
            if not Move.objects.filter(claim_id=claim_id, id__gt=move_id).exists():
                back += _move(claim_id, deputy_id, "back", owner, leave)
    Leave.objects.filter(id=leave.id).update(closed_at=clock.now())
    return back


def _move(claim_id: UUID, from_id: UUID, how: str, to: StaffView, leave: Leave) -> int:
    with transaction.atomic():
        row = Claim.objects.select_for_update().filter(_IN_WORK, id=claim_id, handler_id=from_id).first()
        if row is None:
            return 0
        _give(row, how, to, leave)
        return 1


def _give(row: Claim, how: str, to: StaffView | Hand, leave: Leave | None = None) -> None:
    moves.give(row, how, to, leave=leave)
    row.save(update_fields=["handler_id", "handler_name"])


def _over(today: date) -> list[Leave]:
    ended = Q(last_day__lt=today) | Q(cancelled_at__isnull=False)
    return list(Leave.objects.filter(ended, closed_at=None).order_by("last_day", "id")[:_MOST_AT_ONCE])


def _deputy(leave: Leave, away: Mapping[UUID, Leave]) -> StaffView | None:
    """The first who is here along the line of deputies; None when the line ends with somebody away."""
    seen = {leave.staff_id}
    while leave.deputy_id in away and leave.deputy_id not in seen:
        seen.add(leave.deputy_id)
        leave = away[leave.deputy_id]
    return None if leave.deputy_id in seen else _active(leave.deputy_id)


def _active(staff_id: UUID) -> StaffView | None:
    try:
        return people.staff(staff_id)
    except NotFound:
        return None

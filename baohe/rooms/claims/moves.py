"""Who has a claim: every change of hands is kept. Called with the claim's row locked; the caller saves the row."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from baohe.plumbing import clock
from baohe.rooms.claims.models import OPEN, Claim, Leave, Move
from baohe.rooms.claims.rules.authority import grade_of
from baohe.rooms.claims.rules.sharing_work import HEAVY_FEN, Hand, weight
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView


def give(
    row: Claim,
    how: str,
    to: StaffView | Hand,
    by: StaffView | None = None,
    reason: str = "",
    leave: Leave | None = None,
) -> None:
    """The claim is `to`'s from now on; nothing when it is already."""
    if row.handler_id == to.id:
        return
    Move.objects.create(
        claim=row,
        shard_key=row.shard_key,
        at=clock.now(),
        how=how,
        from_id=row.handler_id,
        from_name=row.handler_name,
        to_id=to.id,
        to_name=to.name,
        by_id=by.id if by else None,
        by_name=by.name if by else "",
        reason=reason,
        leave=leave,
    )
    row.handler_id, row.handler_name = to.id, to.name


def hands() -> tuple[Hand, ...]:
    """Every active handler with the grade that counts."""
    higher = {
        grade: {one.id for one in people.staff_with_role(grade)}
        for grade in ("claims_senior", "claims_lead", "claims_head")
    }
    return tuple(
        Hand(one.id, one.name, grade_of(["claims_handler", *(role for role, ids in higher.items() if one.id in ids)]))
        for one in people.staff_with_role("claims_handler")
    )


def away_on(day: date) -> dict[UUID, Leave]:
    """Who is away that day, with the leave that says so; the latest one where two overlap."""
    rows = Leave.objects.filter(first_day__lte=day, last_day__gte=day, cancelled_at=None, closed_at=None)
    return {row.staff_id: row for row in rows.order_by("set_at")}


def loads() -> dict[UUID, int]:
    """The weight of everybody's open claims (see `rules.sharing_work.weight`)."""
    heavy = Q(calculated_fen=None) | Q(calculated_fen__gt=HEAVY_FEN)
    rows = (
        Claim.objects.filter(OPEN, handler_id__isnull=False)
        .values("handler_id")
        .annotate(light=Count("id", filter=~heavy), heavy=Count("id", filter=heavy))
    )
    return {row["handler_id"]: row["light"] + row["heavy"] * weight(None) for row in rows}

"""A partner disputes its statements, and follows what becomes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from baohe.faces.open_api.signed import partner_of
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import Actor, DisputeView

router = Router(tags=["settlement"])

PAGE = 50
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
LineNumber = Annotated[int, Field(ge=1, le=10**9)]


class DisputeCall(Schema):
    """`lines` are numbers of the statement's lines; without any the whole statement is disputed."""

    reference: str = Field(min_length=1, max_length=64, description="your own name for it: once for ever")
    reason: str = Field(min_length=1, max_length=1000)
    lines: list[LineNumber] = Field(default=[], max_length=200)


class DisputeEvent(Schema):
    at: datetime
    action: str = Field(description="opened, answered, accepted, corrected or upheld")
    by: str
    text: str


class Dispute(Schema):
    """`due_at` is the next deadline: ours to answer while it is open, yours to accept while it is answered."""

    id: UUID
    statement_id: UUID
    statement_number: str
    reference: str
    reason: str
    lines: list[int]
    held_fen: int = Field(description="held back until it is decided; the rest is paid")
    state: str = Field(description="open, answered, accepted, corrected (see the newer edition) or upheld")
    due_at: datetime | None
    answer: str
    events: list[DisputeEvent]


class DisputePage(Schema):
    items: list[Dispute]
    total: int
    page: int
    size: int


@router.post(
    "settlement/statements/{uuid:statement_id}/disputes", response=Dispute, summary="Dispute a statement or its lines"
)
def open_dispute(request: HttpRequest, statement_id: UUID, call: DisputeCall) -> Dispute:
    """Until `dispute_until` of the statement. Repeat the call freely: a reference is one dispute."""
    actor = Actor(None, partner_of(request).name)
    return _dispute(
        settlement.open_dispute(statement_id, call.reference, call.reason, call.lines, actor, _branch(request))
    )


@router.get("settlement/disputes", response=DisputePage, summary="Your disputes, newest first")
def disputes(request: HttpRequest, page: PageNumber = 1) -> DisputePage:
    found, total = settlement.disputes(page, PAGE, branch=_branch(request))
    return DisputePage(items=[_dispute(one) for one in found], total=total, page=page, size=PAGE)


@router.get("settlement/disputes/{uuid:dispute_id}", response=Dispute, summary="One dispute")
def dispute(request: HttpRequest, dispute_id: UUID) -> Dispute:
    return _dispute(settlement.dispute(dispute_id, _branch(request)))


@router.post("settlement/disputes/{uuid:dispute_id}/accept", response=Dispute, summary="Accept the answer")
def accept(request: HttpRequest, dispute_id: UUID) -> Dispute:
    """Repeat it freely. What was held back is paid with the next settlement."""
    return _dispute(settlement.accept(dispute_id, Actor(None, partner_of(request).name), _branch(request)))


def _branch(request: HttpRequest) -> str:
    return f"partner/{partner_of(request).id}"


def _dispute(one: DisputeView) -> Dispute:
    return Dispute(
        id=one.id,
        statement_id=one.statement_id,
        statement_number=one.statement_number,
        reference=one.reference,
        reason=one.reason,
        lines=list(one.lines),
        held_fen=one.held_fen,
        state=one.state,
        due_at=one.due_at,
        answer=one.answer,
        events=[DisputeEvent(at=step.at, action=step.action, by=step.by_name, text=step.text) for step in one.steps],
    )

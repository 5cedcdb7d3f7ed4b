"""Messages of a claim: the claimant writes and reads, by account or by a proven link, in every state of it. Reading
marks nothing; `seen` does."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Query, Router, Status

from baohe.faces.shop.schemas.claims import ClaimMessage, ClaimMessages, MessageIn, SeenIn
from baohe.faces.shop.session import claim_owner, claimant
from baohe.flows import claim_messages
from baohe.rooms.claims import facade as claims

router = Router(tags=["claims"], auth=claimant)


@router.get("claims/{claim_id}/messages", response=ClaimMessages)
def show(request: HttpRequest, claim_id: UUID, before: int | None = Query(None, ge=1, le=1_000_000)) -> ClaimMessages:
    page = claims.messages_of(claim_owner(request, claim_id), claim_id, before)
    return ClaimMessages(
        items=[_out(one) for one in page.items],
        earlier=page.earlier,
        unread=page.unread,
        last=page.last,
        answer_by=page.answer_by,
    )


@router.post("claims/{claim_id}/messages", response={201: ClaimMessage})
def write(
    request: HttpRequest,
    claim_id: UUID,
    body: MessageIn,
    idempotency_key: str = Header(alias="Idempotency-Key", min_length=1, max_length=255),
) -> Status[ClaimMessage]:
    """Sent once for a key. Numbers of identity cards and bank cards are taken out before anything is kept."""
    return Status(201, _out(claim_messages.write(claim_owner(request, claim_id), claim_id, body.text, idempotency_key)))


@router.post("claims/{claim_id}/messages/seen", response={204: None})
def seen(request: HttpRequest, claim_id: UUID, body: SeenIn) -> Status[None]:
    claim_messages.seen_by_claimant(claim_owner(request, claim_id), claim_id, body.number)
    return Status(204, None)


def _out(view: claims.MessageView) -> ClaimMessage:
    return ClaimMessage(
        number=view.number,
        mine=view.side == "claimant",
        name=view.name,
        text=view.text,
        masked=view.masked,
        at=view.at,
        unread=view.unread,
    )

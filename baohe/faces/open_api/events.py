"""What happened to an insured order: the claim settles itself, or goes to a person."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from baohe.faces.open_api.items import read_items, reference_of
from baohe.faces.open_api.policies import problem
from baohe.faces.open_api.schemas import EventAnswer, EventCall, EventItem, EventOutcome
from baohe.faces.open_api.signed import partner_of
from baohe.flows import settle_claim
from baohe.kernel.errors import BaoheError
from baohe.rooms.partners.contracts import PartnerView

router = Router(tags=["events"])


@router.post(
    "events",
    response=EventAnswer,
    summary="Report one to 1,000 events",
)
def report_events(request: HttpRequest, call: EventCall) -> EventAnswer:
    """Every item is decided alone. A repeated event is answered again and pays once."""
    partner = partner_of(request)
    read = read_items(call.items, EventItem)
    results = [
        _settle(partner, item) if isinstance(item, EventItem) else _refused(reference_of(raw), item)
        for raw, item in zip(call.items, read, strict=True)
    ]
    return EventAnswer(
        accepted=sum(result.status == "accepted" for result in results),
        repeated=sum(result.status == "repeated" for result in results),
        refused=sum(result.status == "refused" for result in results),
        results=results,
    )


def _settle(partner: PartnerView, item: EventItem) -> EventOutcome:
    try:
        settled = settle_claim.settle_event(partner.id, item.reference, item.event, item.occurred_at)
    except BaoheError as refusal:
        return _refused(item.reference, refusal)
    return EventOutcome(
        reference=item.reference,
        status="repeated" if settled.repeated else "accepted",
        claim_number=settled.number,
        decision=settled.decision,
        amount_fen=settled.amount_fen,
    )


def _refused(reference: str | None, error: BaoheError) -> EventOutcome:
    return EventOutcome(reference=reference, status="refused", problem=problem(error))

"""A claim that needs papers: the partner opens it, its customer goes on by the link that comes back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field, StringConstraints

from baohe.faces.open_api.schemas import Code, Day, Reference
from baohe.faces.open_api.signed import partner_of
from baohe.flows import report_by_partner
from baohe.flows.report_by_partner import Opened, Told

router = Router(tags=["claims"])


class ClaimCall(Schema):
    """What happened to the customer of an insured order. The same call again is the same claim."""

    model_config = ConfigDict(extra="forbid")

    reference: Reference = Field(description="your number of the order")
    event: Code = Field(description="an event with papers of the product (see /products), or other")
    incident: Reference = Field(
        default="1", description="your own name for what happened: once for ever under this order and event"
    )
    happened_on: Day
    sentence: Annotated[str, StringConstraints(strict=True, min_length=2, max_length=500)] = Field(
        description="what happened, in your customer's words"
    )
    another: bool = Field(default=False, description="another event than the claim that is open for these days")


class ClaimLink(Schema):
    """`url` comes once, when the link is made: we keep a hash of it. Hand it to your customer and to nobody else; it
    opens this one claim, for whoever proves to be the insured of the order."""

    url: str | None
    state: str = Field(description="live | expired | replaced | revoked")
    proof: str = Field(description="phone: a code to phone_masked; identity: name and last six of the document")
    phone_masked: str
    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None = Field(description="when your customer first proved it, if they did")


class LinkedClaim(Schema):
    """`state` is draft (your customer has to hand in papers), with_person, to_pay, paying, paid, refused_by_person or
    withdrawn. What is paid, to whom and why is your customer's to tell."""

    claim_id: UUID
    number: str
    reference: str
    event: str
    incident: str
    happened_on: date
    state: str
    submitted_at: datetime | None
    paid_at: datetime | None
    link: ClaimLink


@router.post("claims", response={200: LinkedClaim, 201: LinkedClaim}, summary="Open a claim for your customer")
def open_claim(request: HttpRequest, call: ClaimCall) -> Status[LinkedClaim]:
    """201 with the link, which comes this once; 200 without it when the notice had been taken before."""
    told = Told(call.reference, call.event, call.incident, call.happened_on, call.sentence, call.another)
    opened = report_by_partner.report(partner_of(request).id, told)
    return Status(200 if opened.url is None else 201, _claim(opened))


@router.get("claims/{uuid:claim_id}", response=LinkedClaim, summary="How the claim stands")
def claim_state(request: HttpRequest, claim_id: UUID) -> LinkedClaim:
    return _claim(report_by_partner.state(partner_of(request).id, claim_id))


@router.post("claims/{uuid:claim_id}/link", response={201: LinkedClaim}, summary="Make another link")
def renew_link(request: HttpRequest, claim_id: UUID) -> Status[LinkedClaim]:
    """The one before ends, with whatever it had opened. At most ten a day."""
    return Status(201, _claim(report_by_partner.renew(partner_of(request).id, claim_id)))


@router.delete("claims/{uuid:claim_id}/link", response=LinkedClaim, summary="Revoke the link")
def revoke_link(request: HttpRequest, claim_id: UUID) -> LinkedClaim:
    """Repeat it freely. The claim goes on; what was handed in stays."""
    return _claim(report_by_partner.revoke(partner_of(request).id, claim_id))


def _claim(opened: Opened) -> LinkedClaim:
    notice, claim, link = opened.notice, opened.claim, opened.link
    return LinkedClaim(
        claim_id=claim.id,
        number=claim.number,
        reference=notice.reference,
        event=notice.event,
        incident=notice.incident,
        happened_on=claim.happened_on,
        state=claim.state,
        submitted_at=claim.submitted_at,
        paid_at=claim.paid_at,
        link=ClaimLink(
            url=opened.url,
            state=link.state,
            proof=link.proof,
            phone_masked=link.phone_masked,
            made_at=link.made_at,
            expires_at=link.expires_at,
            opened_at=link.opened_at,
        ),
    )

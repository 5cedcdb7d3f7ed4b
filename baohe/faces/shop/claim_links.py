"""A claim without an account: the link from the partner is proven here, and then opens that one claim."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from baohe.faces.shop.schemas import claim_links as schema
from baohe.faces.shop.session import any_visitor, hold_link, holds
from baohe.rooms.claim_links import facade as claim_links
from baohe.rooms.claim_links.contracts import LinkView

router = Router(tags=["claims"])


@router.post("claim-links/look", response=schema.ClaimLinkState, auth=any_visitor)
def look(request: HttpRequest, body: schema.ClaimLinkToken) -> schema.ClaimLinkState:
    """Whether a link still works and how it is opened; nothing of the people or the claim."""
    return _state(request, claim_links.look(body.token))


@router.post("claim-links/code", response={202: schema.ClaimLinkState}, auth=any_visitor)
def send_code(request: HttpRequest, body: schema.ClaimLinkToken) -> Status[schema.ClaimLinkState]:
    """Send a code to the telephone that the order names, and to no other."""
    return Status(202, _state(request, claim_links.send_code(body.token)))


@router.post("claim-links/open", response=schema.ClaimLinkState, auth=any_visitor)
def open_by_code(request: HttpRequest, body: schema.ClaimLinkCode) -> schema.ClaimLinkState:
    """With the right code this browser may open the claim, for two hours."""
    return _proven(request, claim_links.open_by_code(body.token, body.code))


@router.post("claim-links/identity", response=schema.ClaimLinkState, auth=any_visitor)
def open_by_identity(request: HttpRequest, body: schema.ClaimLinkIdentity) -> schema.ClaimLinkState:
    """Where the order has no telephone: name and last six of the document, five tries a link."""
    return _proven(request, claim_links.open_by_identity(body.token, body.name, body.identity_last))


def _proven(request: HttpRequest, link: LinkView) -> schema.ClaimLinkState:
    hold_link(request, link)
    return _state(request, link)


def _state(request: HttpRequest, link: LinkView) -> schema.ClaimLinkState:
    who = claim_links.claimant_of(link.claim_id) if settings.BAOHE_DEMO else None
    return schema.ClaimLinkState(
        proof=link.proof,
        phone_masked=link.phone_masked,
        insurer_phone=link.insurer_phone,
        expires_at=link.expires_at,
        claim_id=str(link.claim_id) if holds(request, link) else None,
        demo_phone=(who.phone or None) if who is not None else None,
    )

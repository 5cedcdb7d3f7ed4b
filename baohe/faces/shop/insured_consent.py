"""The insured's consent: the policyholder sends a link, the insured answers on their own telephone (SALE-11)."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import parties as schema
from baohe.faces.shop.session import account_id, any_visitor, signed_in
from baohe.flows import insured_consent
from baohe.kernel.errors import NotFound
from baohe.rooms.assents import facade as assents
from baohe.rooms.assents.contracts import LinkView, OpenedLink
from baohe.rooms.assents.errors import CodeNeeded
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView

router = Router(tags=["insured consent"])
_PROVEN = "assent_proven"
"""In the browser's session: the link whose telephone this browser has proven."""


@router.get("proposals/{uuid:proposal_id}/insured-consent", response=schema.InsuredConsent, auth=signed_in)
def show(request: HttpRequest, proposal_id: UUID) -> schema.InsuredConsent:
    return _consent(policies.proposal(account_id(request), proposal_id))


@router.post("proposals/{uuid:proposal_id}/insured-consent", response={202: schema.InsuredConsent}, auth=signed_in)
def send(request: HttpRequest, proposal_id: UUID, body: schema.ConsentLinkIn) -> Status[schema.InsuredConsent]:
    """Send the link, or send it again; a link sent before is void from here on."""
    owner = account_id(request)
    insured_consent.send(owner, proposal_id, body.phone, body.insured_decides)
    return Status(202, _consent(policies.proposal(owner, proposal_id)))


@router.post("consent-links/look", response=schema.LinkState, auth=any_visitor)
def look(request: HttpRequest, body: schema.LinkToken) -> schema.LinkState:
    """Whether a link still works. The token travels in the body: addresses end in logs."""
    return _state(request, assents.look(body.token))


@router.post("consent-links/code", response={202: schema.LinkState}, auth=any_visitor)
def send_code(request: HttpRequest, body: schema.LinkToken) -> Status[schema.LinkState]:
    """Send a code to the telephone of the link, and to no other."""
    return Status(202, _state(request, assents.send_code(body.token)))


@router.post("consent-links/open", response=schema.LinkTerms, auth=any_visitor)
def open_link(request: HttpRequest, body: schema.LinkCode) -> schema.LinkTerms:
    """What is asked, once the code is right; from now on this browser may answer."""
    opened = assents.open_link(body.token, body.code)
    request.session[_PROVEN] = str(opened.link.id)
    return terms(opened)


@router.post("consent-links/terms", response=schema.LinkTerms, auth=any_visitor)
def read_again(request: HttpRequest, body: schema.LinkToken) -> schema.LinkTerms:
    opened = assents.reopen(body.token)
    _refuse_other_browser(request, opened.link)
    return terms(opened)


@router.post("consent-links/answer", response=schema.LinkTerms, auth=any_visitor)
def answer(request: HttpRequest, body: schema.LinkAnswer) -> schema.LinkTerms:
    """Yes or no, once."""
    _refuse_other_browser(request, assents.look(body.token))
    strokes = [[point.model_dump() for point in stroke] for stroke in body.strokes]
    opened = insured_consent.answer(body.token, body.terms, body.agreed, strokes)
    del request.session[_PROVEN]
    return terms(opened)


def link(view: LinkView | None) -> schema.ConsentLink | None:
    if view is None:
        return None
    return schema.ConsentLink(
        state=view.state,
        phone_masked=view.phone_masked,
        sent_at=view.sent_at,
        expires_at=view.expires_at,
        resend_after=view.resend_after,
        decided_at=view.decided_at,
    )


def terms(opened: OpenedLink) -> schema.LinkTerms:
    asked = opened.question
    return schema.LinkTerms(
        subject=asked.subject,
        holder_name=asked.holder_name,
        insured_name=asked.insured_name,
        product_name=shapes.text(asked.product),
        insurer_name=shapes.text(asked.insurer),
        sum_fen=asked.sum_fen,
        lines=[shapes.text(line) for line in asked.lines],
        terms=opened.terms,
        state=opened.link.state,
    )


def _consent(proposal: ProposalView) -> schema.InsuredConsent:
    """Raises `NotFound` where nobody else has to consent."""
    paper = insured_consent.paper_of(proposal)
    if not paper.needed:
        raise NotFound(what="被保险人同意书")
    return schema.InsuredConsent(
        insured_name=proposal.insured_name,
        product_name=shapes.text(catalog.version(proposal.version_id).name),
        lines=[shapes.text(line) for line in paper.text],
        consented_at=paper.confirmed_at,
        link=link(insured_consent.link_of(proposal)),
    )


def _state(request: HttpRequest, view: LinkView) -> schema.LinkState:
    return schema.LinkState(
        phone_masked=view.phone_masked,
        expires_at=view.expires_at,
        proven=request.session.get(_PROVEN) == str(view.id),
        demo_phone=assents.phone_in_demo(view.id) if settings.BAOHE_DEMO else None,
    )


def _refuse_other_browser(request: HttpRequest, view: LinkView) -> None:
    """A link that was opened elsewhere is no key here: whoever copies it has to prove the telephone too."""
    if request.session.get(_PROVEN) != str(view.id):
        raise CodeNeeded()

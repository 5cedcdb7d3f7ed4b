"""Proposal: who is insured, who receives, which pages were read, and the signature."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router, Status

from baohe.faces.documented import file_answer
from baohe.faces.shop import proposal_page, shapes
from baohe.faces.shop.schemas.sale import (
    BeneficiaryIn,
    Confirmation,
    InstalmentIn,
    Proposal,
    ProposalIn,
    SignatureDocument,
    SignatureIn,
)
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import proposal_paper, purchase
from baohe.rooms.documents import facade as documents
from baohe.rooms.policies import facade as policies

router = Router(tags=["proposals"], auth=signed_in)


@router.post("proposals", response={201: Proposal})
def draft(request: HttpRequest, body: ProposalIn) -> Status[Proposal]:
    proposal = purchase.draft(
        account_id(request),
        shapes.identifier("declaration_id", body.declaration_id),
        proposal_page.choices(body.beneficiaries),
        body.start,
        body.instalment,
        body.insured_object,
        body.adviser,
    )
    return Status(201, proposal_page.proposal(proposal))


@router.get("proposals/{uuid:proposal_id}", response=Proposal)
def show(request: HttpRequest, proposal_id: UUID) -> Proposal:
    return proposal_page.proposal(policies.proposal(account_id(request), proposal_id))


@router.put("proposals/{uuid:proposal_id}/beneficiaries", response=Proposal)
def state_beneficiaries(
    request: HttpRequest, proposal_id: UUID, body: Annotated[list[BeneficiaryIn], Body(max_length=10)]
) -> Proposal:
    changed = policies.set_beneficiaries(account_id(request), proposal_id, proposal_page.choices(body))
    return proposal_page.proposal(changed)


@router.put("proposals/{uuid:proposal_id}/instalment", response=Proposal)
def choose_instalment(request: HttpRequest, proposal_id: UUID, body: InstalmentIn) -> Proposal:
    return proposal_page.proposal(policies.set_instalment(account_id(request), proposal_id, body.instalment))


@router.post("proposals/{uuid:proposal_id}/confirmations", response=Proposal)
def confirm(request: HttpRequest, proposal_id: UUID, body: Confirmation) -> Proposal:
    changed = policies.confirm_paper(account_id(request), proposal_id, body.code, body.digest, body.agreed)
    return proposal_page.proposal(changed)


@router.get("proposals/{uuid:proposal_id}/document", response=SignatureDocument)
def document(request: HttpRequest, proposal_id: UUID) -> SignatureDocument:
    proposal = policies.proposal(account_id(request), proposal_id)
    return SignatureDocument(
        digest=proposal_paper.document_digest(proposal),
        url=f"/api/shop/v1/proposals/{proposal_id}/document.pdf",
        lines=[shapes.text(line) for line in proposal_paper.lines(proposal)],
    )


@router.get("proposals/{uuid:proposal_id}/document.pdf", openapi_extra=file_answer("application/pdf"))
def document_pdf(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    proposal = policies.proposal(account_id(request), proposal_id)
    paper = documents.proposal_document(proposal_paper.proposal_document(proposal))
    return pdf(paper.content, f"{proposal_id}.pdf")


@router.post("proposals/{uuid:proposal_id}/signature", response=Proposal)
def sign(request: HttpRequest, proposal_id: UUID, body: SignatureIn) -> Proposal:
    strokes = [[point.model_dump() for point in stroke] for stroke in body.strokes]
    return proposal_page.proposal(purchase.sign(account_id(request), proposal_id, body.document_digest, strokes))


def pdf(content: bytes, name: str) -> HttpResponse:
    """A document of one customer: shown in the page, never kept by a cache between."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response

"""Proposal: who is insured, who receives, which pages were read, and the signature."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router, Status

from baohe.faces.documented import file_answer, pdf
from baohe.faces.shop import proposal_page, shapes
from baohe.faces.shop.devices import device_name
from baohe.faces.shop.schemas.sale import (
    SHA256,
    BeneficiaryIn,
    Confirmation,
    InstalmentIn,
    Proposal,
    ProposalIn,
    SignatureDocument,
    SignatureIn,
    SigningCode,
    SigningCodeIn,
)
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import policy_papers, proposal_paper, purchase, sign_proposal
from baohe.flows.sign_proposal import Given
from baohe.rooms.documents import facade as documents
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import SIGNING_CONSENT

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
    """The file to sign. It is kept as it is shown now: code and signature name its bytes."""
    account = account_id(request)
    proposal = policies.proposal(account, proposal_id)
    shown = sign_proposal.show(proposal)
    return SignatureDocument(
        digest=shown.content_digest,
        sha256=shown.sha256,
        url=f"/api/shop/v1/proposals/{proposal_id}/document.pdf?sha256={shown.sha256}",
        lines=[shapes.text(line) for line in proposal_paper.lines(proposal)],
        consent=shapes.text(SIGNING_CONSENT),
        consent_sha256=sign_proposal.consent_sha256(),
        phone_masked=people.account(account).phone_masked,
    )


@router.get("proposals/{uuid:proposal_id}/document.pdf", openapi_extra=file_answer("application/pdf"))
def document_pdf(
    request: HttpRequest,
    proposal_id: UUID,
    sha256: str | None = Query(None, pattern=SHA256, description="a file as it was shown; default: as it is now"),
) -> HttpResponse:
    proposal = policies.proposal(account_id(request), proposal_id)
    wanted = sha256 or sign_proposal.show(proposal).sha256
    return pdf(documents.shown_bytes(proposal_id, wanted), f"{proposal_id}.pdf")


@router.get("proposals/{uuid:proposal_id}/health-declaration.pdf", openapi_extra=file_answer("application/pdf"))
def health_declaration_pdf(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """What was asked, answered and decided; the signed paper of the policy once there is one."""
    content = policy_papers.declared_before(account_id(request), proposal_id)
    return pdf(content, f"{proposal_id}-health-declaration.pdf")


@router.post("proposals/{uuid:proposal_id}/signature/code", response={202: SigningCode})
def send_signing_code(request: HttpRequest, proposal_id: UUID, body: SigningCodeIn) -> Status[SigningCode]:
    """Send a code to the telephone of the account. It signs this file and no other, once, within five minutes."""
    address = request.META.get("REMOTE_ADDR", "")
    sent = purchase.send_signing_code(account_id(request), proposal_id, body.document_sha256, address)
    return Status(
        202,
        SigningCode(
            code_id=str(sent.request_id),
            resend_after_seconds=sent.resend_after_seconds,
            expires_in_seconds=sent.expires_in_seconds,
        ),
    )


@router.post("proposals/{uuid:proposal_id}/signature", response=Proposal)
def sign(request: HttpRequest, proposal_id: UUID, body: SignatureIn) -> Proposal:
    given = Given(
        document_sha256=body.document_sha256,
        strokes=[[point.model_dump() for point in stroke] for stroke in body.strokes],
        consent_sha256=body.consent_sha256,
        code_id=shapes.identifier("code_id", body.code_id),
        code=body.code,
        device=device_name(request.headers.get("User-Agent", "")),
        device_key=body.device.key,
        device_signature=body.device.signature,
    )
    return proposal_page.proposal(purchase.sign(account_id(request), proposal_id, given))

"""Policies of the signed-in customer: list, page, document, leaving."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router, Status

from baohe.faces.documented import file_answer, pdf
from baohe.faces.shop import endorsement_page, paper_list, policy_page
from baohe.faces.shop.schemas.basis import Page
from baohe.faces.shop.schemas.policies import (
    Cancellation,
    CancellationIn,
    Endorsement,
    LowerSumIn,
    LowerSums,
    PolicyCard,
    PolicyDetail,
    PolicyPaper,
)
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import endorse, policy_papers
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.flows.stop_deduction import stop_deduction
from baohe.kernel.errors import NotFound
from baohe.rooms.documents import facade as documents
from baohe.rooms.policies import facade as policies

router = Router(tags=["policies"], auth=signed_in)


@router.get("policies", response=Page[PolicyCard])
def my_policies(
    request: HttpRequest, page: int = Query(1, ge=1, le=10_000), size: int = Query(20, ge=1, le=50)
) -> Page[PolicyCard]:
    found = policies.policies_of(account_id(request), page, size)
    return Page[PolicyCard](
        items=[policy_page.card(item) for item in found.items], total=found.total, page=found.page, size=found.size
    )


@router.get("policies/{uuid:policy_id}", response=PolicyDetail)
def show(request: HttpRequest, policy_id: UUID) -> PolicyDetail:
    owner = account_id(request)
    return policy_page.detail(policies.policy(owner, policy_id), leaving_today(owner, policy_id))


@router.get("policies/{uuid:policy_id}/document.pdf", openapi_extra=file_answer("application/pdf"))
def document_pdf(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    policy = policies.policy(account_id(request), policy_id)
    document = documents.document_of(policy.id)
    if document is None or document.state != "ready":
        raise NotFound(what="电子保单")
    return pdf(documents.bytes_of(document.id), f"{policy.number}.pdf")


@router.get("policies/{uuid:policy_id}/papers", response=list[PolicyPaper])
def papers(request: HttpRequest, policy_id: UUID) -> list[PolicyPaper]:
    """Every paper of the policy, in one place. Nothing is printed by looking."""
    found = policy_papers.papers_of(account_id(request), policy_id)
    return [paper_list.paper(policy_id, line) for line in found]


@router.get("policies/{uuid:policy_id}/receipt.pdf", openapi_extra=file_answer("application/pdf"))
def receipt_pdf(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """The receipt of every premium that came in, signed by the insurer; the same file until another one comes."""
    return pdf(policy_papers.receipt(account_id(request), policy_id), f"{policy_id}-receipt.pdf")


@router.get("policies/{uuid:policy_id}/refund.pdf", openapi_extra=file_answer("application/pdf"))
def refund_pdf(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """The note of what goes back; only for a policy that was left."""
    return pdf(policy_papers.refund(account_id(request), policy_id), f"{policy_id}-refund.pdf")


@router.get("policies/{uuid:policy_id}/health-declaration.pdf", openapi_extra=file_answer("application/pdf"))
def health_declaration_pdf(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """What was asked, answered and decided; only for a product that asks."""
    return pdf(policy_papers.declared(account_id(request), policy_id), f"{policy_id}-health-declaration.pdf")


@router.get("policies/{uuid:policy_id}/own-choice.pdf", openapi_extra=file_answer("application/pdf"))
def own_choice_pdf(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """What the customer stated by hand against our advice; only where they did (SALE-7)."""
    return pdf(policy_papers.own_choice(account_id(request), policy_id), f"{policy_id}-own-choice.pdf")


@router.post("policies/{uuid:policy_id}/deduction/withdrawal", response=PolicyDetail)
def stop_deductions(request: HttpRequest, policy_id: UUID) -> PolicyDetail:
    """One step back from what was agreed in one step (SALE-3)."""
    owner = account_id(request)
    return policy_page.detail(stop_deduction(owner, policy_id), leaving_today(owner, policy_id))


@router.get("policies/{uuid:policy_id}/lower-sums", response=LowerSums)
def lower_sums(request: HttpRequest, policy_id: UUID) -> LowerSums:
    """What lowering the sum insured would do today, calculated line by line; nothing changes by looking."""
    return endorsement_page.lower_sums(account_id(request), policy_id)


@router.post("policies/{uuid:policy_id}/endorsements", response={201: Endorsement})
def lower_sum(
    request: HttpRequest,
    policy_id: UUID,
    body: LowerSumIn,
    idempotency_key: str = Header(alias="Idempotency-Key"),
) -> Status[Endorsement]:
    """Lower the sum insured from tomorrow and give the difference back."""
    owner = account_id(request)
    endorsed = endorse.reduce_cover(owner, policy_id, body.value, body.refund_fen, idempotency_key)
    return Status(201, endorsement_page.endorsement(endorsed.policy, endorsed.endorsement))


@router.get(
    "policies/{uuid:policy_id}/endorsements/{number}/document.pdf", openapi_extra=file_answer("application/pdf")
)
def endorsement_pdf(request: HttpRequest, policy_id: UUID, number: int = Path(ge=1, le=10_000)) -> HttpResponse:
    policy = policies.policy(account_id(request), policy_id)
    document = documents.endorsement_document_of(policy.id, number)
    if document is None or document.state != "ready":
        raise NotFound(what="批单")
    return pdf(documents.bytes_of(document.id), f"{policy.number}-{number}.pdf")


@router.post("policies/{uuid:policy_id}/cancellation", response=Cancellation)
def leave(
    request: HttpRequest,
    policy_id: UUID,
    body: CancellationIn,
    idempotency_key: str = Header(alias="Idempotency-Key"),
) -> Cancellation:
    left = cancel_policy(account_id(request), policy_id, body.refund_fen, idempotency_key, body.reason)
    return Cancellation(
        policy_id=str(policy_id),
        refund_fen=left.refund_fen,
        state="refunded" if left.policy.refunded_at is not None else "refunding",
        cancelled_at=left.cancelled_at,
    )

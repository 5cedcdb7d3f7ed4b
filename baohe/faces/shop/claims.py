"""Claims of the signed-in customer, and the one claim of a proven link: notice, papers, correction, submission,
progress (SERV-5, SERV-7)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Header, Query, Router, Status
from ninja.files import UploadedFile

from baohe.faces.documented import file_answer
from baohe.faces.shop.claim_shapes import claim_out, cover_left_out, paper_out, understanding_out
from baohe.faces.shop.schemas.basis import Choice, Page
from baohe.faces.shop.schemas.claims import (
    Claim,
    ClaimEvents,
    ClaimIn,
    CoverLeftList,
    FieldCorrection,
    Paper,
    PayeeIn,
    ShareAccountIn,
    ToldIn,
    Understanding,
)
from baohe.faces.shop.session import account_id, claim_owner, claimant, signed_in
from baohe.faces.shop.shapes import identifier, text
from baohe.flows import claim_money, pay_shares, settle_claim
from baohe.plumbing import clock, uploads
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice, Told
from baohe.rooms.policies import facade as policies

router = Router(tags=["claims"], auth=signed_in)
_PICTURE: UploadedFile = File(description="JPEG, PNG, WebP or PDF, at most 10 MB")


@router.get("claims", response=Page[Claim])
def my_claims(
    request: HttpRequest, page: int = Query(1, ge=1, le=10_000), size: int = Query(20, ge=1, le=50)
) -> Page[Claim]:
    found = claims.claims_of(account_id(request), page, size)
    return Page[Claim](
        items=[claim_out(item) for item in found.items], total=found.total, page=found.page, size=found.size
    )


@router.post("claims/understand", response=Understanding)
def understand(request: HttpRequest, body: ToldIn) -> Understanding:
    """What a sentence is taken to mean. Nothing is kept: the same question has the same answer."""
    told = Told(
        sentence=body.sentence,
        person_id=identifier("person_id", body.person_id) if body.person_id else None,
        policy_id=identifier("policy_id", body.policy_id) if body.policy_id else None,
        event=body.event,
        happened_on=body.happened_on,
    )
    return understanding_out(claims.understand(account_id(request), told))


@router.post("claims", response={201: Claim})
def first_notice(
    request: HttpRequest,
    body: ClaimIn,
    idempotency_key: str = Header(alias="Idempotency-Key", min_length=1, max_length=255),
) -> Status[Claim]:
    notice = FirstNotice(
        identifier("policy_id", body.policy_id), body.event, body.sentence, body.happened_on, body.another
    )
    opened = claims.first_notice(account_id(request), notice, idempotency_key)
    if body.talk_revision:
        claims.end_talk(account_id(request), body.talk_revision)
    return Status(201, claim_out(opened))


@router.get("claims/{claim_id}", response=Claim, auth=claimant)
def show(request: HttpRequest, claim_id: UUID) -> Claim:
    return claim_out(claims.claim(claim_owner(request, claim_id), claim_id))


@router.put("claims/{claim_id}/payee", response=Claim, auth=claimant)
def give_payee(request: HttpRequest, claim_id: UUID, body: PayeeIn) -> Claim:
    """Where the money goes, of a claim that was opened by a link: an account in the insured's own name."""
    owner = claim_owner(request, claim_id)
    claims.give_payee(owner, claim_id, body.bank, body.number)
    return claim_out(claims.claim(owner, claim_id))


@router.get("policies/{policy_id}/claim-events", response=ClaimEvents)
def events(request: HttpRequest, policy_id: UUID) -> ClaimEvents:
    offered = claims.events_of(account_id(request), policy_id)
    return ClaimEvents(
        events=[Choice(value=item.value, label=text(item.label), detail=text(item.detail)) for item in offered]
    )


@router.get("policies/{policy_id}/cover-left", response=CoverLeftList)
def cover_left(request: HttpRequest, policy_id: UUID, day: date | None = None) -> CoverLeftList:
    """What is left of counted limits and deductibles in the period of `day` (today when left out)."""
    policy = policies.policy_for_claim(account_id(request), policy_id)
    return cover_left_out(claims.cover_left(policy.id, day or min(clock.today(), policy.last_day)))


@router.post("claims/{claim_id}/papers", response={201: Paper}, auth=claimant)
def add_paper(
    request: HttpRequest,
    claim_id: UUID,
    kind: str = Form(description="invoice | bill | record | identity | relation", max_length=20),
    file: UploadedFile = _PICTURE,
    anyway: bool = Form(False, description="keep a picture that was doubted; a person then looks at the claim"),
) -> Status[Paper]:
    uploads.refuse_oversize(file.size)
    paper = claims.add_paper(claim_owner(request, claim_id), claim_id, kind, file.read(), anyway=anyway)
    return Status(201, paper_out(claim_id, paper))


@router.get("claims/{claim_id}/papers/{paper_id}/picture", openapi_extra=file_answer("image/jpeg"), auth=claimant)
def picture(request: HttpRequest, claim_id: UUID, paper_id: UUID) -> HttpResponse:
    """The stored picture, to its owner only; sandboxed, so that nothing in it can ever run."""
    response = HttpResponse(
        claims.picture_of(claim_owner(request, claim_id), claim_id, paper_id), content_type="image/jpeg"
    )
    response["Content-Disposition"] = 'inline; filename="paper.jpg"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@router.put("claims/{claim_id}/papers/{paper_id}/fields", response=Paper, auth=claimant)
def correct(request: HttpRequest, claim_id: UUID, paper_id: UUID, body: FieldCorrection) -> Paper:
    return paper_out(claim_id, claims.correct_fields(claim_owner(request, claim_id), claim_id, paper_id, body.values))


@router.delete("claims/{claim_id}/papers/{paper_id}", response={204: None}, auth=claimant)
def remove_paper(request: HttpRequest, claim_id: UUID, paper_id: UUID) -> Status[None]:
    claims.remove_paper(claim_owner(request, claim_id), claim_id, paper_id)
    return Status(204, None)


@router.post("claims/{claim_id}/submit", response=Claim, auth=claimant)
def submit(
    request: HttpRequest,
    claim_id: UUID,
    idempotency_key: str = Header(alias="Idempotency-Key", min_length=1, max_length=255),
) -> Claim:
    owner = claim_owner(request, claim_id)
    settle_claim.submit_claim(owner, claim_id, idempotency_key)
    return claim_out(claims.claim(owner, claim_id))


@router.post("claims/{claim_id}/ask-person", response=Claim, auth=claimant)
def ask_person(request: HttpRequest, claim_id: UUID) -> Claim:
    owner = claim_owner(request, claim_id)
    settle_claim.ask_person(owner, claim_id)
    return claim_out(claims.claim(owner, claim_id))


@router.post("claims/{claim_id}/shares/{share_id}/account", response=Claim)
def share_account(request: HttpRequest, claim_id: UUID, share_id: UUID, body: ShareAccountIn) -> Claim:
    """Where one beneficiary's share of a death benefit goes: it is paid at once, and once."""
    owner = account_id(request)
    account = claims.ShareAccount(body.bank, body.holder, body.number)
    pay_shares.give_account(owner, claim_id, share_id, account, body.as_guardian)
    return claim_out(claims.claim(owner, claim_id))


@router.post("claims/{claim_id}/withdrawal", response=Claim, auth=claimant)
def withdraw(request: HttpRequest, claim_id: UUID) -> Claim:
    return claim_out(claims.withdraw(claim_owner(request, claim_id), claim_id))


@router.post("claims/{claim_id}/reopening", response=Claim, auth=claimant)
def reopen(request: HttpRequest, claim_id: UUID) -> Claim:
    return claim_out(claim_money.reopen(claim_owner(request, claim_id), claim_id))

"""A declaration with an underwriter: papers, what was read of them, offers, and taking a decision to a person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from baohe.faces.documented import file_answer
from baohe.faces.shop.referral_shapes import paper as paper_out
from baohe.faces.shop.referral_shapes import story
from baohe.faces.shop.schemas.underwriting import (
    ConfirmedValues,
    HandIn,
    MedicalPaper,
    OfferAnswer,
    ReferralStory,
    Report,
    ReviewIn,
)
from baohe.faces.shop.session import account_id, signed_in
from baohe.faces.shop.shapes import identifier
from baohe.flows import contest
from baohe.plumbing import uploads
from baohe.rooms.underwriting import facade as underwriting

router = Router(tags=["underwriting"], auth=signed_in)
_FILE: UploadedFile = File(description="JPEG, PNG, WebP or PDF, at most 10 MB; a PDF of at most 20 pages")
_KIND = "health_report | lab_report | discharge_summary | imaging_report | outpatient_record | income_proof"


@router.post("declarations/reports", response={201: Report})
def add_report(
    request: HttpRequest,
    person_id: str = Form(max_length=40),
    kind: str = Form("health_report", description="health_report | lab_report | discharge_summary", max_length=20),
    health_consent: bool = Form(False, description="separate consent for health data (DATA-1); never pre-ticked"),
    file: UploadedFile = _FILE,
) -> Status[Report]:
    uploads.refuse_oversize(file.size)
    person = identifier("person_id", person_id)
    pages = underwriting.add_report(account_id(request), person, kind, file.read(), health_consent=health_consent)
    return Status(201, Report(id=str(pages[0].id), pages=[paper_out(one) for one in pages]))


@router.get("declarations/reports/{uuid:medical_paper_id}", response=Report)
def report(request: HttpRequest, medical_paper_id: UUID) -> Report:
    """`medical_paper_id`: any page of it."""
    pages = underwriting.pages_of_upload(account_id(request), medical_paper_id)
    return Report(id=str(pages[0].id), pages=[paper_out(one) for one in pages])


@router.get("declarations/{uuid:declaration_id}/referral", response=ReferralStory)
def referral(request: HttpRequest, declaration_id: UUID) -> ReferralStory:
    return story(underwriting.own_referral_view(account_id(request), declaration_id))


@router.post("declarations/{uuid:declaration_id}/papers", response={201: list[MedicalPaper]})
def add_paper(
    request: HttpRequest,
    declaration_id: UUID,
    kind: str = Form(description=_KIND, max_length=20),
    file: UploadedFile = _FILE,
) -> Status[list[MedicalPaper]]:
    uploads.refuse_oversize(file.size)
    pages = underwriting.add_paper(account_id(request), declaration_id, kind, file.read())
    return Status(201, [paper_out(one) for one in pages])


@router.post("declarations/{uuid:declaration_id}/papers/handed-in", response=ReferralStory)
def hand_in(request: HttpRequest, declaration_id: UUID, body: HandIn) -> ReferralStory:
    return story(underwriting.hand_in(account_id(request), declaration_id, body.not_available))


@router.get("medical-papers/{uuid:medical_paper_id}", response=MedicalPaper)
def paper(request: HttpRequest, medical_paper_id: UUID) -> MedicalPaper:
    return paper_out(underwriting.paper(account_id(request), medical_paper_id))


@router.get("medical-papers/{uuid:medical_paper_id}/picture", openapi_extra=file_answer("image/jpeg"))
def picture(request: HttpRequest, medical_paper_id: UUID) -> HttpResponse:
    """The stored picture, to its owner only; sandboxed, so that nothing in it can ever run."""
    content = underwriting.paper_picture(account_id(request), medical_paper_id)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = 'inline; filename="paper.jpg"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@router.put("medical-papers/{uuid:medical_paper_id}/values", response=MedicalPaper)
def confirm(request: HttpRequest, medical_paper_id: UUID, body: ConfirmedValues) -> MedicalPaper:
    return paper_out(underwriting.confirm_reading(account_id(request), medical_paper_id, body.values))


@router.delete("medical-papers/{uuid:medical_paper_id}", response={204: None})
def remove(request: HttpRequest, medical_paper_id: UUID) -> Status[None]:
    underwriting.remove_paper(account_id(request), medical_paper_id)
    return Status(204, None)


@router.post("declarations/{uuid:declaration_id}/offer/acceptance", response=ReferralStory)
def accept(request: HttpRequest, declaration_id: UUID, body: OfferAnswer) -> ReferralStory:
    owner = account_id(request)
    underwriting.accept_offer(owner, declaration_id, identifier("offer_id", body.offer_id))
    return story(underwriting.own_referral_view(owner, declaration_id))


@router.post("declarations/{uuid:declaration_id}/offer/refusal", response=ReferralStory)
def decline(request: HttpRequest, declaration_id: UUID, body: OfferAnswer) -> ReferralStory:
    owner = account_id(request)
    underwriting.decline_offer(owner, declaration_id, identifier("offer_id", body.offer_id))
    return story(underwriting.own_referral_view(owner, declaration_id))


@router.post("declarations/{uuid:declaration_id}/review", response={201: ReferralStory})
def review(request: HttpRequest, declaration_id: UUID, body: ReviewIn) -> Status[ReferralStory]:
    owner = account_id(request)
    contest.request_review(owner, declaration_id, body.reason)
    return Status(201, story(underwriting.own_referral_view(owner, declaration_id)))

"""Who the customer is: a card read into a form, and what a large premium asks for (SALE-15)."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import parties as schema
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import identify
from baohe.plumbing import pictures

router = Router(tags=["identification"], auth=signed_in)
_PICTURE: UploadedFile = File(description="JPEG, PNG or WebP, at most 10 MB")
Side = Literal["front", "back"]
_SIDE: Side = Form("front", description="front: with the portrait · back: with the period")


@router.post("identity/photo", response=schema.Card)
def read_card(request: HttpRequest, side: Side = _SIDE, file: UploadedFile = _PICTURE) -> schema.Card:
    """What one side of an identity card says, for a form that a person corrects. The picture is not kept."""
    pictures.refuse_oversize(file.size)
    reading = identify.read_card(file.read(), side)
    fields = [
        schema.CardField(
            code=one.code, value=one.value, confidence=one.confidence, doubtful=one.doubtful, box=list(one.box)
        )
        for one in reading.fields
    ]
    return schema.Card(side=side, fields=fields)


@router.get("proposals/{uuid:proposal_id}/identification", response=schema.IdentificationState)
def show(request: HttpRequest, proposal_id: UUID) -> schema.IdentificationState:
    return _state(account_id(request), proposal_id)


@router.post("proposals/{uuid:proposal_id}/identification/copy", response={201: schema.StepDone})
def keep_copy(
    request: HttpRequest, proposal_id: UUID, front: UploadedFile = _PICTURE, back: UploadedFile = _PICTURE
) -> Status[schema.StepDone]:
    """Both sides of the policyholder's own card, sealed and kept for ten years."""
    for picture in (front, back):
        pictures.refuse_oversize(picture.size)
    step = identify.keep_copy(account_id(request), proposal_id, front.read(), back.read())
    return Status(201, schema.StepDone(kind=step.kind, at=step.at, kept_until=step.kept_until))


@router.post("proposals/{uuid:proposal_id}/identification/funds", response={201: schema.IdentificationState})
def tell_funds(request: HttpRequest, proposal_id: UUID, body: schema.FundsIn) -> Status[schema.IdentificationState]:
    owner = account_id(request)
    identify.tell_funds(owner, proposal_id, body.purpose, body.source, body.note)
    return Status(201, _state(owner, proposal_id))


@router.put("proposals/{uuid:proposal_id}/identification/biometric", response=schema.IdentificationState)
def allow_biometric(request: HttpRequest, proposal_id: UUID, body: schema.BiometricIn) -> schema.IdentificationState:
    """Separate consent, given and taken back in one step (DATA-1)."""
    owner = account_id(request)
    identify.allow_biometric(owner, proposal_id, body.allowed)
    return _state(owner, proposal_id)


@router.post("proposals/{uuid:proposal_id}/identification/liveness", response={201: schema.LivenessPage})
def start_liveness(request: HttpRequest, proposal_id: UUID) -> Status[schema.LivenessPage]:
    """The page of the service that looks at the face; one session until it ends."""
    return Status(201, schema.LivenessPage(page=identify.start_liveness(account_id(request), proposal_id).page))


@router.post("proposals/{uuid:proposal_id}/identification/look", response=schema.IdentificationState)
def look(request: HttpRequest, proposal_id: UUID) -> schema.IdentificationState:
    """Ask the service what became of the check: the way in when its word was lost."""
    owner = account_id(request)
    identify.look_liveness(owner, proposal_id)
    return _state(owner, proposal_id)


@router.post("proposals/{uuid:proposal_id}/identification/person", response={202: schema.IdentificationState})
def ask_person(request: HttpRequest, proposal_id: UUID) -> Status[schema.IdentificationState]:
    """A person checks instead of a machine; asking twice is once."""
    owner = account_id(request)
    identify.ask_person(owner, proposal_id)
    return Status(202, _state(owner, proposal_id))


def _state(owner: UUID, proposal_id: UUID) -> schema.IdentificationState:
    standing, reviewed = identify.standing(owner, proposal_id)
    return schema.IdentificationState(
        level=standing.demand.level,
        steps=list(standing.demand.steps),
        missing=list(standing.missing),
        person_asked_at=standing.person_asked_at,
        liveness_open=standing.liveness_open,
        biometric_allowed=standing.biometric_allowed,
        biometric_text=shapes.text(identify.BIOMETRIC_TEXT),
        reviewed=reviewed,
    )

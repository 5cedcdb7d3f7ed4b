"""The record of a purchase: the phone sends it in small parts, in order, each behind the digest of the one before."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Path, Router, Status

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas.recordings import (
    BuildState,
    RecordedPage,
    RecordHelp,
    RecordHelpIn,
    RecordingIn,
    RecordingState,
    RecordState,
)
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import record_sale
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.contracts import HelpView, RecordingView

router = Router(tags=["recordings"], auth=signed_in)

_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/gzip": {"schema": {"type": "string", "format": "binary"}},
            "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        },
    }
}
Digest = Annotated[str, Header(alias="Recording-Previous", pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[int, Path(ge=0, le=9_999)]


@router.get("recordings/build", response=BuildState)
def build(request: HttpRequest) -> BuildState:
    return BuildState(build=recordings.current_build().id)


@router.post("recordings", response={201: RecordingState})
def begin(request: HttpRequest, body: RecordingIn) -> Status[RecordingState]:
    return Status(201, _state(recordings.open_recording(account_id(request), body.build, body.product)))


@router.get("recordings/{uuid:recording_id}", response=RecordingState)
def show(request: HttpRequest, recording_id: UUID) -> RecordingState:
    """Where a phone that lost an answer goes on."""
    return _state(recordings.recording(account_id(request), recording_id))


@router.put("recordings/{uuid:recording_id}/parts/{number}", response=RecordingState, openapi_extra=_BODY)
def append(request: HttpRequest, recording_id: UUID, number: Number, previous: Digest) -> RecordingState:
    """The body is a JSON array of events, gzip-packed under `application/gzip`. A repeat changes nothing."""
    packed = request.content_type == "application/gzip"
    owner = account_id(request)
    return _state(record_sale.append(owner, recording_id, number, previous, request.body, packed=packed))


@router.get("proposals/{uuid:proposal_id}/record", response=RecordState)
def pages(request: HttpRequest, proposal_id: UUID) -> RecordState:
    owner = account_id(request)
    return RecordState(
        needed=record_sale.is_needed(owner, proposal_id),
        help=_help(recordings.help_of(proposal_id)),
        pages=[
            RecordedPage(kind=page.kind, name=shapes.text(page.name), recorded=page.recorded, path=page.path)
            for page in record_sale.pages(owner, proposal_id)
        ],
    )


@router.post("proposals/{uuid:proposal_id}/record/help", response={201: RecordHelp})
def ask_help(request: HttpRequest, proposal_id: UUID, body: RecordHelpIn) -> Status[RecordHelp | None]:
    """Ask for a person because this device cannot keep the record; once, however often it is sent."""
    return Status(201, _help(record_sale.ask_help(account_id(request), proposal_id, body.reason)))


def _help(view: HelpView | None) -> RecordHelp | None:
    if view is None:
        return None
    return RecordHelp(state=view.state, asked_at=view.asked_at, answer_by=view.answer_by)  # type: ignore[arg-type]  # two words, made by the view


def _state(view: RecordingView) -> RecordingState:
    return RecordingState(id=str(view.id), state=view.state, next_part=view.next_part, head=view.head)  # type: ignore[arg-type]  # the table's check holds the word

"""A person asks to be called about a claim they could not report: no policy fits, or a person is wanted (SERV-9)."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from baohe.faces.shop.schemas.claims import CallAsked, CallIn, CallState
from baohe.faces.shop.session import account_id, signed_in
from baohe.rooms.claims import facade as claims

router = Router(tags=["claims"], auth=signed_in)


@router.get("claim-calls", response=CallState)
def waiting(request: HttpRequest) -> CallState:
    """The request that waits, if there is one."""
    found = claims.call_of(account_id(request))
    return CallState(waiting=None if found is None else _out(found))


@router.post("claim-calls", response={201: CallAsked})
def ask(request: HttpRequest, body: CallIn) -> Status[CallAsked]:
    """Asking again answers with the one that waits."""
    return Status(201, _out(claims.ask_call(account_id(request), body.reason, body.sentence)))


def _out(view: claims.CallAskedView) -> CallAsked:
    return CallAsked(asked_at=view.asked_at, answer_by=view.answer_by)

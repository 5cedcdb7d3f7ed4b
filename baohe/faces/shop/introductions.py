"""The customer's side of an introduction: read, say yes or no, take a yes back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import introductions as schema
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import introduce
from baohe.kernel.decisions import Text
from baohe.kernel.errors import Conflict
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.introductions import facade as introductions
from baohe.rooms.introductions.contracts import IntroductionView

router = Router(tags=["introductions"], auth=signed_in)

Token = Path(..., max_length=40, pattern=r"^[A-Za-z0-9_-]{1,40}$")


@router.get("introductions/{token}", response=schema.Introduction)
def read(request: HttpRequest, token: str = Token) -> schema.Introduction:
    return _out(introductions.introduction_of_link(token), account_id(request))


@router.post("introductions/{token}", response=schema.Introduction)
def answer(request: HttpRequest, body: schema.IntroductionAnswer, token: str = Token) -> schema.Introduction:
    """The first word holds; the same again changes nothing."""
    if body.digest != introduce.wording_digest(introductions.introduction_of_link(token)):
        raise Conflict(reason_zh="说明已更新", reason_en="the text has changed since you read it")
    return _out(introduce.answer(account_id(request), token, body.agreed), account_id(request))


@router.post("introductions/{token}/withdrawal", response=schema.Introduction)
def withdraw(request: HttpRequest, token: str = Token) -> schema.Introduction:
    return _out(introduce.withdraw(account_id(request), token), account_id(request))


def _out(view: IntroductionView, reader: UUID) -> schema.Introduction:
    names = {one.code: one.name for one in catalog.insurers()}
    terms = view.agreement.terms
    return schema.Introduction(
        introducer=shapes.text(names.get(terms.introducer, Text(terms.introducer, terms.introducer))),
        insurer=shapes.text(names.get(terms.insurer, Text(terms.insurer, terms.insurer))),
        text=[shapes.text(line) for line in introduce.wording(view)],
        digest=introduce.wording_digest(view),
        state=_state(view, reader),
    )


def _state(view: IntroductionView, reader: UUID) -> str:
    """What the reader said. Of somebody else's answer only that there is one."""
    if view.state == "asked":
        return "asked"
    if view.account_id != reader:
        return "answered"
    if view.state == "declined":
        return "declined"
    return "agreed" if introduce.consented(view) else "taken_back"

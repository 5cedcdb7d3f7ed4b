"""A first notice on its way, as a conversation: kept for a week, so that a reload or another device goes on with it."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from baohe.faces.shop.schemas import claims as schema
from baohe.faces.shop.session import account_id, signed_in
from baohe.rooms.claims import facade as claims

router = Router(tags=["claims"], auth=signed_in)


@router.get("claim-talk", response=schema.KeptTalk)
def kept(request: HttpRequest) -> schema.KeptTalk:
    """The conversation that any device of the account left unfinished."""
    return _out(claims.kept_talk(account_id(request)))


@router.put("claim-talk", response=schema.KeptTalk)
def keep(request: HttpRequest, body: schema.TalkIn) -> schema.KeptTalk:
    """Keep it, sealed, over the revision this device read."""
    talk = None if body.talk is None else _talk(body.talk)
    return _out(claims.keep_talk(account_id(request), talk, body.revision))


def _talk(said: schema.Talk) -> claims.Talk:
    turns = tuple(claims.Turn(**turn.model_dump()) for turn in said.turns)
    return claims.Talk(**said.model_dump(exclude={"turns"}), turns=turns)


def _out(view: claims.KeptTalk) -> schema.KeptTalk:
    talk = None if view.talk is None else schema.Talk(**asdict(view.talk))
    return schema.KeptTalk(revision=view.revision, talk=talk, expires_at=view.expires_at)

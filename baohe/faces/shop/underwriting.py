"""The health declaration: answers in, a decision with reasons out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import sale
from baohe.faces.shop.schemas.basis import Text
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import underwrite
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.quoting import facade as quoting
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView, KeptAnswers

router = Router(tags=["underwriting"])


@router.post("declarations", response={201: sale.Declaration}, auth=signed_in)
def declare(request: HttpRequest, body: sale.DeclarationIn) -> Status[sale.Declaration]:
    made = underwrite.declare(
        account_id(request),
        shapes.identifier("quote_id", body.quote_id),
        body.answers,
        health_consent=body.health_consent,
        draft_revision=body.draft_revision,
    )
    return Status(201, _declaration(made, dict(made.inputs)))


@router.get("quotes/{quote_id}/answers", response=sale.KeptAnswers, auth=signed_in)
def kept_answers(request: HttpRequest, quote_id: UUID) -> sale.KeptAnswers:
    """What any device of the account has answered so far for this insured and this product."""
    owner = account_id(request)
    quote = quoting.quote(owner, quote_id)
    return _kept(underwriting.kept_answers(owner, quote.person_id, quote.version_id))


@router.put("quotes/{quote_id}/answers", response=sale.KeptAnswers, auth=signed_in)
def keep_answers(request: HttpRequest, quote_id: UUID, body: sale.KeptAnswersIn) -> sale.KeptAnswers:
    """Keep the answers given so far, sealed, so that another device can go on."""
    owner = account_id(request)
    quote = quoting.quote(owner, quote_id)
    person = people.person_view(owner, quote.person_id)
    version = catalog.version(quote.version_id)
    return _kept(
        underwriting.keep_answers(person, version, body.answers, body.revision, health_consent=body.health_consent)
    )


@router.get("declarations/{declaration_id}", response=sale.Declaration, auth=signed_in)
def declaration(request: HttpRequest, declaration_id: UUID) -> sale.Declaration:
    owner = account_id(request)
    found = underwriting.declaration(owner, declaration_id)
    return _declaration(found, dict(found.inputs))


def _declaration(view: DeclarationView, inputs: dict[str, str]) -> sale.Declaration:
    version = catalog.version(view.version_id)
    return sale.Declaration(
        id=str(view.id),
        quote_id=str(view.quote_id),
        outcome=view.outcome,
        reasons=shapes.reasons(view.reasons),
        loading_bp=view.loading_bp,
        exclusions=[shapes.text(item) for item in view.exclusions],
        premium_fen=view.premium_fen,
        instalments=shapes.instalments(rating.instalments(version, inputs, view.premium_fen)),
        referral=_referral(view),
        insured_object=[
            sale.InsuredFieldIn(
                code=field.code, name=shapes.text(field.name), pattern=field.pattern, example=field.example
            )
            for field in version.insured_object
        ],
        postponed_until=view.postponed_until,
        covers_death=policies.death_cover_fen(version, inputs) > 0,
        referral_state=view.referral_state,
        may_review=view.outcome in underwriting.REVIEWABLE and not view.referral_state,
    )


def _kept(kept: KeptAnswers) -> sale.KeptAnswers:
    return sale.KeptAnswers(
        answers=dict(kept.answers),
        revision=kept.revision,
        expires_at=kept.expires_at,
        declaration_id=str(kept.declaration_id) if kept.declaration_id else None,
        expired=kept.expired,
    )


def _referral(view: DeclarationView) -> sale.Referral | None:
    if view.reply_by is None:
        return None
    return sale.Referral(
        handler=view.handler,
        reply_by=view.reply_by,
        note=Text(
            zh=f"核保员 {view.handler} 会逐项看你的回答，最晚在期限前答复；是否承保只由人决定。",
            en=f"Underwriter {view.handler} reads every answer and replies by the deadline; only a person decides.",
        ),
    )

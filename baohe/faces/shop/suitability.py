"""Suitability before the signature (SALE-7, SALE-8), and the call-back after the sale (SALE-10)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import suitability as schema
from baohe.faces.shop.session import account_id, signed_in
from baohe.flows import call_back, suitable
from baohe.kernel.errors import NotFound
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.call_backs.contracts import CallBackView, Contract
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import facade as policies
from baohe.rooms.suitability import facade as room
from baohe.rooms.suitability.contracts import SIGNED, Answers, KeptView

router = Router(tags=["suitability"], auth=signed_in)


@router.get("proposals/{uuid:proposal_id}/suitability", response=schema.Suitability)
def show(request: HttpRequest, proposal_id: UUID) -> schema.Suitability:
    owner = account_id(request)
    return _page(suitable.picture_of(policies.proposal(owner, proposal_id)), room.kept(owner))


@router.post("proposals/{uuid:proposal_id}/suitability", response=schema.Suitability)
def answer(request: HttpRequest, proposal_id: UUID, body: schema.SuitabilityIn) -> schema.Suitability:
    owner = account_id(request)
    answers = Answers(body.purpose, body.existing, body.income_fen, body.budget_fen)
    picture = suitable.answer(owner, proposal_id, answers, body.keep, body.reused)
    return _page(picture, room.kept(owner))


@router.post("proposals/{uuid:proposal_id}/statements", response=schema.Suitability)
def state(request: HttpRequest, proposal_id: UUID, body: schema.StatementIn) -> schema.Suitability:
    owner = account_id(request)
    strokes = [[point.model_dump() for point in stroke] for stroke in body.strokes]
    return _page(suitable.state(owner, proposal_id, body.code, body.digest, strokes), room.kept(owner))


@router.post("proposals/{uuid:proposal_id}/stop", response={204: None})
def stop(request: HttpRequest, proposal_id: UUID) -> None:
    """As easy as going on."""
    suitable.stop(account_id(request), proposal_id)


@router.get("suitability/answers", response=schema.EarlierAnswers | None)
def kept(request: HttpRequest) -> schema.EarlierAnswers | None:
    return _earlier(room.kept(account_id(request)))


@router.delete("suitability/answers", response={204: None})
def erase(request: HttpRequest) -> None:
    room.erase(account_id(request))


@router.get("policies/{uuid:policy_id}/call-back", response=schema.CallBack)
def show_call_back(request: HttpRequest, policy_id: UUID) -> schema.CallBack:
    found = call_back.of_policy(account_id(request), policy_id)
    if found is None:
        raise NotFound(what="回访")
    return _call_back(*found)


@router.post("policies/{uuid:policy_id}/call-back", response=schema.CallBack)
def answer_call_back(request: HttpRequest, policy_id: UUID, body: schema.CallBackIn) -> schema.CallBack:
    owner = account_id(request)
    view = call_back.answer(owner, policy_id, body.answers)
    return _call_back(view, call_back.contract_of(policies.policy(owner, policy_id), view.last_day))


def _page(picture: suitable.Picture, kept: KeptView | None) -> schema.Suitability:
    assessment = picture.assessment
    return schema.Suitability(
        proposal_id=str(picture.proposal.id),
        product_name=shapes.text(picture.version.name),
        insured_name=picture.proposal.insured_name,
        premium_fen=picture.terms.premium_fen,
        pay_years=picture.terms.pay_years,
        examined=picture.examined,
        answers=None if assessment is None else _answers(assessment.answers),
        earlier=_earlier(kept),
        advice=None if assessment is None else assessment.decision.outcome,
        reasons=[] if assessment is None else [shapes.text(reason.text) for reason in assessment.decision.reasons],
        statements=[
            schema.StatementToMake(
                code=one.code,
                lines=[shapes.text(line) for line in one.lines],
                digest=one.digest,
                by_law=one.by_law,
                signed=one.code in SIGNED,
                done=picture.is_done(one),
            )
            for one in picture.statements
        ],
        service_phone=picture.version.insurer.service_phone,
        large_type=picture.large_type,
    )


def _answers(answers: Answers) -> schema.SuitabilityAnswers:
    return schema.SuitabilityAnswers.model_validate(answers.as_dict())


def _earlier(kept: KeptView | None) -> schema.EarlierAnswers | None:
    if kept is None:
        return None
    return schema.EarlierAnswers(answers=_answers(kept.answers), kept_on=kept.kept_on, until=kept.until)


def _call_back(view: CallBackView, contract: Contract) -> schema.CallBack:
    return schema.CallBack(
        state=view.state,
        last_day=view.last_day,
        questions=[
            schema.CallBackQuestion(code=question.code, text=shapes.text(question.text))
            for question in call_backs.questions(contract)
        ],
        unclear=list(view.answered[-1].unclear) if view.answered else [],
        service_phone=catalog.version(view.version_id).insurer.service_phone,
    )

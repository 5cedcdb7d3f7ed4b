"""Needs check and recommendations (DATA-3): open to everybody, personal only where the customer allowed it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import advice as schema
from baohe.faces.shop.schemas import catalog as catalog_schema
from baohe.faces.shop.session import account_id, any_visitor, signed_in
from baohe.kernel.errors import InvalidInput
from baohe.rooms.advice import facade as advice
from baohe.rooms.advice.contracts import (
    BROWSING,
    DEBTS,
    HEALTH,
    INCOMES,
    PERSONAL,
    RISKS,
    Advice,
    Answers,
    Beside,
    Member,
)
from baohe.rooms.catalog import facade as catalog

router = Router(tags=["advice"])

_PURPOSES = {"personal": PERSONAL, "browsing": BROWSING, "health": HEALTH}
_RELATIONS = ("self", "spouse", "child", "parent", "other")
_YEAR_DAYS = 365


@router.get("advice/settings", response=schema.AdviceSettings, auth=signed_in)
def settings(request: HttpRequest) -> schema.AdviceSettings:
    return _settings(account_id(request))


@router.put("advice/settings", response=schema.AdviceSettings, auth=signed_in)
def choose(request: HttpRequest, body: schema.AdviceChoiceIn) -> schema.AdviceSettings:
    """Allow one use, or take it back; taking it back deletes what was kept for it (DATA-1)."""
    purpose = _PURPOSES[_one_of("code", body.code, tuple(_PURPOSES))]
    advice.choose(account_id(request), purpose, body.allowed)
    return _settings(account_id(request))


@router.post("advice/looks", response={204: None}, auth=signed_in)
def look(request: HttpRequest, body: schema.LookIn) -> Status[None]:
    """Remember a product as looked at; without the consent for it nothing is remembered."""
    advice.look(account_id(request), body.product)
    return Status(204, None)


@router.delete("advice/looks", response={204: None}, auth=signed_in)
def forget(request: HttpRequest) -> Status[None]:
    advice.forget(account_id(request))
    return Status(204, None)


@router.get("advice/general", response=schema.AdviceOut)
def general(request: HttpRequest) -> schema.AdviceOut:
    """The view for everybody: by line and code, nothing personal used."""
    return _advice(advice.general())


@router.post("advice/check", response=schema.AdviceOut, auth=any_visitor)
def check(request: HttpRequest, body: schema.AdviceRequest) -> schema.AdviceOut:
    """Signed in: the family and its policies, where personal advice is allowed. A visitor: what was typed, where the
    visitor's own switch is on. Otherwise the general view."""
    owner = _owner(request)
    if owner is not None:
        return _advice(advice.check(owner, _answers(body.answers)))
    if not body.personal:
        return _advice(advice.general())
    members = [_member(number, item) for number, item in enumerate(body.members, 1)]
    return _advice(advice.check_visitor(members, _answers(body.answers)))


@router.get("advice/checks/{advice_id}", response=schema.AdviceOut, auth=signed_in)
def again(request: HttpRequest, advice_id: UUID) -> schema.AdviceOut:
    """An earlier check worked out again from what was kept, and whether it is still the same."""
    found, same = advice.replay(account_id(request), advice_id)
    return _advice(found).model_copy(update={"replayed": same})


@router.post("advice/beside", response=schema.BesideList, auth=any_visitor)
def beside(request: HttpRequest, body: schema.BesideRequest) -> schema.BesideList:
    """Products of the same need beside the one looked at, with the difference in price and its reasons."""
    owner = _owner(request)
    answers = Answers(risk=_one_of("risk", body.risk, RISKS))
    allowed = advice.settings(owner).personal if owner is not None else body.personal
    if not allowed:
        return _beside(False, advice.beside_general(body.product))
    person = shapes.identifier("person_id", body.person_id) if owner is not None and body.person_id else None
    return _beside(True, advice.beside(body.product, body.inputs, answers, owner, person))


def _owner(request: HttpRequest) -> UUID | None:
    return account_id(request) if signed_in.authenticate(request, None) else None


def _settings(owner: UUID) -> schema.AdviceSettings:
    found = advice.settings(owner)
    choices = [
        schema.AdviceChoice(code=code, allowed=getattr(found, code), wording=shapes.text(advice.CONSENTS[purpose]))
        for code, purpose in _PURPOSES.items()
    ]
    return schema.AdviceSettings(choices=choices, looked=found.looked)


def _answers(given: schema.AdviceAnswers) -> Answers:
    _one_of("income", given.income, ("", *INCOMES))
    _one_of("debts", given.debts, ("", *DEBTS))
    _one_of("risk", given.risk, RISKS)
    _one_of("health", given.health, ("", "good", "chronic"))
    return Answers(**given.model_dump())


def _member(number: int, given: schema.AdviceMember) -> Member:
    return Member(
        id=str(number),
        relation=_one_of("relation", given.relation, _RELATIONS),
        age=given.age,
        # Half a year in: neither too young for a product that takes the newborn after a month, nor a year too old.
        age_days=given.age * _YEAR_DAYS + _YEAR_DAYS // 2,
        sex=_one_of("sex", given.sex, ("male", "female")),
        social_insurance=given.social_insurance,
    )


def _one_of(field: str, value: str, known: Iterable[str]) -> str:
    listed = list(known)
    if value not in listed:
        named = ", ".join(word for word in listed if word)
        raise InvalidInput(field=field, reason_zh=f"可选：{named}", reason_en=f"one of: {named}")
    return value


def _advice(found: Advice) -> schema.AdviceOut:
    cards = _cards(fit.product for need in found.needs for fit in need.fits)
    return schema.AdviceOut(
        id=str(found.id) if found.id else None,
        personal=found.personal,
        needs=[
            schema.AdviceNeed(
                code=need.code,
                person_id=need.person,
                state=need.state,
                title=shapes.text(need.title),
                reasons=shapes.reasons(need.reasons),
                fits=[
                    schema.AdviceFit(
                        product=cards[fit.product],
                        premium_fen=fit.premium_fen,
                        period=fit.period,
                        more_fen=fit.more_fen,
                        reasons=shapes.reasons(fit.reasons),
                    )
                    for fit in need.fits
                    if fit.product in cards
                ],
            )
            for need in found.needs
        ],
        duplicates=[
            schema.AdviceDuplicate(
                person_id=item.person,
                line=item.line,
                products=[shapes.text(catalog.version(version).name) for version in item.versions],
                reason=shapes.reasons([item.reason])[0],
            )
            for item in found.duplicates
        ],
        budget_fen=found.budget_fen,
        yearly_fen=found.yearly_fen,
        rule_version=found.decision.rule_version,
        input_hash=found.decision.input_hash,
    )


def _beside(personal: bool, found: Iterable[Beside]) -> schema.BesideList:
    listed = list(found)
    cards = _cards(item.product for item in listed)
    items = [
        schema.BesideOut(
            product=cards[item.product],
            premium_fen=item.premium_fen,
            period=item.period,
            difference_fen=item.difference_fen,
            reasons=shapes.reasons(item.reasons),
        )
        for item in listed
        if item.product in cards
    ]
    return schema.BesideList(personal=personal, items=items)


def _cards(codes: Iterable[str]) -> dict[str, catalog_schema.ProductCard]:
    found = catalog.cards(list(dict.fromkeys(codes)))
    return {card.code: shapes.card(card) for card in found}

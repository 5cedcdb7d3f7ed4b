"""The needs check: facts from the family and its policies, rules, and a decision that is kept and replays."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from baohe.kernel.dates import age_on
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.advice.contracts import HEALTH, PERSONAL, Advice, Answers, Beside, Facts, Holding, Member
from baohe.rooms.advice.models import AdviceRow
from baohe.rooms.advice.queries import looked
from baohe.rooms.advice.rules import beside as beside_rules
from baohe.rooms.advice.rules import needs
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.consent import facade as consent
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies

_COLUMN = "advice_advicerow.facts"
_POLICIES = 100
_VALID = frozenset({"cooling_off", "in_force", "not_started"})


def check(account_id: UUID, answers: Answers) -> Advice:
    """Gaps, duplicates and fitting products for the family of an account.

    Without the consent for personal advice neither family nor policies nor answers are read: the general view.
    """
    if not consent.is_granted(account_id, PERSONAL):
        return general()
    today = clock.today()
    family = people.people_of(account_id)
    held = policies.policies_of(account_id, page=1, size=_POLICIES).items
    in_force = [policy for policy in held if policy.state in _VALID and policy.end > today]
    holdings = tuple(
        Holding(str(policy.person_id or ""), catalog.version(policy.version_id).line, policy.version_id)
        for policy in in_force
    )
    shelf = _shelf(today, needs.lines_of_all())
    facts = Facts(
        day=today.isoformat(),
        members=tuple(member_of(person, today) for person in family),
        held=holdings,
        answers=_allowed(account_id, answers),
        shelf=tuple(version.id for version in shelf),
        looked=looked(account_id),
    )
    advice = _run(facts, shelf)
    return _keep(account_id, facts, advice)


def check_visitor(members: Sequence[Member], answers: Answers) -> Advice:
    """The same for somebody who is not signed in and typed the ages: nothing is looked up, nothing is kept."""
    today = clock.today()
    shelf = _shelf(today, needs.lines_of_all())
    facts = Facts(today.isoformat(), tuple(members), (), answers, tuple(version.id for version in shelf))
    return _run(facts, shelf)


def general() -> Advice:
    """The view that uses nothing personal (DATA-3)."""
    return needs.general(catalog.shelf_cards(clock.today()))


def beside(
    product_code: str,
    inputs: dict[str, str],
    answers: Answers,
    account_id: UUID | None = None,
    person_id: UUID | None = None,
) -> tuple[Beside, ...]:
    """Products beside one looked at, for a person the caller allowed to be used. Raises `NotOnSale`, `NotFound`."""
    today = clock.today()
    looked_at = catalog.current(product_code, today)
    if account_id is None:
        return beside_rules.beside(
            looked_at, inputs, None, replace(answers, health=""), (), _shelf(today, needs.lines_beside(looked_at.line))
        )
    if not consent.is_granted(account_id, PERSONAL):
        return beside_general(product_code)
    member = member_of(people.person_view(account_id, person_id), today) if person_id else None
    allowed = _allowed(account_id, answers)
    return beside_rules.beside(
        looked_at, inputs, member, allowed, looked(account_id), _shelf(today, needs.lines_beside(looked_at.line))
    )


def beside_general(product_code: str) -> tuple[Beside, ...]:
    today = clock.today()
    looked_at = catalog.current(product_code, today)
    return beside_rules.beside_general(looked_at, _shelf(today, needs.lines_beside(looked_at.line)))


def replay(account_id: UUID, advice_id: UUID) -> tuple[Advice, bool]:
    """An advice given before, worked out again from what was kept; and whether it is the same. Raises `NotFound`."""
    row = AdviceRow.objects.filter(account_id=account_id, id=advice_id).first()
    if row is None:
        raise NotFound(what="保障检查")
    facts = Facts.from_dict(json.loads(vault.unseal(_COLUMN, row.id, bytes(row.facts_sealed))))
    shelf = [catalog.version(version_id) for version_id in facts.shelf]
    advice = _run(facts, shelf)
    return replace(advice, id=row.id), advice.decision.as_dict() == row.decision


def member_of(person: PersonView, today: date) -> Member:
    return Member(
        id=str(person.id),
        relation=person.relation,
        age=age_on(person.birth, today),
        age_days=(today - person.birth).days,
        sex=person.sex,
        social_insurance=person.social_insurance,
        occupation_class=person.occupation_class,
    )


def _run(facts: Facts, shelf: Sequence[ProductVersion]) -> Advice:
    held = {holding.version: catalog.version(holding.version) for holding in facts.held}
    return needs.check(facts, shelf, held)


def _keep(account_id: UUID, facts: Facts, advice: Advice) -> Advice:
    id_ = clock.new_id()
    AdviceRow.objects.create(
        id=id_,
        account_id=account_id,
        rule_version=advice.decision.rule_version,
        facts_sealed=vault.seal(_COLUMN, id_, json.dumps(facts.as_dict())),
        decision=advice.decision.as_dict(),
        created_at=clock.now(),
    )
    return replace(advice, id=id_)


def _allowed(account_id: UUID, answers: Answers) -> Answers:
    """Without the separate consent the answer about health is not even carried along (DATA-1)."""
    if answers.health and not consent.is_granted(account_id, HEALTH):
        return replace(answers, health="")
    return answers


def _shelf(today: date, lines: Collection[str]) -> list[ProductVersion]:
    """The products of these lines sold in the app: only they are read whole."""
    cards = [card for card in catalog.shelf_cards(today) if card.sold_here and card.line in lines]
    return [catalog.version(f"{card.code}@{card.version}") for card in cards]

"""Reads. Health answers are opened by `referral_answers`, for a named reader, and by `own_answers`, for their giver."""

from __future__ import annotations

import json
from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from baohe.kernel.decisions import Decision, Reason, Text
from baohe.kernel.errors import NotAllowed, NotFound
from baohe.plumbing import vault
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import Question
from baohe.rooms.people import facade as people
from baohe.rooms.underwriting import rules
from baohe.rooms.underwriting.contracts import AnswerLine, DeclarationView, FiredLine, ReferralItem, ReferralPage
from baohe.rooms.underwriting.models import Declaration, Referral, ReferralDecision
from baohe.rooms.underwriting.rule_sets import name_of
from baohe.rooms.underwriting.rules import whole
from baohe.rooms.underwriting.rules.engine import compiled
from baohe.rooms.underwriting.rules.explaining import lines_of
from baohe.rooms.underwriting.rules.whole import Case

_READERS = frozenset({"underwriter", "auditor"})
_LARGEST_PAGE = 100
_WITH_UNDERWRITER = ("open", "to_confirm")


def declaration(account_id: UUID, declaration_id: UUID) -> DeclarationView:
    """The customer's own declaration. Raises `NotFound`, also for other people's."""
    return _found(_rows().filter(account_id=account_id, id=declaration_id).first())


def declarations_of_quotes(account_id: UUID, quote_ids: Collection[UUID]) -> list[DeclarationView]:
    """What was declared on these quotes, oldest first."""
    rows = _rows().filter(account_id=account_id, quote_id__in=quote_ids).order_by("created_at", "id")
    return [view(row) for row in rows]


def contested(account_id: UUID, declaration_id: UUID) -> DeclarationView | None:
    """The declaration if its customer asked for a person, decided or not yet; None for all others."""
    row = _rows().filter(account_id=account_id, id=declaration_id, referral__cause="customer").first()
    return None if row is None else view(row)


def declaration_by_id(declaration_id: UUID) -> DeclarationView:
    """For the desk. Raises `NotFound`."""
    return _found(_rows().filter(id=declaration_id).first())


def referrals(page: int = 1, size: int = 20) -> ReferralPage:
    """Referrals that wait for an underwriter, the nearest deadline first."""
    size = min(max(size, 1), _LARGEST_PAGE)
    page = max(page, 1)
    waiting = Referral.objects.filter(decided_at=None, state__in=_WITH_UNDERWRITER)
    first = (page - 1) * size
    rows = waiting.select_related("declaration").order_by("reply_by", "declaration_id")[first : first + size]
    return ReferralPage(tuple(_item(row) for row in rows), waiting.count(), page, size)


def referral_answers(staff_account_id: UUID, declaration_id: UUID) -> tuple[AnswerLine, ...]:
    """The answers in words, opened for an underwriter or auditor. Raises `NotAllowed`, `NotFound`."""
    if not _READERS.intersection(people.staff(staff_account_id).roles):
        raise NotAllowed()
    row = Declaration.objects.filter(id=declaration_id).first()
    if row is None:
        raise NotFound(what="健康告知")
    return _lines(row)


def own_answers(account_id: UUID, declaration_id: UUID) -> tuple[AnswerLine, ...]:
    """The customer's own answers in words. Raises `NotFound`, also for other people's."""
    row = Declaration.objects.filter(account_id=account_id, id=declaration_id).first()
    if row is None:
        raise NotFound(what="健康告知")
    return _lines(row)


def replay(declaration_id: UUID) -> Decision:
    """Decide again from what was sealed, under the product version and rule set of then: the same decision, years
    later. Raises `NotFound`."""
    row = Declaration.objects.select_related("rule_set").filter(id=declaration_id).first()
    if row is None:
        raise NotFound(what="健康告知")
    version, given = catalog.version(row.version_id), _answers(row)
    if row.rule_set is None or row.seen_sealed is None or row.decided_on is None:
        return rules.decide(version, row.facts, given)  # declared before the house had rule sets
    seen = json.loads(vault.unseal("underwriting_declaration.seen", row.id, row.seen_sealed))
    case = Case(row.facts, given, seen, row.decided_on)
    return whole.decide(version, compiled(row.rule_set.content), name_of(row.rule_set), case)


def explain(declaration_id: UUID) -> tuple[FiredLine, ...]:
    """Which row of which table fired, in words, read back from the stored decision. Raises `NotFound`."""
    row = Declaration.objects.select_related("rule_set").filter(id=declaration_id).defer("answers_sealed").first()
    if row is None:
        raise NotFound(what="健康告知")
    if row.rule_set is None:
        return ()
    return lines_of(compiled(row.rule_set.content).tables, row.decision["detail"]["fired"])


def view(row: Declaration) -> DeclarationView:
    """The row, its referral and the underwriter's word as one view."""
    referral: Referral | None = getattr(row, "referral", None)
    by_person: ReferralDecision | None = getattr(row, "person_decision", None)
    decision = stored_decision(row)
    word = () if by_person is None else (_word_of(by_person),)
    terms = by_person or row
    waiting = referral is not None and referral.state in _WITH_UNDERWRITER
    return DeclarationView(
        id=row.id,
        quote_id=row.quote_id,
        person_id=row.person_id,
        account_id=row.account_id,
        version_id=row.version_id,
        outcome=_outcome(row, referral, by_person),
        decision=decision,
        reasons=(*word, *decision.reasons),
        loading_bp=terms.loading_bp,
        exclusions=tuple(Text(**item) for item in terms.exclusions),
        inputs=dict(row.inputs),
        premium_fen=terms.premium_fen,
        reply_by=referral.reply_by if referral is not None and waiting else None,
        handler=referral.handler if referral is not None else "",
        created_at=row.created_at,
        postponed_until=row.postponed_until if terms.outcome == "postpone" else None,
        contested=referral is not None and referral.cause == "customer",
        decided_at=by_person.decided_at if by_person is not None else None,
        referral_state=referral.state if referral is not None else "",
        occupation_edition=row.occupation_edition,
        with_person=referral is not None and referral.decided_at is None,
    )


def _lines(row: Declaration) -> tuple[AnswerLine, ...]:
    given = _answers(row)
    return tuple(
        AnswerLine(question.title, _said(question, given[question.id]), question.id, given[question.id])
        for question in catalog.version(row.version_id).questionnaire
        if question.id in given
    )


def _said(question: Question, value: str) -> Text:
    if question.number is not None:
        return Text(f"{value} {question.number.unit.zh}", f"{value} {question.number.unit.en}")
    return next(choice.label for choice in question.answers if choice.value == value)


def _outcome(row: Declaration, referral: Referral | None, by_person: ReferralDecision | None) -> str:
    """The person's word where there is one. An offer that led to nothing leaves a referred file without terms; what
    the rules gave themselves stays after a review."""
    if by_person is not None:
        return by_person.outcome
    if referral is not None and row.outcome == "refer" and referral.state in _LED_TO_NOTHING:
        return _LED_TO_NOTHING[referral.state]
    return row.outcome


_LED_TO_NOTHING = {"declined_by_customer": "offer_declined", "expired": "offer_expired"}


def _rows() -> QuerySet[Declaration]:
    return Declaration.objects.select_related("referral", "person_decision").defer("answers_sealed", "seen_sealed")


def _found(row: Declaration | None) -> DeclarationView:
    if row is None:
        raise NotFound(what="健康告知")
    return view(row)


def _answers(row: Declaration) -> dict[str, str]:
    opened = vault.unseal("underwriting_declaration.answers", row.id, row.answers_sealed)
    return {str(question): str(answer) for question, answer in json.loads(opened).items()}


def stored_decision(row: Declaration) -> Decision:
    """As it was decided, whoever looked at it later."""
    stored = row.decision
    return Decision(
        outcome=stored["outcome"],
        reasons=tuple(Reason(r["code"], Text(**r["text"]), r["clause"]) for r in stored["reasons"]),
        rule_version=stored["rule_version"],
        input_hash=stored["input_hash"],
        detail=stored["detail"],
    )


def _word_of(person: ReferralDecision) -> Reason:
    both_zh = f"{person.staff_name}（{person.checked_by_name} 复核）" if person.checked_by_name else person.staff_name
    both_en = f"{person.staff_name} (with {person.checked_by_name})" if person.checked_by_name else person.staff_name
    return Reason(
        f"{person.outcome}_by_underwriter",
        Text(f"核保员 {both_zh}：{person.note}", f"Underwriter {both_en}: {person.note}"),
        person.clause,
    )


def _item(row: Referral) -> ReferralItem:
    declared = row.declaration
    return ReferralItem(
        declaration_id=declared.id,
        person_id=declared.person_id,
        account_id=declared.account_id,
        version_id=declared.version_id,
        reasons=tuple(reason["text"]["zh"] for reason in declared.decision["reasons"]),
        handler=row.handler,
        reply_by=row.reply_by,
        created_at=row.created_at,
    )

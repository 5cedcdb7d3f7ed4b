"""Answers on their way: kept sealed for a week, seen by every device of the account, erased by what was declared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock, vault
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.underwriting import rules
from baohe.rooms.underwriting.actions.declare import consent_to_health
from baohe.rooms.underwriting.contracts import KeptAnswers
from baohe.rooms.underwriting.errors import AnswersExpired, AnswersMoved, DeclaredElsewhere
from baohe.rooms.underwriting.models import AnswerDraft

KEPT_FOR = timedelta(days=7)
_SEALED = "underwriting_answerdraft.answers"


def kept_answers(account_id: UUID, person_id: UUID, version_id: str) -> KeptAnswers:
    """What any device of the account saved last; empty with revision 0 when nothing was. Expired answers are not
    given out: `expired` says that there were some."""
    row = _row(account_id, person_id, version_id).first()
    return KeptAnswers({}, 0, None, None, False) if row is None else _view(row)


def keep_answers(
    person: PersonView, version: ProductVersion, answers: Mapping[str, str], revision: int, *, health_consent: bool
) -> KeptAnswers:
    """Save what was answered so far over the `revision` this device read (0 = nothing yet).

    Only answers the questionnaire knows are kept. Raises `HealthConsentMissing` before a health answer is stored
    without consent, `AnswersMoved` when another device saved meanwhile (nothing is overwritten), `InvalidInput`.
    """
    _refuse_unknown(version, answers)
    with transaction.atomic():
        if rules.needs_health_consent(version, {"sex": person.sex}):
            consent_to_health(person.account_id, person.id, health_consent)
        row = _row(person.account_id, person.id, version.id).select_for_update().first()
        if (row.revision if row is not None else 0) != revision:
            raise AnswersMoved()
        now = clock.now()
        if row is None:
            row = AnswerDraft(
                id=clock.new_id(), account_id=person.account_id, person_id=person.id, version_id=version.id, revision=0
            )
        row.answers_sealed = vault.seal(_SEALED, row.id, json.dumps(dict(answers), ensure_ascii=False))
        row.revision, row.declaration_id = revision + 1, None
        row.updated_at, row.expires_at = now, now + KEPT_FOR
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as twice:
            raise AnswersMoved() from twice  # another device saved the very first answer in the same instant
    return _view(row)


def lock_answers(account_id: UUID, person_id: UUID, version_id: str, revision: int) -> None:
    """Before declaring, inside its transaction: the draft this device saw is still the last, and stays so.

    Raises `DeclaredElsewhere` when another device has declared, `AnswersExpired`, `AnswersMoved`.
    """
    row = _row(account_id, person_id, version_id).select_for_update().first()
    if row is None:
        if revision:
            raise AnswersExpired()
        return
    if row.revision != revision:
        if row.declaration_id is not None:
            raise DeclaredElsewhere(declaration_id=str(row.declaration_id))
        raise AnswersMoved()
    if row.answers_sealed is None and row.declaration_id is None:
        raise AnswersExpired()
    if row.answers_sealed is not None and row.expires_at <= clock.now():
        raise AnswersExpired()


def finish_answers(account_id: UUID, person_id: UUID, version_id: str, declaration_id: UUID) -> None:
    """What was declared erases the answers kept on the way; other devices learn which declaration it was."""
    row = _row(account_id, person_id, version_id).select_for_update().first()
    if row is not None:
        row.answers_sealed, row.declaration_id, row.revision = None, declaration_id, row.revision + 1
        row.updated_at = clock.now()
        row.save()


def forget_answers() -> int:
    """The round that erases what has expired; how many were erased."""
    expired = AnswerDraft.objects.filter(expires_at__lte=clock.now()).exclude(answers_sealed=None)
    return expired.update(answers_sealed=None)


def _row(account_id: UUID, person_id: UUID, version_id: str) -> QuerySet[AnswerDraft]:
    return AnswerDraft.objects.filter(account_id=account_id, person_id=person_id, version_id=version_id)


def _view(row: AnswerDraft) -> KeptAnswers:
    expired = row.expires_at <= clock.now() and row.declaration_id is None
    answers: dict[str, str] = {}
    if row.answers_sealed is not None and not expired:
        answers = json.loads(vault.unseal(_SEALED, row.id, row.answers_sealed))
    return KeptAnswers(answers, row.revision, row.expires_at, row.declaration_id, expired)


def _refuse_unknown(version: ProductVersion, answers: Mapping[str, str]) -> None:
    known = {question.id: question for question in version.questionnaire}
    for name, value in answers.items():
        if name not in known:
            raise InvalidInput(field="answers", reason_zh="有不认识的问题", reason_en="names an unknown question")
        rules.check_answer(known[name], value)

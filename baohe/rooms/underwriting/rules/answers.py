"""Answers → Decision. Pure: no clock, no database, and no word for refusing (SERV-9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from baohe.kernel.dates import business_date
from baohe.kernel.decisions import Decision, Reason, Text, hash_inputs
from baohe.kernel.errors import InvalidInput
from baohe.kernel.work_calendar import closing, working_days_after
from baohe.rooms.catalog.contracts import NumberAnswer, ProductVersion, Question, UnderwritingRule, holds

UNSURE = "unsure"
REPLY_WORKING_DAYS = 2
_SEVERITY = ("accept", "load", "exclude", "refer")
_WHOLE = re.compile(r"[0-9]{1,7}")


def asked(version: ProductVersion, facts: Mapping[str, str], answers: Mapping[str, str]) -> list[Question]:
    """The questions this person has to answer, follow-ups opened by the answers before them.

    `facts` are the rating inputs and the person's sex. Raises `InvalidInput` for a question that is missing, or
    an answer or question that does not exist; an answer to a question that was not asked is left out (SALE-4).
    """
    known = {question.id for question in version.questionnaire}
    for question_id in answers:
        if question_id not in known:
            raise InvalidInput(field="answers", reason_zh="有不认识的问题", reason_en="names an unknown question")
    opened: list[Question] = []
    given: dict[str, str] = {}
    for question in version.questionnaire:
        if not holds(question.only_for, facts) or not _opens(question, given):
            continue
        given[question.id] = check_answer(question, answers.get(question.id))
        opened.append(question)
    return opened


def needs_health_consent(version: ProductVersion, facts: Mapping[str, str]) -> bool:
    """Whether any question that may be put to this person is about health."""
    return any(question.health and holds(question.only_for, facts) for question in version.questionnaire)


def decide(version: ProductVersion, facts: Mapping[str, str], answers: Mapping[str, str]) -> Decision:
    """The worst outcome wins, loadings add up, exclusions collect; "unsure" goes to a person.

    `detail`: loading_bp (int), exclusions (list of {zh, en}). Raises like `asked`.
    """
    questions = asked(version, facts, answers)
    given = {question.id: answers[question.id] for question in questions}
    fired = [rule for rule in version.underwriting_rules if holds(rule.when, given) and holds(rule.inputs, facts)]
    unsure = [question for question in questions if given[question.id] == UNSURE]
    outcomes = [rule.outcome for rule in fired] + ["refer" for _ in unsure]
    outcome = max(outcomes, key=_SEVERITY.index, default="accept")
    reasons = [_reason(rule) for rule in fired] + [_unsure(question) for question in unsure]
    return Decision(
        outcome=outcome,
        reasons=tuple(reasons) or (CLEAN,),
        rule_version=version.underwriting_rule_version,
        input_hash=hash_inputs({"version": version.content_hash, "facts": dict(facts), "answers": given}),
        detail={
            "loading_bp": sum(rule.loading_bp for rule in fired),
            "exclusions": [rule.exclusion.as_dict() for rule in fired if rule.exclusion is not None],
        },
    )


def reply_by(moment: datetime) -> datetime:
    """The end of the second working day after `moment`, Shanghai."""
    day = working_days_after(business_date(moment), REPLY_WORKING_DAYS)
    return closing(day)


CLEAN = Reason("answers_clean", Text("按你的回答，可以按标准条件承保。", "Your answers allow standard terms."))


def _opens(question: Question, given: Mapping[str, str]) -> bool:
    if not question.asked_when:
        return True
    return any(given.get(other) in values for other, values in question.asked_when.items())


def check_answer(question: Question, value: str | None) -> str:
    """The answer, once it is one of the question's. Raises `InvalidInput` naming the question."""
    field = f"answers.{question.id}"
    if value is None:
        raise InvalidInput(field=field, reason_zh="还没有回答", reason_en="is not answered yet")
    if question.number is not None:
        return _number(field, value, question.number)
    if all(choice.value != value for choice in question.answers):
        raise InvalidInput(field=field, reason_zh="没有这个答案", reason_en="is not one of the answers")
    return value


def _number(field: str, value: str, number: NumberAnswer) -> str:
    """Digits within the range of the question. Raises `InvalidInput` that names range and unit."""
    if _WHOLE.fullmatch(value) and number.low <= int(value) <= number.high:
        return str(int(value))
    raise InvalidInput(
        field=field,
        reason_zh=f"请填 {number.low}–{number.high} {number.unit.zh} 之间的整数",
        reason_en=f"should be a whole number from {number.low} to {number.high} {number.unit.en}",
    )


def _reason(rule: UnderwritingRule) -> Reason:
    return Reason(rule.code, rule.text, rule.clause)


def _unsure(question: Question) -> Reason:
    return Reason(
        "unsure_answer",
        Text(
            f"“{question.title.zh}”你答了不确定，核保员会和你一起看。",
            f"You were not sure about “{question.title.en}”.",
        ),
    )

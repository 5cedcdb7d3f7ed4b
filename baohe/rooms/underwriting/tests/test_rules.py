"""Answers → Decision, pure: the signed cases, follow-ups, and no way to refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.underwriting import rules

CODES = ("haijia-medical-a", "songtao-accident", "yunshan-term-life", "yizhan-freight-return")
WOMAN = {"age": "34", "sex": "female"}
CLEAN = {"advised": "no", "stayed": "no", "chronic": "none", "nodule": "none", "severe": "no", "pregnancy": "no"}


@cache
def version(code: str) -> ProductVersion:
    folder = next(p for p in catalog.packages_below(Path(settings.BAOHE_PRODUCTS)) if p.parent.name == code)
    return catalog.check_package(catalog.read_package(folder))


MEDICAL = version("haijia-medical-a")
CASES = [(code, case) for code in CODES for case in version(code).cases if case.kind == "underwriting"]


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{code} {case.name}" for code, case in CASES])
def test_the_signed_cases_of_each_package(code: str, case) -> None:
    decision = rules.decide(version(code), case.inputs, case.answers)

    assert decision.outcome == case.expect["outcome"]
    assert decision.detail["loading_bp"] == case.expect["loading_bp"]


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
def test_no_answers_whatever_lead_to_a_refusal(code: str, data: st.DataObject) -> None:
    questions = version(code).questionnaire
    answers = {q.id: data.draw(st.sampled_from([a.value for a in q.answers])) for q in questions}
    facts = {
        "sex": data.draw(st.sampled_from(["male", "female"])),
        "occupation_class": data.draw(st.sampled_from("123456")),
        "sum_insured": data.draw(st.sampled_from(["100000", "1000000", "1500000"])),
    }

    decision = rules.decide(version(code), facts, answers)

    assert decision.outcome in ("accept", "load", "exclude", "refer")
    assert decision.reasons
    assert rules.decide(version(code), facts, answers) == decision


@pytest.mark.rule("SALE-4")
def test_follow_ups_are_asked_only_when_opened() -> None:
    asked = [question.id for question in rules.asked(MEDICAL, WOMAN, {**CLEAN, "nodule_which": "higher"})]

    assert "nodule_which" not in asked
    assert rules.decide(MEDICAL, WOMAN, {**CLEAN, "nodule_which": "higher"}).outcome == "accept"


@pytest.mark.rule("SALE-4")
def test_a_question_for_women_is_not_asked_of_a_man() -> None:
    asked = [question.id for question in rules.asked(MEDICAL, {"sex": "male"}, CLEAN)]

    assert "pregnancy" not in asked


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({k: v for k, v in CLEAN.items() if k != "severe"}, "answers.severe"),
        ({**CLEAN, "severe": "perhaps"}, "answers.severe"),
        ({**CLEAN, "chronic": "some"}, "answers.chronic_which"),
        ({**CLEAN, "invented": "no"}, "answers"),
    ],
)
def test_a_missing_or_unknown_answer_is_named(answers: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        rules.decide(MEDICAL, WOMAN, answers)

    assert refusal.value.facts["field"] == field


@pytest.mark.parametrize("question", [question.id for question in MEDICAL.questionnaire])
def test_unsure_always_goes_to_a_person(question: str) -> None:
    opening = {"chronic_which": {"chronic": "some"}, "nodule_which": {"nodule": "some"}}.get(question, {})

    decision = rules.decide(MEDICAL, WOMAN, {**CLEAN, **opening, question: "unsure"})

    assert decision.outcome == "refer"
    assert decision.reasons[-1].code == "unsure_answer"


def test_the_worst_outcome_wins_and_everything_is_told() -> None:
    answers = {**CLEAN, "chronic": "some", "chronic_which": "pressure_controlled", "severe": "yes"}

    decision = rules.decide(MEDICAL, WOMAN, answers)

    assert decision.outcome == "refer"
    assert [reason.code for reason in decision.reasons] == ["pressure_controlled", "severe_illness"]


def test_the_input_hash_covers_version_facts_and_answers() -> None:
    first = rules.decide(MEDICAL, WOMAN, CLEAN).input_hash

    assert rules.decide(MEDICAL, {**WOMAN, "age": "35"}, CLEAN).input_hash != first
    assert rules.decide(MEDICAL, WOMAN, {**CLEAN, "stayed": "yes"}).input_hash != first
    assert rules.decide(replace(MEDICAL, content_hash="other"), WOMAN, CLEAN).input_hash != first


@pytest.mark.parametrize(
    ("moment", "reply"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=SHANGHAI), datetime(2026, 11, 24, 18, tzinfo=SHANGHAI)),
        (datetime(2026, 11, 26, 9, tzinfo=SHANGHAI), datetime(2026, 11, 30, 18, tzinfo=SHANGHAI)),
    ],
)
def test_an_underwriter_answers_within_two_working_days(moment: datetime, reply: datetime) -> None:
    assert rules.reply_by(moment) == reply

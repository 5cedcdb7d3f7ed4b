"""Underwriting through the doors: everything a person has counts, and every decision replays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.flows import endorse, underwrite
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.errors import DecisionNeeded
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.models import Declaration
from tests.sale import steps, world
from tests.sale.test_journey import Phone
from tests.sale.underwriting_steps import (
    ACCIDENT,
    ILLNESS,
    LIFE,
    LIFE_ANSWERS,
    changed_build,
    codes,
    release,
    rows_fired,
    told,
)
from tests.sale.world import Customer


@pytest.fixture
def phone(lin: Customer) -> Phone:
    return Phone(lin)


@pytest.mark.parametrize(
    ("changes", "outcome", "loading_bp", "reason"),
    [
        ({}, "accept", 0, "answers_clean"),
        ({"weight": "84"}, "accept", 0, "answers_clean"),  # BMI 29.8
        ({"weight": "85"}, "load", 2_500, "bmi_raised"),  # 30.1
        ({"weight": "85", "tobacco": "under20"}, "load", 5_000, "smoker_and_bmi"),
        ({"weight": "100"}, "load", 5_000, "bmi_high"),
        ({"weight": "113"}, "refer", 0, "bmi_very_high"),
        ({"weight": "45"}, "postpone", 0, "bmi_very_low"),
        ({"income": "2"}, "refer", 0, "critical_over_income"),  # 30 万 over 2 万 a year
        ({"income": "0"}, "accept", 0, "answers_clean"),  # a child, a homemaker: no income is no multiple
        ({"chronic": "unsure"}, "refer", 0, "unsure_answer"),
    ],
)
@pytest.mark.rule("DATA-3")
def test_build_and_income_decide(
    lin: Customer, changes: dict[str, str], outcome: str, loading_bp: int, reason: str
) -> None:
    found = told(lin, **changes)
    assert (found.outcome, found.loading_bp) == (outcome, loading_bp)
    assert reason in codes(found)
    assert underwriting.replay(found.id) == found.decision
    assert all(line.said.zh and line.said.en for line in underwriting.explain(found.id))


@pytest.mark.rule("DATA-3")
def test_postponed_says_until_when_and_why(lin: Customer, phone: Phone) -> None:
    found = told(lin, weight="45")
    seen = phone.get(f"declarations/{found.id}")
    assert (seen["outcome"], seen["postponed_until"], seen["may_review"]) == ("postpone", "2027-05-21", True)
    assert "半年" in seen["reasons"][0]["text"]["zh"]
    with pytest.raises(DecisionNeeded):
        policies.draft_proposal(lin.id, found, lin.me, (), None, "single")


def test_a_decision_replays_years_later_under_its_own_rules(lin: Customer) -> None:
    found = told(lin, weight="85")
    before = underwriting.replay(found.id)
    with clock.travel(world.NOW + timedelta(days=3_000)):
        release(changed_build("3000"))
        assert underwriting.replay(found.id) == before == found.decision
    assert rows_fired(found)["build"] == "raised"
    assert "30.0–34.9" in str(underwriting.explain(found.id)[0].conditions)


def test_what_the_rules_saw_lies_sealed(lin: Customer) -> None:
    told(lin, weight="85")
    row = Declaration.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT underwriting_declaration::text FROM underwriting_declaration")
        plain = cursor.fetchone()[0]
    assert row.seen_sealed is not None
    assert "bmi_tenths" not in plain and "income_fen" not in plain
    with pytest.raises(DatabaseError), transaction.atomic():
        Declaration.objects.update(rule_set=None)


def test_an_answer_outside_its_range_is_named_and_nothing_is_stored(lin: Customer) -> None:
    for value in ("", "39", "231", "1.7", "-170", "一百七", "99999999"):
        with pytest.raises(InvalidInput) as refused:
            told(lin, height=value)
        assert refused.value.facts["field"] == "answers.height"
    assert Declaration.objects.count() == 0


def test_what_another_account_holds_of_the_same_person_counts(lin: Customer) -> None:
    husband = world.customer("13900000002", birth=date(1990, 6, 1))
    same = world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=4)
    for _ in range(3):
        sold = steps.drafted(husband, product=ILLNESS, inputs={"sum_insured": "500000"}, instalment="yearly")
        steps.sold(sold, "yearly")
    found = told(lin, same, income="300", pregnancy="no")
    assert (found.outcome, codes(found)) == ("refer", ["over_retention"])  # 180 万 with an insurer that keeps 100 万
    assert told(lin, income="300").outcome == "accept"  # lin herself has nothing


def test_a_payment_on_its_way_counts_and_a_left_policy_does_not(lin: Customer) -> None:
    inputs = {"sum_insured": "500000"}
    steps.locked(steps.signed(steps.drafted(lin, product=ILLNESS, inputs=inputs, instalment="yearly")), "yearly")
    second = steps.sold(steps.drafted(lin, product=ILLNESS, inputs=inputs, instalment="yearly"), "yearly")
    assert codes(told(lin)) == ["over_retention"]
    policies.cancel(lin.id, second.id, second.paid_fen)
    assert told(lin).outcome == "accept"


def test_a_lowered_sum_counts_as_it_is_now(lin: Customer) -> None:
    high = {"sum_insured": "1000000", "plan": "with_medical"}
    policy = steps.sold(steps.drafted(lin, product=ACCIDENT, inputs=high))
    with clock.travel(world.NOW + timedelta(days=100)):
        assert [item.sum_insured_fen for item in policies.covers_of(lin.id, lin.me.id)] == [100_000_000]
        chosen = next(one for one in endorse.lower_choices(lin.id, policy.id) if one.value == "300000")
        endorse.reduce_cover(lin.id, policy.id, "300000", chosen.refund_fen, "lower-once-0001")
    with clock.travel(world.NOW + timedelta(days=102)):
        assert [item.sum_insured_fen for item in policies.covers_of(lin.id, lin.me.id)] == [30_000_000]


def test_the_third_medical_policy_is_told_and_the_fourth_goes_to_a_person(lin: Customer) -> None:
    answers = {"advised": "no", "stayed": "no", "chronic": "none", "nodule": "none", "severe": "no", "pregnancy": "no"}
    outcomes = []
    for _ in range(4):
        quote = steps.quoted(lin)
        found = underwrite.declare(lin.id, quote.id, answers, health_consent=True)
        outcomes.append((found.outcome, codes(found)))
        steps.sold(steps.drafted(lin))
    again = ("accept", ["indemnity_again"])
    assert outcomes == [("accept", ["answers_clean"]), again, again, ("refer", ["indemnity_many"])]


@pytest.mark.rule("SALE-12")
def test_a_childs_cap_is_seen_before_anything_is_filled_in(lin: Customer) -> None:
    child = world.relative(lin.id, "林小满", "child", date(2017, 1, 5), order=44)
    inputs = {"sum_insured": "100000", "plan": "basic"}
    answers = {"duties": "none", "sports": "none"}
    for outcome in ("accept", "accept", "refer"):
        quote = steps.quoted(lin, child, ACCIDENT, **inputs)
        found = underwrite.declare(lin.id, quote.id, answers, health_consent=False)
        assert found.outcome == outcome
        if outcome == "accept":
            steps.sold(steps.drafted(lin, child, ACCIDENT, inputs=inputs))
    assert codes(found) == ["minor_over_cap"]


@pytest.mark.parametrize(("risk_class", "outcome"), [(1, "accept"), (5, "load"), (9, "refer")])
def test_an_occupation_outside_the_classes_goes_to_a_person(lin: Customer, risk_class: int, outcome: str) -> None:
    work = next(item for item in catalog.occupations(clock.today(), limit=100) if item.risk_class == risk_class)
    me = replace(lin.me, occupation_code=work.code)
    quote = steps.quoted(lin, product=LIFE)
    found = underwriting.declare(
        lin.id, quote, me, LIFE_ANSWERS, held=underwrite.held_by(quote, lin.me), health_consent=True
    )
    assert (found.outcome, found.occupation_edition) == (outcome, "2024")

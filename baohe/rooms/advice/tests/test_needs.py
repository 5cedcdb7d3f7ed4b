"""The needs check as rules: gaps, duplicates, budget, order, replay. Pure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from baohe.kernel.decisions import Text
from baohe.rooms.advice.contracts import Advice, Answers, Facts, Holding, Member, Need
from baohe.rooms.advice.rules import beside as beside_rules
from baohe.rooms.advice.rules import needs
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.catalog.rules import listing

ME = Member("me", "self", 34, 34 * 366, "female", True, 1)
CHILD = Member("kid", "child", 5, 5 * 366, "male", True)
FATHER = Member("dad", "parent", 66, 66 * 366, "male", False)
CODES = ("haijia-medical-a", "songtao-accident", "yunshan-term-life")


@pytest.fixture(scope="module")
def shelf() -> list[ProductVersion]:
    below = catalog.packages_below(Path(settings.BAOHE_PRODUCTS))
    return [catalog.check_package(catalog.read_package(p)) for p in below if p.parent.name in CODES]


def run(shelf: list[ProductVersion], *members: Member, held: tuple[Holding, ...] = (), **answers: object) -> Advice:
    facts = Facts("2026-11-22", members, held, Answers(**answers), tuple(v.id for v in shelf))
    return needs.check(facts, shelf, {v.id: v for v in shelf})


def of(advice: Advice, code: str, person: str = "me") -> Need:
    return next(need for need in advice.needs if (need.code, need.person) == (code, person))


def states(advice: Advice) -> dict[tuple[str, str], str]:
    return {(need.code, need.person): need.state for need in advice.needs}


def test_everyone_lacks_what_nobody_holds_with_a_reason_and_a_rule(shelf: list[ProductVersion]) -> None:
    advice = run(shelf, ME, CHILD)

    assert set(states(advice).values()) == {"gap"}
    assert of(advice, "hospital").fits[0].product == "haijia-medical-a"
    assert all(need.reasons and need.reasons[0].code.startswith("needs-1/") for need in advice.needs)
    assert all(need.reasons[0].text.zh and need.reasons[0].text.en for need in advice.needs)


def test_life_cover_is_for_those_whom_others_live_on(shelf: list[ProductVersion]) -> None:
    assert ("income", "me") not in states(run(shelf, ME))
    assert ("income", "me") in states(run(shelf, ME, CHILD))
    assert ("income", "me") in states(run(shelf, ME, debts="much"))
    assert ("income", "me") in states(run(shelf, ME, dependants=True))
    assert ("income", "kid") not in states(run(shelf, ME, CHILD))
    assert ("income", "dad") not in states(run(shelf, ME, FATHER, debts="some"))


def test_a_policy_held_closes_its_gap_and_is_never_suggested_again(shelf: list[ProductVersion]) -> None:
    medical = next(v for v in shelf if v.line == "medical")
    advice = run(shelf, ME, held=(Holding("me", "medical", medical.id),))

    assert of(advice, "hospital").state == "held"
    assert of(advice, "hospital").fits == ()


@pytest.mark.rule("SALE-7")
def test_two_policies_that_reimburse_the_same_are_named(shelf: list[ProductVersion]) -> None:
    medical, life = (next(v for v in shelf if v.line == line) for line in ("medical", "term_life"))
    twice = (Holding("me", "medical", medical.id), Holding("me", "medical", medical.id))
    fixed = (Holding("me", "term_life", life.id), Holding("me", "term_life", life.id))

    named = run(shelf, ME, held=twice).duplicates

    assert [(d.person, d.line, len(d.versions)) for d in named] == [("me", "medical", 2)]
    assert named[0].reason.code.startswith("SALE-7")
    assert run(shelf, ME, held=fixed).duplicates == (), "fixed sums add up"
    assert run(shelf, ME, CHILD, held=(twice[0], Holding("kid", "medical", medical.id))).duplicates == ()


@pytest.mark.rule("SALE-7")
def test_beyond_a_tenth_of_the_income_things_are_for_later(shelf: list[ProductVersion]) -> None:
    poor = run(shelf, ME, CHILD, income="under_10", debts="much")
    rich = run(shelf, ME, CHILD, income="over_60", debts="much")

    assert poor.budget_fen == 500_000
    assert poor.yearly_fen <= poor.budget_fen
    assert "later" not in states(rich).values()
    assert run(shelf, ME).budget_fen is None


def test_a_person_too_old_gets_no_product_that_would_not_take_them(shelf: list[ProductVersion]) -> None:
    assert of(run(shelf, FATHER), "hospital", "dad").fits == ()
    assert "没有基本医保" in of(run(shelf, FATHER), "hospital", "dad").reasons[0].text.zh


def test_the_household_is_asked_once(shelf: list[ProductVersion]) -> None:
    advice = run(shelf, ME, CHILD, car=True, pet=True)

    assert [key for key in states(advice) if key[0] in ("car_law", "pet")] == [("car_law", ""), ("pet", "")]
    assert advice.needs[0].code == "car_law", "the law comes first"


@pytest.mark.rule("PUB-3")
def test_the_price_moves_no_product(shelf: list[ProductVersion]) -> None:
    medical = next(v for v in shelf if v.line == "medical")
    twin = replace(medical, id="a-medical@1", product_code="a-medical", from_fen=1)
    picky = replace(twin, id="b-medical@1", product_code="b-medical", questionnaire=())

    plain = of(run([*shelf, twin], ME), "hospital").fits
    chronic = of(run([*shelf, picky], ME, health="chronic"), "hospital").fits

    assert [fit.product for fit in plain] == ["a-medical", "haijia-medical-a"], "by code"
    assert [fit.product for fit in chronic] == ["b-medical", "haijia-medical-a"], "it asks nothing about health"
    assert "no_health" in {reason.code for reason in chronic[0].reasons}


def test_each_fit_says_whose_price_it_is_and_how_it_differs_from_the_list(shelf: list[ProductVersion]) -> None:
    fit = of(run(shelf, replace(ME, age=50, age_days=50 * 366)), "hospital").fits[0]

    assert fit.premium_fen > 31_200
    assert fit.more_fen == fit.premium_fen - 31_200
    assert "比列表价多" in fit.reasons[-1].text.zh


@pytest.mark.rule("DATA-3")
def test_the_same_facts_give_the_same_decision_and_others_another_hash(shelf: list[ProductVersion]) -> None:
    one, again = run(shelf, ME, CHILD, car=True), run(shelf, ME, CHILD, car=True)

    assert one.decision == again.decision
    assert one.decision.rule_version == "needs-1"
    assert one.decision.input_hash != run(shelf, ME, CHILD).decision.input_hash
    facts = Facts("2026-11-22", (ME,), (), Answers(), ())
    assert Facts.from_dict(facts.as_dict()) == facts


@pytest.mark.rule("DATA-3")
def test_the_general_view_is_by_line_and_code_without_a_price(shelf: list[ProductVersion]) -> None:
    advice = needs.general([listing.card_from(listing.card_of(version)) for version in shelf])

    assert not advice.personal
    assert {need.state for need in advice.needs} == {"general"}
    assert all(fit.premium_fen is None and not fit.reasons for need in advice.needs for fit in need.fits)


def test_beside_a_product_stand_others_of_its_need_with_the_difference_in_words(shelf: list[ProductVersion]) -> None:
    medical = next(v for v in shelf if v.line == "medical")
    other = replace(
        medical,
        id="z-medical@1",
        product_code="z-medical",
        waiting_days=90,
        compare={
            **medical.compare,
            "renewal": replace(medical.compare["renewal"], title=Text("保证续保 20 年", "20 years")),
        },
    )

    found = beside_rules.beside(medical, {"age": "34"}, ME, Answers(risk="careful"), (), [*shelf, other])
    general = beside_rules.beside_general(medical, [*shelf, other])

    assert [item.product for item in found] == ["z-medical"]
    assert found[0].difference_fen == 0
    said = " ".join(reason.text.zh for reason in found[0].reasons)
    assert "等待期：90 天；你看的那款：30 天" in said
    assert "保证续保 20 年" in said
    assert general[0].premium_fen is None
    assert not any(reason.code == "price" for reason in general[0].reasons)


@pytest.mark.rule("SALE-7")
def test_what_the_budget_bears_comes_before_what_it_does_not(shelf: list[ProductVersion]) -> None:
    """By code the dear twin would stand first; it does while nobody told an income."""
    medical = next(v for v in shelf if v.line == "medical")
    steps = (replace(medical.formula.steps[0], op="scale", input="age", per=1, table=""),)
    dear = replace(
        medical,
        id="a-medical@1",
        product_code="a-medical",
        formula=replace(medical.formula, steps=(medical.formula.steps[0], *steps, *medical.formula.steps[1:])),
        content_hash="dear",
    )

    free = of(run([*shelf, dear], ME), "hospital").fits
    tight = of(run([*shelf, dear], ME, income="under_10"), "hospital").fits

    assert [fit.product for fit in free] == ["a-medical", "haijia-medical-a"]
    assert [fit.product for fit in tight] == ["haijia-medical-a", "a-medical"]
    assert tight[1].reasons[-1].code == "SALE-7/over_budget"

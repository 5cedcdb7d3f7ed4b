"""The scenario table of SALE-7: each branch at its boundary, a fen or a year on either side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.decisions import Text
from baohe.rooms.suitability.contracts import EXISTING, PURPOSES, Answers, Terms
from baohe.rooms.suitability.rules.checking import SERVES, check
from baohe.rooms.suitability.rules.covers import Cover, duplicates, is_examined
from baohe.rooms.suitability.rules.limits import limits_on

DAY = date(2026, 11, 22)
WAN = 10_000_00
YEARLY = Terms("life@1", "whole_life", "participating", 2 * WAN, 20, 40, DAY)
ONCE = replace(YEARLY, premium_fen=40 * WAN, pay_years=1)
WELL_OFF = Answers("heirs", "none", income_fen=10 * WAN, budget_fen=1_000 * WAN)


def codes(terms: Terms, answers: Answers) -> list[str]:
    return [reason.code for reason in check(terms, answers).reasons]


@pytest.mark.rule("SALE-7")
@pytest.mark.parametrize(
    ("terms", "answers", "found"),
    [
        # a single premium: more than four incomes
        (ONCE, WELL_OFF, []),
        (replace(ONCE, premium_fen=40 * WAN + 1), WELL_OFF, ["single_over_incomes"]),
        (replace(ONCE, premium_fen=1), replace(WELL_OFF, income_fen=0), ["single_over_incomes"]),
        # a yearly premium: more than a fifth of the income
        (YEARLY, WELL_OFF, []),
        (replace(YEARLY, premium_fen=2 * WAN + 1), WELL_OFF, ["annual_over_share"]),
        (replace(YEARLY, premium_fen=1), replace(WELL_OFF, income_fen=4), ["annual_over_share"]),
        (replace(YEARLY, premium_fen=1), replace(WELL_OFF, income_fen=5), []),
        # the thresholds of one way to pay do not hold for the other
        (replace(ONCE, premium_fen=3 * WAN), WELL_OFF, []),
        (replace(YEARLY, pay_years=2, premium_fen=2 * WAN), replace(WELL_OFF, income_fen=10 * WAN), []),
        # years of paying and age: 75 or more
        (replace(YEARLY, age=54), WELL_OFF, []),
        (replace(YEARLY, age=55), WELL_OFF, ["pays_into_old_age"]),
        (replace(YEARLY, age=56), WELL_OFF, ["pays_into_old_age"]),
        (replace(ONCE, age=73), WELL_OFF, []),
        (replace(ONCE, age=74), WELL_OFF, ["pays_into_old_age"]),
        # the budget: 150% or more
        (replace(YEARLY, premium_fen=15_000_00), replace(WELL_OFF, budget_fen=WAN), ["over_budget"]),
        (replace(YEARLY, premium_fen=14_999_99), replace(WELL_OFF, budget_fen=WAN), []),
        (replace(YEARLY, premium_fen=15_000_01), replace(WELL_OFF, budget_fen=WAN), ["over_budget"]),
        (replace(YEARLY, premium_fen=1), replace(WELL_OFF, budget_fen=0), ["over_budget"]),
        # need
        (YEARLY, replace(WELL_OFF, purpose="illness"), ["need_not_served"]),
        (YEARLY, replace(WELL_OFF, purpose="soon"), ["need_not_served"]),
        (YEARLY, replace(WELL_OFF, existing="enough"), ["covered_enough"]),
        (YEARLY, replace(WELL_OFF, existing="some"), []),
        # everything at once is told at once
        (
            replace(YEARLY, age=60, premium_fen=3 * WAN),
            Answers("soon", "enough", 10 * WAN, 2 * WAN),
            ["need_not_served", "covered_enough", "annual_over_share", "pays_into_old_age", "over_budget"],
        ),
    ],
)
def test_each_branch_at_its_boundary(terms: Terms, answers: Answers, found: list[str]) -> None:
    decision = check(terms, answers)
    assert [reason.code for reason in decision.reasons] == found
    assert decision.outcome == ("stop" if found else "fits")


@pytest.mark.rule("SALE-7")
@pytest.mark.parametrize(
    ("design", "answers", "by_law"),
    [
        ("participating", replace(WELL_OFF, income_fen=WAN), True),
        ("universal", replace(WELL_OFF, income_fen=WAN), True),
        ("unit_linked", replace(WELL_OFF, income_fen=WAN), True),
        ("traditional", replace(WELL_OFF, income_fen=WAN), False),
        # the law's statement is about the four thresholds; a need that is not met is advice
        ("participating", replace(WELL_OFF, purpose="soon"), False),
        ("participating", WELL_OFF, False),
    ],
)
def test_the_law_demands_the_signature_for_three_designs(design: str, answers: Answers, by_law: bool) -> None:
    assert check(replace(YEARLY, design=design), answers).detail["by_law"] is by_law


@pytest.mark.rule("SALE-7")
@pytest.mark.parametrize(
    ("line", "end", "examined"),
    [
        ("whole_life", date(2098, 1, 1), True),
        ("term_life", date(2027, 11, 24), True),
        ("term_life", date(2027, 11, 23), False),
        ("medical", date(2027, 11, 23), False),
        ("travel", date(2026, 12, 1), False),
        ("broken_screen", date(2028, 11, 23), False),
        ("home", date(2031, 11, 23), False),
        ("a_line_nobody_knows", date(2031, 11, 23), True),
    ],
)
def test_property_and_short_terms_are_exempt(line: str, end: date, examined: bool) -> None:
    assert is_examined(line, date(2026, 11, 23), end) is examined


TERMS = st.builds(
    Terms,
    version_id=st.just("x@1"),
    line=st.sampled_from(["whole_life", "annuity", "critical_illness", "term_life", "unknown"]),
    design=st.sampled_from(["traditional", "participating", "universal", "unit_linked"]),
    premium_fen=st.integers(1, 10**12),
    pay_years=st.integers(1, 40),
    age=st.integers(18, 105),
    on=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
ANSWERS = st.builds(
    Answers,
    purpose=st.sampled_from(PURPOSES),
    existing=st.sampled_from(EXISTING),
    income_fen=st.integers(0, 10**14),
    budget_fen=st.integers(0, 10**14),
)


@pytest.mark.rule("SALE-7")
@given(TERMS, ANSWERS, st.integers(0, 10**12))
def test_more_premium_is_never_more_fitting(terms: Terms, answers: Answers, more: int) -> None:
    dearer = replace(terms, premium_fen=terms.premium_fen + more)
    assert set(codes(terms, answers)) <= set(codes(dearer, answers))


@pytest.mark.rule("SALE-7")
@given(TERMS, ANSWERS)
def test_the_same_facts_give_the_same_advice_and_nobody_is_refused(terms: Terms, answers: Answers) -> None:
    once = check(Terms.from_dict(terms.as_dict()), answers)
    assert once == check(terms, answers)
    assert once.outcome in ("fits", "stop")
    assert all(reason.text.zh and reason.text.en for reason in once.reasons)


def test_every_purpose_but_the_short_one_is_served_by_a_long_line() -> None:
    assert set(SERVES) == set(PURPOSES)
    assert [purpose for purpose, lines in SERVES.items() if not lines] == ["soon"]


MEDICAL = Cover(Text("甲", "A"), "P1", "medical", True, date(2026, 11, 23), date(2027, 11, 23))


@pytest.mark.rule("SALE-7")
@pytest.mark.parametrize(
    ("new", "held", "count"),
    [
        (MEDICAL, MEDICAL, 1),
        # a renewal begins when the other ends: half-open days
        (replace(MEDICAL, start=date(2027, 11, 23), end=date(2028, 11, 23)), MEDICAL, 0),
        (replace(MEDICAL, start=date(2027, 11, 22), end=date(2028, 11, 22)), MEDICAL, 1),
        # fixed sums may add up
        (replace(MEDICAL, reimburses=False), MEDICAL, 0),
        (MEDICAL, replace(MEDICAL, reimburses=False), 0),
        # other costs, another thing
        (replace(MEDICAL, line="accident"), MEDICAL, 0),
        (
            replace(MEDICAL, line="pet", things=(("name", "豆豆"),)),
            replace(MEDICAL, line="pet", things=(("name", "球球"),)),
            0,
        ),
        (
            replace(MEDICAL, line="pet", things=(("name", "豆豆"),)),
            replace(MEDICAL, line="pet", things=(("name", "豆豆"),)),
            1,
        ),
    ],
)
def test_costs_are_reimbursed_once(new: Cover, held: Cover, count: int) -> None:
    assert len(duplicates(new, [held])) == count


@pytest.mark.rule("SALE-8")
def test_limits_are_dated_and_name_their_source() -> None:
    limits = limits_on(DAY)
    assert (limits.fitting_pages_from, limits.extra_care_from) == (60, 65)
    assert limits.source
    assert limits_on(date(2020, 1, 1)) == limits

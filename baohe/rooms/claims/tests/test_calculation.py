"""The calculation: every line re-adds, never negative, never above a limit."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import ClaimAmount, ClaimEvent, ClaimRatio, ClaimStep
from baohe.rooms.claims.contracts import CalculationLine
from baohe.rooms.claims.rules.calculation import by_person, calculate, re_add
from baohe.rooms.claims.rules.counting import counted_periods, policy_year
from baohe.rooms.claims.rules.figures import Contract, Figures, Visit

LABEL = Text("减 某项", "Less something")
FEN = st.integers(0, 10**10)


def step(op, **more):
    return ClaimStep(op=op, label=LABEL, clause="2.4", **more)


def event(*steps):
    return ClaimEvent("e", LABEL, LABEL, "medical", {}, False, False, 10**9, (), tuple(steps))


@st.composite
def events(draw):
    """Any sensible order of filed steps: a beginning, deductions, a ratio, limits."""
    steps = [step("start", field="total")]
    for field in ("social_paid", "self_paid"):
        if draw(st.booleans()):
            steps.append(step("minus", field=field))
    for per in draw(st.lists(st.sampled_from(["event", "year"]), unique=True)):
        steps.append(step("minus", amount=ClaimAmount(fixed_fen=draw(FEN)), per=per))
    steps.append(
        step("times", ratio_bp=draw(st.integers(0, 10_000)), ratio_without_social_bp=draw(st.integers(0, 10_000)))
    )
    for per in draw(st.lists(st.sampled_from(["event", "year", "contract"]), unique=True)):
        steps.append(step("cap", amount=ClaimAmount(fixed_fen=draw(FEN)), per=per))
    return event(*steps)


@pytest.mark.rule("SERV-7")
@pytest.mark.field_bug(6)
@settings(deadline=None)
@given(events(), FEN, FEN, FEN, FEN)
def test_the_lines_re_add_and_stay_within_every_limit(filed, total, social, own, used):
    before = {"medical:cap:year": used, "medical:cap:contract": used, "medical:minus:year": used}
    result = calculate(filed, Figures((Visit(total, social, own),)), Contract({}, 0), before)

    assert re_add(result.lines) == result.amount_fen == result.lines[-1].amount_fen
    assert 0 <= result.amount_fen <= total
    for filed_step in filed.steps:
        if filed_step.op == "cap":
            counted = used if filed_step.per != "event" else 0
            assert result.amount_fen <= max(0, filed_step.amount.fixed_fen - counted)
    assert all(line.amount_fen is None or line.amount_fen >= 0 for line in result.lines)


@settings(deadline=None)
@given(events(), st.lists(FEN, min_size=1, max_size=6))
def test_many_claims_never_use_more_than_the_year_or_the_contract_gives(filed, totals):
    used = {}
    for total in totals:
        for key, amount in calculate(filed, Figures((Visit(total),)), Contract({}, 0), used).used.items():
            used[key] = used.get(key, 0) + amount
    for filed_step in filed.steps:
        if filed_step.op in ("cap", "minus") and filed_step.per in ("year", "contract"):
            assert used.get(f"medical:{filed_step.op}:{filed_step.per}", 0) <= filed_step.amount.fixed_fen


@settings(deadline=None)
@given(events(), FEN, FEN)
def test_a_decision_of_people_re_adds_too(filed, total, agreed):
    machine = calculate(filed, Figures((Visit(total),)), Contract({}, 0), {}).lines
    assert re_add(by_person(machine, agreed, "3.1")) == agreed


def test_a_calculation_that_contradicts_itself_is_found():
    lines = (CalculationLine("start", LABEL, None, 100), CalculationLine("total", LABEL, None, 99))
    with pytest.raises(ValueError, match="99"):
        re_add(lines)


def test_the_lower_ratio_is_for_insurance_that_was_not_used():
    filed = event(step("start", field="total"), step("times", ratio_bp=10_000, ratio_without_social_bp=6_000))
    figures = Figures((Visit(100_00),))
    assert calculate(filed, figures, Contract({"social_insurance": "yes"}, 0), {}).amount_fen == 60_00
    assert calculate(filed, figures, Contract({"social_insurance": "no"}, 0), {}).amount_fen == 100_00
    assert calculate(filed, Figures((Visit(100_00, 1),)), Contract({}, 0), {}).amount_fen == 100_00


def test_a_fixed_benefit_begins_with_the_sum_insured():
    filed = event(step("benefit", amount=ClaimAmount(sum_insured=True)))
    assert calculate(filed, Figures(), Contract({}, 1_200), {}).amount_fen == 1_200


def test_the_share_that_was_chosen_with_the_price_is_paid():
    filed = event(step("start", field="total"), step("times", ratio=ClaimRatio("ratio", {"60": 6_000, "80": 8_000})))
    assert calculate(filed, Figures((Visit(100_000),)), Contract({"ratio": "60"}, 0), {}).amount_fen == 60_000
    assert calculate(filed, Figures((Visit(100_000),)), Contract({"ratio": "80"}, 0), {}).amount_fen == 80_000


def test_what_others_paid_is_not_paid_twice():
    filed = event(step("start", field="total"), step("minus", field="recovered"))
    assert calculate(filed, Figures((Visit(65_000, recovered_fen=20_000),)), Contract({}, 0), {}).amount_fen == 45_000
    assert calculate(filed, Figures((Visit(65_000, recovered_fen=90_000),)), Contract({}, 0), {}).amount_fen == 0


def test_a_limit_may_be_the_sum_that_was_chosen_with_the_price():
    filed = event(step("start", field="total"), step("cap", per="contract", amount=ClaimAmount(input="contents_sum")))
    assert (
        calculate(filed, Figures((Visit(9_000_000),)), Contract({"contents_sum": "50000"}, 0), {}).amount_fen
        == 5_000_000
    )


def test_a_label_loses_the_mark_that_its_operation_shows():
    filed = event(step("start", field="total"), step("minus", field="social_paid"))
    assert calculate(filed, Figures((Visit(5, 3),)), Contract({}, 0), {}).lines[1].label == Text("某项", "Something")


@pytest.mark.parametrize(
    ("start", "day", "first"),
    [
        (date(2024, 2, 29), date(2025, 2, 27), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2025, 2, 28), date(2025, 2, 28)),
        (date(2026, 3, 1), date(2026, 11, 20), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2027, 2, 28), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2025, 1, 1), date(2026, 3, 1)),
    ],
)
def test_the_policy_year_of_a_day(start, day, first):
    assert policy_year(start, day) == first


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 5_000))
def test_a_policy_year_begins_at_most_a_year_before_the_day(start, days):
    day = date.fromordinal(start.toordinal() + days)
    assert 0 <= (day - policy_year(start, day)).days <= 365


def test_only_counted_steps_have_periods():
    filed = event(
        step("cap", amount=ClaimAmount(1), per="event"),
        step("cap", amount=ClaimAmount(1), per="year"),
        step("minus", amount=ClaimAmount(1), per="contract"),
    )
    assert counted_periods(filed, date(2025, 3, 1), date(2026, 11, 20)) == {
        "medical:cap:year": date(2026, 3, 1),
        "medical:minus:contract": date(2025, 3, 1),
    }

"""Ways to pay: equal parts, filed factors, premiums that fall due every year, loadings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.tests.samples import SAID, choice, step, table, tariff, version


def test_instalments_add_up_to_the_total() -> None:
    whole = version("haijia-medical-a")
    plans = rating.rater(whole).price(rating.complete(whole, {})).instalments

    assert [(p.code, p.count, p.each_fen, p.total_fen) for p in plans] == [
        ("monthly", 12, 2_600, 31_200),
        ("single", 1, 31_200, 31_200),
    ]


@pytest.mark.parametrize(
    ("term", "pay_period", "count"),
    [("20y", "term", 20), ("30y", "10", 10), ("30y", "term", 30), ("to60", "term", 26), ("to60", "20", 20)],
)
def test_a_level_product_is_paid_as_often_as_its_pay_period_says(term: str, pay_period: str, count: int) -> None:
    whole = version("yunshan-term-life")
    inputs = rating.complete(whole, {"term": term, "pay_period": pay_period})
    price = rating.rater(whole).price(inputs)
    path = rating.rater(whole).path(inputs)

    assert price.instalments[0].count == count
    assert price.instalments[0].total_fen == count * price.premium_fen
    assert [point.premium_fen for point in path] == [price.premium_fen] * count


@settings(deadline=None)
@given(premium_fen=st.integers(1, 10**9).map(lambda n: n * 12), loading_bp=st.integers(0, 50_000))
def test_a_loaded_premium_stays_divisible_and_never_falls(premium_fen: int, loading_bp: int) -> None:
    whole = version("haijia-medical-a")
    loaded = rating.load(whole, rating.complete(whole, {}), premium_fen, loading_bp)

    exact = premium_fen * (10_000 + loading_bp)
    assert loaded.premium_fen % 12 == 0
    assert loaded.premium_fen >= premium_fen
    assert abs(loaded.premium_fen * 10_000 - exact) <= 6 * 10_000
    assert {plan.total_fen for plan in loaded.instalments} == {loaded.premium_fen}


def level(*plans: dict) -> ProductVersion:
    """¥1,234.56 a year, with these ways to pay."""
    return tariff(
        [choice("plan", "a", "b")],
        [table("base", {"input": "plan"})],
        {"base": "a,1234.56;b,100.00"},
        [step("lookup", table="base"), step("round")],
        instalments=[{"code": "single", "name": SAID, "count": 1}, *plans],
    )


MONTHLY = {"code": "monthly", "name": SAID, "count": 12, "factor_bp": 900}


@pytest.mark.rule("PUB-6")
def test_a_filed_monthly_factor_says_what_it_costs_more() -> None:
    single, monthly = rating.rater(level(MONTHLY)).price({"plan": "a"}).instalments

    assert (single.each_fen, single.total_fen, single.extra_fen) == (123_456, 123_456, 0)
    # 0.09 × 123,456 = 11,111.04: every month the same, and twelve of them dearer than one payment.
    assert (monthly.count, monthly.each_fen, monthly.total_fen, monthly.extra_fen) == (12, 11_111, 133_332, 9_876)


def test_a_factor_may_go_on_for_years() -> None:
    plan = {**MONTHLY, "count": 10, "whole_premium": True, "a_year": 12}
    _, monthly = rating.rater(level(plan)).price({"plan": "a"}).instalments

    assert (monthly.count, monthly.each_fen, monthly.total_fen) == (120, 11_111, 1_333_320)
    assert monthly.extra_fen == 1_333_320 - 10 * 123_456


@settings(deadline=None)
@given(premium_fen=st.integers(1, 10**11), factor_bp=st.integers(1, 20_000), count=st.integers(1, 400))
def test_instalments_of_a_factor_readd_to_their_total(premium_fen: int, factor_bp: int, count: int) -> None:
    whole = level({**MONTHLY, "factor_bp": factor_bp, "count": count})
    plan = next(p for p in rating.instalments(whole, {"plan": "a"}, premium_fen) if p.code == "monthly")

    assert plan.each_fen * plan.count == plan.total_fen == premium_fen + plan.extra_fen
    assert abs(plan.each_fen * 10_000 - premium_fen * factor_bp) <= 5_000


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        ({**MONTHLY, "count": 0}, "instalments[1].count"),
        ({**MONTHLY, "factor_bp": -1}, "instalments[1].factor_bp"),
        ({**MONTHLY, "a_year": 12}, "instalments[1].a_year"),
        ({**MONTHLY, "code": "single"}, "instalments[1].code"),
        ({**MONTHLY, "count_input": "plan", "counts": {"a": 10}}, "instalments[1].counts"),
        ({**MONTHLY, "count_input": "years"}, "instalments[1].count_input"),
    ],
)
def test_a_plan_that_could_not_be_worked_out_is_refused(plan: dict, field: str) -> None:
    with pytest.raises(TariffBroken) as refusal:
        rating.rater(level(plan))

    assert refusal.value.facts["field"] == field


def bounded(*ending: dict) -> ProductVersion:
    return tariff(
        [choice("plan", "a", "b")],
        [table("base", {"input": "plan"})],
        {"base": "a,80.00;b,10.00"},
        [step("lookup", table="base"), step("round", multiple_fen=1), *ending],
    )


def test_a_loaded_premium_goes_through_the_end_of_the_formula_again() -> None:
    whole = bounded(step("at_least", fen=2_000), step("at_most", fen=10_000), step("round", multiple_fen=100))

    # 80.00 × 1.2345 = 98.76 → 99.00; the cap holds; a premium at its minimum carries the loading too.
    assert rating.load(whole, {"plan": "a"}, 8_000, 2_345).premium_fen == 9_900
    assert rating.load(whole, {"plan": "a"}, 8_000, 9_000).premium_fen == 10_000
    assert rating.load(whole, {"plan": "b"}, 2_000, 5_000).premium_fen == 3_000


def test_a_loading_keeps_the_mode_of_the_last_rounding() -> None:
    assert rating.load(bounded(step("round", multiple_fen=100, mode="up")), {}, 8_000, 1).premium_fen == 8_100
    assert rating.load(bounded(step("round", multiple_fen=100, mode="down")), {}, 8_000, 124).premium_fen == 8_000


@settings(deadline=None)
@given(premium_fen=st.integers(1, 10**9), loading_bp=st.integers(0, 100_000))
def test_a_loading_never_lowers_a_premium(premium_fen: int, loading_bp: int) -> None:
    whole = bounded(step("round", multiple_fen=100, mode="down"))
    loaded = rating.load(whole, {}, premium_fen, loading_bp).premium_fen

    # The fen is rounded half up before the yuan is rounded down, as the formula says.
    assert premium_fen <= loaded <= premium_fen * (10_000 + loading_bp) // 10_000 + 1


@pytest.mark.parametrize("loading_bp", [-1, 100_001])
def test_a_loading_beyond_reason_is_refused(loading_bp: int) -> None:
    with pytest.raises(InvalidInput):
        rating.load(version("haijia-medical-a"), {}, 1_200, loading_bp)

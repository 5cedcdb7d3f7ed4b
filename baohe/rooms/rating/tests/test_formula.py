"""The formula language by example: every step, and what happens between two rounds."""

from __future__ import annotations

import pytest

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.tests.samples import choice, number, step, table, tariff

PLAN = choice("plan", "a", "b")
COVER = choice("cover", "no", "yes")
BASE = table("base", {"input": "plan"})
RATES = {"base": "a,100.05;b,200.00"}


def priced(whole: ProductVersion, **inputs: str) -> int:
    rater = rating.rater(whole)
    premium = rater.premium(inputs)
    assert rater.price(inputs).premium_fen == premium
    return premium


def simple(*steps: dict, **more) -> ProductVersion:
    return tariff([PLAN, COVER], [BASE], RATES, [step("lookup", table="base"), *steps, step("round")], **more)


def test_a_constant_is_added_and_a_tax_multiplied() -> None:
    whole = simple(step("add", fen=500), step("factor", bp=10_600))

    # (100.05 + 5.00) × 1.06 = 111.353
    assert priced(whole, plan="a", cover="no") == 11_135


def test_a_step_is_taken_only_for_its_choice() -> None:
    whole = simple(step("add", fen=500, when={"cover": ["yes"]}), step("factor", bp=12_000, when={"plan": ["b"]}))

    assert priced(whole, plan="a", cover="no") == 10_005
    assert priced(whole, plan="a", cover="yes") == 10_505
    assert priced(whole, plan="b", cover="no") == 24_000
    assert priced(whole, plan="b", cover="yes") == 24_600


def test_a_step_not_taken_does_not_look_at_its_table() -> None:
    rider = table("rider", {"input": "plan"})
    steps = [step("lookup", table="base"), step("add", table="rider", when={"cover": ["yes"]}), step("round")]
    whole = tariff([PLAN, COVER], [BASE, rider], {**RATES, "rider": "a,7.00"}, steps)

    assert priced(whole, plan="b", cover="no") == 20_000
    assert priced(whole, plan="a", cover="yes") == 10_705
    with pytest.raises(InvalidInput) as refusal:
        rating.rater(whole).premium({"plan": "b", "cover": "yes"})
    assert refusal.value.facts["field"] == "plan"


@pytest.mark.parametrize(("mode", "premium_fen"), [("half_up", 10_010), ("up", 10_010), ("down", 10_000)])
def test_a_round_has_a_mode(mode: str, premium_fen: int) -> None:
    assert priced(simple(step("round", multiple_fen=10, mode=mode)), plan="a", cover="no") == premium_fen


def test_every_round_is_where_it_stands() -> None:
    """Rounded to the yuan before a discount is not what rounding once at the end gives."""
    whole = simple(step("round", multiple_fen=100), step("factor", bp=9_950), step("round", multiple_fen=100))

    assert priced(whole, plan="a", cover="no") == 10_000
    assert priced(simple(step("factor", bp=9_950), step("round", multiple_fen=100)), plan="b", cover="no") == 19_900


def test_a_minimum_and_a_cap() -> None:
    whole = simple(step("at_least", fen=15_000), step("at_most", fen=19_000))

    assert priced(whole, plan="a", cover="no") == 15_000
    assert priced(whole, plan="b", cover="no") == 19_000


def test_a_minimum_may_be_filed_by_table_and_finer_than_the_figure() -> None:
    least = table("least", {"input": "plan"}, decimals=4)
    steps = [step("lookup", table="base"), step("at_least", table="least"), step("factor", bp=20_000), step("round")]
    whole = tariff([PLAN], [BASE, least], {**RATES, "least": "a,150.0025;b,1.0000"}, steps)

    assert priced(whole, plan="a") == 30_001
    assert priced(whole, plan="b") == 40_000


def test_a_premium_is_divided_by_a_filed_rate() -> None:
    """So much pension for a single premium: 10,000 ÷ 1,234.5 a unit."""
    per_unit = table("per_unit", {"input": "plan"}, decimals=1)
    steps = [
        step("add", fen=100),
        step("scale", input="paid"),
        step("divide", table="per_unit"),
        step("round", mode="down"),
        step("factor", bp=10_600),
        step("round"),
    ]
    whole = tariff([PLAN, number("paid", 1, 10_000_000)], [per_unit], {"per_unit": "a,1234.5;b,2"}, steps)

    # 1,000,000 fen ÷ 1,234.5 = 810.04… → 810 fen, then 6% more: 858.6
    assert priced(whole, plan="a", paid="10000") == 859
    assert priced(whole, plan="b", paid="3") == 159


@pytest.mark.parametrize(("unit", "cell"), [("percent", "0.12"), ("permille", "1.2"), ("bp", "12")])
def test_a_share_is_a_share_of_each_yuan_that_scales_it(unit: str, cell: str) -> None:
    rate = table("rate", {"input": "plan"}, unit=unit)
    steps = [step("lookup", table="rate"), step("scale", input="value"), step("round")]
    whole = tariff([PLAN, number("value", 0, 5_000_000)], [rate], {"rate": f"a,{cell};b,1"}, steps)

    # 0.12% of ¥123,456 = ¥148.1472
    assert priced(whole, plan="a", value="123456") == 14_815


@pytest.mark.parametrize(("unit", "cell"), [("percent", "60.5"), ("permille", "605"), ("bp", "6050")])
def test_a_factor_may_be_filed_in_any_share(unit: str, cell: str) -> None:
    ncd = table("ncd", {"input": "plan"}, unit=unit, decimals=1)
    steps = [step("lookup", table="base"), step("factor", table="ncd"), step("round")]
    whole = tariff([PLAN], [BASE, ncd], {**RATES, "ncd": f"a,1;b,{cell}"}, steps)

    assert priced(whole, plan="b") == 12_100


def test_figures_are_worked_out_by_themselves() -> None:
    figures = [
        {
            "name": "basic",
            "label": {"zh": "主险", "en": "Basic"},
            "steps": [step("lookup", table="base"), step("round", multiple_fen=10)],
        },
        {
            "name": "rider",
            "label": {"zh": "附加险", "en": "Rider"},
            "steps": [step("add", figure="basic"), step("factor", bp=1_000), step("round", multiple_fen=100)],
        },
    ]
    steps = [
        step("add", figure="basic"),
        step("add", figure="rider", when={"cover": ["yes"]}),
        step("factor", bp=10_600),
        step("round"),
    ]
    whole = tariff([PLAN, COVER], [BASE], RATES, steps, figures=figures)

    assert priced(whole, plan="a", cover="no") == 10_611  # 100.10 × 1.06 = 106.106
    assert priced(whole, plan="a", cover="yes") == 11_671  # (100.10 + 10.00) × 1.06 = 116.706


def test_a_line_is_drawn_between_filed_nodes() -> None:
    rates = table("by_sum", {"input": "sum", "interpolate": True}, {"input": "plan"})
    whole = tariff(
        [number("sum", 10, 40), PLAN],
        [rates],
        {"by_sum": "10,a,1.00;20,a,2.01;40,a,2.00;10,b,5.00;40,b,6.00"},
        [step("lookup", table="by_sum"), step("round")],
    )

    assert [priced(whole, sum=str(s), plan="a") for s in (10, 15, 20, 29, 30, 40)] == [100, 151, 201, 201, 201, 200]
    # 13: 1.00 + 3/10 × 1.01 = 1.303
    assert priced(whole, sum="13", plan="a") == 130
    # Plan b is not filed at 20, so no line is drawn to or from there.
    assert priced(whole, sum="40", plan="b") == 600
    with pytest.raises(InvalidInput):
        rating.rater(whole).premium({"sum": "25", "plan": "b"})


def test_a_line_rounds_to_the_decimals_of_the_table() -> None:
    rates = table("by_sum", {"input": "sum", "interpolate": True}, decimals=0)
    steps = [step("lookup", table="by_sum"), step("round")]
    whole = tariff([choice("sum", "100", "150", "200", "300")], [rates], {"by_sum": "100,10;200,11;300,20"}, steps)

    assert [priced(whole, sum=value) for value in ("100", "150", "200", "300")] == [1_000, 1_100, 1_100, 2_000]


def test_ages_may_be_filed_one_by_one() -> None:
    by_age = table("by_age", {"input": "age"}, unit="fen", decimals=0)
    steps = [step("lookup", table="by_age"), step("round")]
    whole = tariff([number("age", 18, 20, "age")], [by_age], {"by_age": "18,700;19,800;20,900"}, steps)

    assert [priced(whole, age=str(age)) for age in (18, 19, 20)] == [700, 800, 900]

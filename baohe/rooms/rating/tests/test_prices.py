"""Prices: the signed cases, one path for one person or a million, steps, instalments, errors that name the field."""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import FormulaStep, ProductVersion
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.rules.tariff import compile_tariff

CODES = ("haijia-medical-a", "songtao-accident", "yunshan-term-life", "yizhan-freight-return")


@cache
def version(code: str) -> ProductVersion:
    folder = next(p for p in catalog.packages_below(Path(settings.BAOHE_PRODUCTS)) if p.parent.name == code)
    return catalog.check_package(catalog.read_package(folder))


def changed_table(code: str, name: str, rows: list[tuple[str, ...]]) -> ProductVersion:
    whole = version(code)
    tables = tuple(replace(t, rows=tuple(rows)) if t.name == name else t for t in whole.rate_tables)
    return replace(whole, rate_tables=tables, content_hash=f"changed {name} {len(rows)} {hash(tuple(rows))}")


PRICE_CASES = [(code, case) for code in CODES for case in version(code).cases if case.kind == "price"]


@pytest.mark.parametrize(("code", "case"), PRICE_CASES, ids=[f"{code} {case.name}" for code, case in PRICE_CASES])
def test_the_signed_cases_of_each_package(code: str, case) -> None:
    rater = rating.rater(version(code))
    if "premium_fen" in case.expect:
        assert rater.premium(case.inputs) == case.expect["premium_fen"]
    else:
        with pytest.raises(InvalidInput) as refusal:
            rater.price(case.inputs)
        assert refusal.value.facts["field"] == case.expect["refused_field"]


@pytest.mark.parametrize("code", CODES)
def test_the_price_on_the_card_is_the_price_of_its_conditions(code: str) -> None:
    whole = version(code)
    price = rating.rater(whole).price(rating.complete(whole, whole.from_inputs))

    plan = next(plan for plan in price.instalments if plan.code == whole.from_plan)

    assert plan.each_fen == whole.from_fen


def people_of(code: str) -> st.SearchStrategy[dict[str, str]]:
    fields = {
        item.code: st.sampled_from([c.value for c in item.choices])
        if item.kind == "choice"
        else st.integers(item.minimum, item.maximum).map(str)
        for item in version(code).rating_inputs
    }
    return st.fixed_dictionaries(fields)


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
def test_a_column_prices_exactly_like_one_person_after_another(code: str, data: st.DataObject) -> None:
    rater = rating.rater(version(code))
    rows = data.draw(st.lists(people_of(code), min_size=1, max_size=12))
    sold, premiums = [], []
    for row in rows:
        try:
            premiums.append(rater.premium(row))
            sold.append(row)
        except InvalidInput as refusal:
            columns = {key: np.array([value]) for key, value in row.items()}
            with pytest.raises(InvalidInput) as of_column:
                rater.price_many(columns)
            assert of_column.value.facts == refusal.facts
    if sold:
        columns = {key: np.array([row[key] for row in sold]) for key in sold[0]}
        assert rater.price_many(columns).tolist() == premiums


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
def test_premiums_are_positive_multiples_of_the_filed_rounding(code: str, data: st.DataObject) -> None:
    whole = version(code)
    try:
        premium = rating.rater(whole).premium(data.draw(people_of(code)))
    except InvalidInput:
        return

    assert premium > 0
    assert premium % whole.formula.steps[-1].multiple_fen == 0


def test_columns_may_hold_whole_numbers() -> None:
    rater = rating.rater(version("haijia-medical-a"))

    premiums = rater.price_many(
        {
            "age": np.array([34, 36, 60]),
            "social_insurance": np.array(["yes", "yes", "no"]),
            "deductible": np.array(["10000", "10000", "0"]),
        }
    )

    assert premiums.tolist() == [31_200, 45_600, 726_000]


def test_each_step_names_the_cell_it_comes_from() -> None:
    whole = version("haijia-medical-a")
    price = rating.rater(whole).price({"age": "34", "social_insurance": "yes", "deductible": "10000"})

    assert price.steps[0].value == "¥312.00"
    assert (
        price.steps[0].source.zh
        == "2026-03-01 版《年保险费表》，34 岁（31–35 档）、有医保、计划一 · 免赔额 1 万：¥312.00"
    )
    assert price.steps[-1].value == "¥312.00"


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


def test_the_path_adds_up_every_later_year_at_todays_table() -> None:
    whole = version("haijia-medical-a")
    path = rating.rater(whole).path({"age": "34", "social_insurance": "yes", "deductible": "10000"})

    assert [point.age for point in path] == list(range(34, 61))
    assert sum(point.premium_fen for point in path) == 2_648_400
    assert rating.rater(whole).path({"age": "60", "social_insurance": "yes", "deductible": "0"})[-1].age == 60


@given(premium_fen=st.integers(1, 10**9).map(lambda n: n * 12), loading_bp=st.integers(0, 50_000))
def test_a_loaded_premium_stays_divisible_and_never_falls(premium_fen: int, loading_bp: int) -> None:
    whole = version("haijia-medical-a")
    loaded = rating.load(whole, rating.complete(whole, {}), premium_fen, loading_bp)

    exact = premium_fen * (10_000 + loading_bp)
    assert loaded.premium_fen % 12 == 0
    assert loaded.premium_fen >= premium_fen
    assert abs(loaded.premium_fen * 10_000 - exact) <= 6 * 10_000
    assert {plan.total_fen for plan in loaded.instalments} == {loaded.premium_fen}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("age", "61", "0 到 60"),
        ("age", "-1", "0 到 60"),
        ("age", "34.5", "0 到 60"),
        ("age", "３４", "0 到 60"),
        ("age", "9" * 40, "0 到 60"),
        ("social_insurance", "true", "yes（有医保）"),
        ("deductible", "", "10000"),
    ],
)
def test_a_wrong_input_is_named_with_what_is_allowed(field: str, value: str, said: str) -> None:
    whole = version("haijia-medical-a")

    with pytest.raises(InvalidInput) as refusal:
        rating.rater(whole).price({**rating.complete(whole, {}), field: value})

    assert refusal.value.facts["field"] == field
    assert said in refusal.value.message_zh


def test_an_unknown_or_missing_input_is_refused() -> None:
    whole = version("haijia-medical-a")

    with pytest.raises(InvalidInput) as unknown:
        rating.rater(whole).price({**rating.complete(whole, {}), "smoker": "no"})
    with pytest.raises(InvalidInput) as missing:
        rating.rater(whole).price({"age": "34", "social_insurance": "yes"})

    assert unknown.value.facts["field"] == "smoker"
    assert missing.value.facts["field"] == "deductible"


def test_a_gap_between_bands_is_refused() -> None:
    rows = [row for row in version("haijia-medical-a").rate_tables[0].rows if row[0] != "31"]

    with pytest.raises(TariffBroken) as refusal:
        rating.rater(changed_table("haijia-medical-a", "premium", rows))

    assert "26–30" in refusal.value.message_zh


def test_overlapping_bands_are_refused() -> None:
    rows = [("30", *row[1:]) if row[0] == "31" else row for row in version("haijia-medical-a").rate_tables[0].rows]

    with pytest.raises(TariffBroken):
        rating.rater(changed_table("haijia-medical-a", "premium", rows))


@pytest.mark.parametrize("figure", ["1,3O8", "-5.00", "NaN", "312.005", "1e400", ""])
def test_a_figure_that_is_no_rate_is_refused(figure: str) -> None:
    first, *others = version("haijia-medical-a").rate_tables[0].rows

    with pytest.raises(TariffBroken):
        rating.rater(changed_table("haijia-medical-a", "premium", [(*first[:-1], figure), *others]))


def test_a_double_cell_is_refused() -> None:
    rows = list(version("haijia-medical-a").rate_tables[0].rows)

    with pytest.raises(TariffBroken):
        rating.rater(changed_table("haijia-medical-a", "premium", [*rows, rows[0]]))


def test_figures_too_large_to_be_exact_are_refused() -> None:
    whole = version("songtao-accident")
    factor = next(step for step in whole.formula.steps if step.op == "factor")
    steps = (*whole.formula.steps[:-1], *[factor] * 12, whole.formula.steps[-1])

    with pytest.raises(TariffBroken) as refusal:
        rating.rater(replace(whole, formula=replace(whole.formula, steps=steps), content_hash="too large"))

    assert "exactly" in refusal.value.message_en


def test_a_formula_rounds_exactly_once_and_last() -> None:
    whole = version("songtao-accident")
    twice: tuple[FormulaStep, ...] = (*whole.formula.steps, whole.formula.steps[-1])

    with pytest.raises(TariffBroken):
        rating.rater(replace(whole, formula=replace(whole.formula, steps=twice), content_hash="twice"))


def test_a_version_is_compiled_once() -> None:
    whole = version("songtao-accident")

    assert rating.rater(whole) is rating.rater(copy.copy(whole))


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
def test_folding_gives_what_the_walk_through_the_formula_gives(code: str, data: st.DataObject) -> None:
    tariff = compile_tariff(version(code))
    inputs = data.draw(people_of(code))
    columns = {key: np.array([value]) for key, value in inputs.items()}
    walked = replace(tariff, folded=None)

    assert tariff.folded is not None
    try:
        premium = walked.premium(inputs)
    except InvalidInput as refusal:
        with pytest.raises(InvalidInput) as folded:
            tariff.premium(inputs)
        assert folded.value.facts == refusal.facts
    else:
        assert tariff.premium(inputs) == premium
        assert tariff.premium_many(columns).tolist() == walked.premium_many(columns).tolist() == [premium]


def test_a_choice_may_be_given_as_its_place_in_the_list() -> None:
    rater = rating.rater(version("haijia-medical-a"))

    by_place = rater.price_many({"age": np.array([34]), "social_insurance": np.array([0]), "deductible": np.array([1])})

    assert by_place.tolist() == [rater.premium({"age": "34", "social_insurance": "yes", "deductible": "0"})]


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("social_insurance", np.array([2])),
        ("social_insurance", np.array(["perhaps"])),
        ("age", np.array([-1])),
        ("age", np.array(["x"])),
        ("age", np.array([34.5])),
        ("age", np.array([[34]])),
    ],
)
def test_a_wrong_column_is_named(field: str, column: np.ndarray) -> None:
    columns = {"age": np.array([34]), "social_insurance": np.array(["yes"]), "deductible": np.array(["0"])}

    with pytest.raises(InvalidInput) as refusal:
        rating.rater(version("haijia-medical-a")).price_many({**columns, field: column})

    assert refusal.value.facts["field"] == field


def test_an_amount_that_scales_is_walked_and_equal() -> None:
    """A sum insured typed as a number cannot be folded; both ways still agree."""
    whole = version("songtao-accident")
    amount = replace(
        next(i for i in whole.rating_inputs if i.code == "sum_insured"),
        kind="amount",
        choices=(),
        minimum=10_000,
        maximum=1_000_000,
    )
    inputs = tuple(amount if i.code == "sum_insured" else i for i in whole.rating_inputs)
    steps = tuple(step for step in whole.formula.steps if step.table != "sum_factor")
    free = replace(whole, rating_inputs=inputs, formula=replace(whole.formula, steps=steps), content_hash="free amount")
    rater = rating.rater(free)
    rows = [
        {"age": "34", "occupation_class": "1", "sum_insured": amount, "plan": "basic"}
        for amount in ("10000", "123456", "1000000")
    ]
    columns = {key: np.array([row[key] for row in rows]) for key in rows[0]}

    assert [rater.premium(row) for row in rows] == [200, 2_420, 19_600]
    assert rater.price_many(columns).tolist() == [200, 2_420, 19_600]

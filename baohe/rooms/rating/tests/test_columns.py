"""One path for one person or a million: columns, folding, what a column may hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.rules.tariff import compile_tariff
from baohe.rooms.rating.tests.samples import CODES, people_of, version


@pytest.mark.parametrize("code", CODES)
@settings(deadline=None)
@given(data=st.data())
def test_a_column_prices_exactly_like_one_person_after_another(code: str, data: st.DataObject) -> None:
    rater = rating.rater(version(code))
    rows = data.draw(st.lists(people_of(version(code)), min_size=1, max_size=12))
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


@pytest.mark.parametrize("code", CODES)
@settings(deadline=None)
@given(data=st.data())
def test_folding_gives_what_the_walk_through_the_formula_gives(code: str, data: st.DataObject) -> None:
    tariff = compile_tariff(version(code))
    inputs = data.draw(people_of(version(code)))
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

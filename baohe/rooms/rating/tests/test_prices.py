"""Prices of the house's packages: the signed cases, the card, the path, one compilation."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.tests.samples import CODES, people_of, version

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


@pytest.mark.parametrize("code", CODES)
@settings(deadline=None)
@given(data=st.data())
def test_premiums_are_positive_multiples_of_the_filed_rounding(code: str, data: st.DataObject) -> None:
    whole = version(code)
    try:
        premium = rating.rater(whole).premium(data.draw(people_of(version(code))))
    except InvalidInput:
        return

    assert premium > 0
    assert premium % whole.formula.steps[-1].multiple_fen == 0


def test_the_path_adds_up_every_later_year_at_todays_table() -> None:
    whole = version("haijia-medical-a")
    path = rating.rater(whole).path({"age": "34", "social_insurance": "yes", "deductible": "10000"})

    assert [point.age for point in path] == list(range(34, 61))
    assert sum(point.premium_fen for point in path) == 2_648_400
    assert rating.rater(whole).path({"age": "60", "social_insurance": "yes", "deductible": "0"})[-1].age == 60


def test_a_version_is_compiled_once() -> None:
    whole = version("songtao-accident")

    assert rating.rater(whole) is rating.rater(copy.copy(whole))

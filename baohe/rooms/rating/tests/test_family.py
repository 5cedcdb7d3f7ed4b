"""Families: every member priced for the family's size, and the premiums added up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.tests.samples import choice, number, step, table, tariff, version

SIZES = choice("family_size", "1", "2", "3", "4")


def family(size: dict[str, Any] = SIZES, most: int = 4) -> ProductVersion:
    return tariff(
        [number("age", 0, 60, "age"), size],
        [
            table("base", {"input": "age", "band": True}),
            table("discount", {"input": "family_size"}, unit="percent", decimals=0),
        ],
        {"base": "0,17,101.01;18,60,333.33", "discount": "1,100;2,95;3,90;4,85"},
        [step("lookup", table="base"), step("factor", table="discount"), step("round", multiple_fen=12)],
        family={"size_input": "family_size", "most": most},
    )


@settings(deadline=None)
@given(ages=st.lists(st.integers(0, 60), min_size=1, max_size=4))
def test_a_family_is_the_sum_of_its_members_at_its_size(ages: list[int]) -> None:
    rater = rating.rater(family())
    price = rater.price_family([{"age": str(age)} for age in ages])
    alone = [rater.premium({"age": str(age), "family_size": str(len(ages))}) for age in ages]

    assert price.total_fen == sum(alone)
    assert [member.premium_fen for member in price.members] == alone


def test_the_size_is_counted_and_not_believed() -> None:
    price = rating.rater(family()).price_family([{"age": "30", "family_size": "4"}, {"age": "5", "family_size": "4"}])

    assert price.members[0].steps[1].value == "× 95%"


def test_a_wrong_member_is_named() -> None:
    with pytest.raises(InvalidInput) as refusal:
        rating.rater(family()).price_family([{"age": "30"}, {"age": "61"}])

    assert refusal.value.facts["field"] == "members[1].age"
    assert refusal.value.facts["maximum"] == 60


@pytest.mark.parametrize("people", [0, 5])
def test_nobody_and_too_many_are_refused(people: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        rating.rater(family()).price_family([{"age": "30"}] * people)

    assert refusal.value.facts["field"] == "members"
    assert "1 到 4" in refusal.value.message_zh


def test_a_product_for_one_person_takes_one() -> None:
    whole = version("haijia-medical-a")
    rater, inputs = rating.rater(whole), rating.complete(whole, {})

    assert rater.price_family([inputs]).total_fen == rater.premium(inputs)
    with pytest.raises(InvalidInput):
        rater.price_family([inputs, inputs])


@pytest.mark.parametrize(("size", "most"), [(SIZES, 5), (number("family_size", 2, 9), 4), (SIZES, 1)])
def test_a_size_that_the_input_cannot_take_is_refused(size: dict[str, Any], most: int) -> None:
    with pytest.raises(TariffBroken) as refusal:
        rating.rater(family(size, most))

    assert refusal.value.facts["file"] in ("formula.yaml", "rates/discount.csv")

"""A quote outside age, sum, term or choice: one error that names the field and what it may be."""

from __future__ import annotations

import numpy as np
import pytest

from baohe.kernel.errors import InvalidInput
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.tests.samples import choice, number, step, table, tariff, version


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


@pytest.mark.parametrize("scaled", [True, False])
def test_an_amount_may_go_in_steps(scaled: bool) -> None:
    """Folded or walked, one person or a column: what lies between two steps is not sold."""
    amount = {**number("sum", 10_000, 50_000), "step": 10_000}
    more = [step("scale", input="sum", per=10_000)] if scaled else []
    whole = tariff(
        [amount, choice("plan", "a", "b")],
        [table("base", {"input": "sum", "band": True}, {"input": "plan"})],
        {"base": "10000,29999,a,1;30000,50000,a,2"},
        [step("lookup", table="base"), *more, step("round")],
    )
    rater = rating.rater(whole)

    assert rater.premium({"sum": "40000", "plan": "a"}) == (800 if scaled else 200)
    for refused in (
        lambda: rater.premium({"sum": "45000", "plan": "a"}),
        lambda: rater.price_many({"sum": np.array([45_000]), "plan": np.array(["a"])}),
        lambda: rater.price_many({"sum": np.array(["45000"]), "plan": np.array(["a"])}),
    ):
        with pytest.raises(InvalidInput) as refusal:
            refused()
        assert refusal.value.facts["field"] == "sum"
        assert "每 10000 一档" in refusal.value.message_zh


def test_a_default_that_could_not_be_asked_for_is_refused() -> None:
    with pytest.raises(TariffBroken) as refusal:
        rating.rater(
            tariff(
                [{**choice("plan", "a", "b"), "default": "c"}],
                [table("base", {"input": "plan"})],
                {"base": "a,1"},
                [step("lookup", table="base"), step("round")],
            )
        )

    assert refusal.value.facts["field"] == "inputs[0].default"

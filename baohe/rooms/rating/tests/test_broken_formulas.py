"""Formulas that cannot be an exact price are refused with the step and the reason, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.tests.samples import SAID, choice, number, step, table, tariff

START, END = step("lookup", table="base"), step("round")


def written(*steps: dict[str, Any], **more: Any) -> ProductVersion:
    return tariff(
        [choice("plan", "a", "b"), number("sum", 1, 1_000), choice("word", "x", "y")],
        [
            table("base", {"input": "plan"}),
            table("rate", {"input": "plan"}, unit="percent"),
            table("zero", {"input": "plan"}),
            table("large", {"input": "plan"}, unit="bp", decimals=6),
        ],
        {"base": "a,1.00;b,2.00", "rate": "a,1;b,2", "zero": "a,0;b,2.00", "large": "a,99999999.999999;b,1"},
        list(steps),
        **more,
    )


def figure(name: str, *steps: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "label": SAID, "steps": list(steps)}


@pytest.mark.parametrize(
    ("steps", "field", "said"),
    [
        ([END], "steps[0]", "lookup or add"),
        ([START], "steps[0]", "must be round"),
        ([START, START, END], "steps[1]", "only come first"),
        ([step("lookup", table="none"), END], "steps[0].table", "no table none"),
        ([START, step("factor", table="base"), END], "steps[1].table", "percent"),
        ([START, step("factor", bp=0), END], "steps[1].bp", "above zero"),
        ([START, step("add", fen=-1), END], "steps[1].fen", "not below zero"),
        ([START, step("add", table="rate"), END], "steps[1].table", "money and a share"),
        ([START, step("at_least", table="rate"), END], "steps[1].table", "money and a share"),
        ([step("lookup", table="rate"), END], "steps[1]", "scale first"),
        ([step("lookup", table="rate"), step("add", fen=5), END], "steps[1]", "scale first"),
        ([START, step("divide", table="zero"), END], "steps[1].table", "zero, line 2"),
        ([START, step("divide", table="rate"), END], "steps[1].table", "in yuan"),
        ([START, step("divide", table="base"), step("add", fen=1), END], "steps[1]", "followed by round"),
        ([START, step("scale", input="none"), END], "steps[1].input", "no input none"),
        ([START, step("scale", input="word"), END], "steps[1].input", "choice x is not a number"),
        ([START, step("add", fen=1, when={"none": ["x"]}), END], "steps[1].when.none", "no input none"),
        ([START, step("add", fen=1, when={"word": ["z"]}), END], "steps[1].when.word", "no choice z"),
        ([START, step("add", fen=1, when={"sum": ["5"]}), END], "steps[1].when.sum", "must be a choice"),
        ([START, step("add", figure="none"), END], "steps[1].figure", "no figure none"),
        ([START, *[step("factor", table="large")] * 3, END], "steps[2]", "exactly"),
        ([START, step("factor", table="large"), step("at_most", fen=10**11), END], "steps[2]", "exactly"),
        (
            [START, step("at_least", fen=5_005), step("round", multiple_fen=100, mode="down")],
            "steps[1]",
            "does not hold",
        ),
        ([START, step("at_most", fen=5_005), step("round", multiple_fen=100, mode="up")], "steps[1]", "does not hold"),
    ],
)
def test_a_formula_that_cannot_be_is_refused_at_its_step(steps: list[dict[str, Any]], field: str, said: str) -> None:
    with pytest.raises(TariffBroken) as refusal:
        rating.rater(written(*steps))

    assert refusal.value.facts["file"] == "formula.yaml"
    assert refusal.value.facts["field"] == field
    assert said in refusal.value.message_en
    assert f"formula.yaml {field}" in refusal.value.message_zh


@pytest.mark.parametrize(
    ("figures", "field", "said"),
    [
        ([figure("self", step("add", figure="self"), END)], "figures[0].steps[0].figure", "never itself"),
        (
            [figure("first", step("add", figure="second"), END), figure("second", START, END)],
            "figures[0].steps[0].figure",
            "not worked out yet",
        ),
        ([figure("one", START, END), figure("one", START, END)], "figures[1].name", "twice"),
        ([figure("one", START)], "figures[0].steps[0]", "must be round"),
    ],
)
def test_figures_neither_recurse_nor_look_ahead(figures: list[dict[str, Any]], field: str, said: str) -> None:
    with pytest.raises(TariffBroken) as refusal:
        rating.rater(written(START, END, figures=figures))

    assert refusal.value.facts["field"] == field
    assert said in refusal.value.message_en


def test_figures_that_grow_by_doubling_are_worked_out_once_each() -> None:
    """Twenty figures, each adding the one before twice: a million walks if they were not remembered."""
    names = [f"f{number}" for number in range(20)]
    figures = [figure("f0", START, END)]
    for before, name in zip(names, names[1:], strict=False):
        figures.append(figure(name, step("add", figure=before), step("add", figure=before), END))
    rater = rating.rater(written(step("add", figure="f19"), step("scale", input="sum"), END, figures=figures))

    assert rater.premium({"plan": "a", "sum": "3", "word": "x"}) == 100 * 2**19 * 3


@pytest.mark.parametrize(
    ("faulty", "field"),
    [
        (step("multiply", table="base"), "formula.steps[1].op"),
        (step("add"), "formula.steps[1].add"),
        (step("add", table="base", fen=3), "formula.steps[1].add"),
        (step("factor", fen=3), "formula.steps[1].fen"),
        (step("scale", input="sum", when={"word": ["x"]}), "formula.steps[1].when"),
        (step("round", mode="nearest"), "formula.steps[1].mode"),
        (step("round", multiple_fen=0), "formula.steps[1].multiple_fen"),
        (step("round", multiple=5), "formula.steps[1].multiple"),
        (step("scale", input="sum", per=0), "formula.steps[1].per"),
        (step("add", fen="5"), "formula.steps[1].fen"),
    ],
)
def test_a_step_that_cannot_be_read_is_named(faulty: dict[str, Any], field: str) -> None:
    with pytest.raises(NotPublishable) as refusal:
        written(START, faulty, END)

    assert refusal.value.facts["field"] == field

"""What must hold of every tariff: one price by every way of asking, exactness, monotony, minimum, sums."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import FormulaStep, ProductVersion
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.rules.tariff import Tariff, compile_tariff
from baohe.rooms.rating.tests.samples import choice, number, people_of, step, table, tariff

MODES = st.sampled_from(["half_up", "up", "down"])
ROUNDS = st.builds(lambda m, mode: step("round", multiple_fen=m, mode=mode), st.sampled_from([1, 5, 12, 100]), MODES)
WHEN = st.sampled_from([{}, {"when": {"plan": ["a"]}}, {"when": {"plan": ["b", "c"], "cover": ["yes"]}}])
AMOUNTS = st.one_of(
    st.builds(lambda fen: {"fen": fen}, st.integers(0, 50_000)),
    st.sampled_from([{"table": "money"}, {"table": "fine"}]),
)
SHARES = st.one_of(st.builds(lambda bp: {"bp": bp}, st.integers(1, 25_000)), st.just({"table": "share"}))
STEPS = st.one_of(
    st.builds(lambda what, when: step("add", **what, **when), AMOUNTS, WHEN),
    st.builds(lambda when: step("add", figure="part", **when), WHEN),
    st.builds(lambda what, when: step("factor", **what, **when), SHARES, WHEN),
    st.builds(lambda op, what, when: step(op, **what, **when), st.sampled_from(["at_least", "at_most"]), AMOUNTS, WHEN),
    st.builds(lambda per: step("scale", input="units", per=per), st.sampled_from([1, 7, 10])),
    ROUNDS,
)
DIVIDED = st.builds(lambda after: [step("divide", table="money"), after], ROUNDS)
BODY = st.lists(st.one_of(STEPS.map(lambda one: [one]), DIVIDED), max_size=6).map(lambda parts: sum(parts, []))
CELLS = st.integers(1, 10**6).map(lambda n: f"{n // 100}.{n % 100:02d}")


@st.composite
def tariffs(draw: st.DrawFn) -> ProductVersion:
    """Any formula over three tables, one of them with holes, another with lines between nodes."""
    money = [(plan, cover) for plan in "abc" for cover in ("yes", "no") if draw(st.integers(0, 9))]
    assume(money)
    rates = {
        "money": ";".join(f"{plan},{cover},{draw(CELLS)}" for plan, cover in money),
        "fine": ";".join(f"{node},{draw(st.integers(0, 10**7)) / 10**4:.4f}" for node in (0, 3, 10)),
        "share": ";".join(f"{low},{low + 9},{draw(st.integers(1, 30_000))}" for low in (0, 10, 20)),
    }
    part = {"name": "part", "label": {"zh": "部分", "en": "part"}, "steps": [START, *draw(BODY_OF_PART), draw(ROUNDS)]}
    return tariff(
        [choice("plan", "a", "b", "c"), choice("cover", "yes", "no"), number("units", 0, 10), number("age", 0, 29)],
        [
            table("money", {"input": "plan"}, {"input": "cover"}),
            table("fine", {"input": "units", "interpolate": True}, decimals=4),
            table("share", {"input": "age", "band": True}, unit="bp", decimals=0),
        ],
        rates,
        [START, *draw(BODY), draw(ROUNDS)],
        figures=[part],
    )


START = step("lookup", table="money")
BODY_OF_PART = st.lists(STEPS.filter(lambda one: "figure" not in one), max_size=3)


def compiled(whole: ProductVersion) -> Tariff:
    try:
        return compile_tariff(whole)
    except TariffBroken:
        assume(False)
        raise


def premium_or_field(tariff_: Tariff, inputs: dict[str, str]) -> int | str:
    try:
        return tariff_.premium(inputs)
    except InvalidInput as refusal:
        return str(refusal.facts["field"])


@settings(deadline=None)
@given(whole=tariffs(), data=st.data())
def test_every_way_of_asking_gives_one_price(whole: ProductVersion, data: st.DataObject) -> None:
    """One person or a column, folded or walked, on any formula."""
    folded = compiled(whole)
    walked = replace(folded, folded=None)
    people = data.draw(st.lists(people_of(whole), min_size=1, max_size=8))
    answers = [premium_or_field(walked, person) for person in people]
    assert [premium_or_field(folded, person) for person in people] == answers
    sold = [(person, answer) for person, answer in zip(people, answers, strict=True) if isinstance(answer, int)]
    assume(sold)
    columns = {code: np.array([person[code] for person, _ in sold]) for code in people[0]}
    expected = [answer for _, answer in sold]

    assert walked.premium_many(columns).tolist() == expected
    if folded.folded is not None:
        assert folded.premium_many(columns).tolist() == expected


@settings(deadline=None)
@given(whole=tariffs(), data=st.data())
def test_a_price_is_what_fractions_give(whole: ProductVersion, data: st.DataObject) -> None:
    """An independent reading of the formula in exact fractions, without denominators, folding or tables of ours."""
    person = data.draw(people_of(whole))
    answer = premium_or_field(compiled(whole), person)
    assume(isinstance(answer, int))

    assert by_fractions(whole, whole.formula.steps, person) == answer


def by_fractions(whole: ProductVersion, steps: tuple[FormulaStep, ...], person: dict[str, str]) -> Fraction:
    value = Fraction(0)
    for one in steps:
        if not all(person[code] in values for code, values in one.when.items()):
            continue
        if one.op == "round":
            value = rounded(value / one.multiple_fen, one.mode) * one.multiple_fen
        elif one.op == "scale":
            value *= Fraction(int(person[one.input]), one.per)
        else:
            operand = operand_of(whole, one, person)
            value = {
                "lookup": operand,
                "add": value + operand,
                "factor": value * operand,
                "at_least": max(value, operand),
                "at_most": min(value, operand),
                "divide": value * 100 / operand if operand else value,
            }[one.op]
    return value


def rounded(value: Fraction, mode: str) -> int:
    return {"up": -floor(-value), "down": floor(value), "half_up": floor(value + Fraction(1, 2))}[mode]


def operand_of(whole: ProductVersion, one: FormulaStep, person: dict[str, str]) -> Fraction:
    """Fen, or a plain factor."""
    if one.figure:
        return by_fractions(whole, whole.formula.figures[0].steps, person)
    if one.bp is not None:
        return Fraction(one.bp, 10_000)
    if one.fen is not None:
        return Fraction(one.fen)
    filed = whole.table(one.table)
    assert filed is not None
    if one.table == "fine":
        nodes = {int(row[0]): Fraction(row[1]) for row in filed.rows}
        at = int(person["units"])
        low, high = (0, 3) if at < 3 else (3, 10)
        drawn = nodes[low] + (nodes[high] - nodes[low]) * (at - low) / (high - low)
        return Fraction(rounded(drawn * 10_000, "half_up"), 10_000) * 100
    if one.table == "share":
        return next(Fraction(r[2]) for r in filed.rows if int(r[0]) <= int(person["age"]) <= int(r[1])) / 10_000
    return next(Fraction(r[2]) for r in filed.rows if r[:2] == (person["plan"], person["cover"])) * 100


@settings(deadline=None)
@given(whole=tariffs(), data=st.data())
def test_the_explanation_ends_with_the_premium(whole: ProductVersion, data: st.DataObject) -> None:
    compiled(whole)
    person = data.draw(people_of(whole))
    try:
        price = rating.rater(whole).price(person)
    except InvalidInput:
        return

    yuan = price.steps[-1].value.replace(",", "").lstrip("¥")
    assert yuan == f"{price.premium_fen // 100}.{price.premium_fen % 100:02d}"
    assert all(said.source.zh and said.source.en and said.label.zh for said in price.steps)


RISING = st.lists(st.integers(0, 5_000), min_size=30, max_size=30).map(sorted)


def rising(cells: list[int], *steps: dict[str, Any]) -> ProductVersion:
    rows = ";".join(f"{age},{cell // 100}.{cell % 100:02d}" for age, cell in enumerate(cells))
    base = table("base", {"input": "age"}, monotone={"age": "up"})
    return tariff(
        [number("age", 0, 29, "age"), choice("plan", "a", "b")],
        [base],
        {"base": rows},
        [step("lookup", table="base"), *steps],
    )


@settings(deadline=None)
@given(cells=RISING, steps=st.lists(st.one_of(SHARES.filter(lambda s: "bp" in s)), max_size=3), last=ROUNDS)
def test_a_monotone_table_gives_monotone_prices(cells: list[int], steps: list[dict[str, Any]], last: Any) -> None:
    whole = rising(cells, *[step("factor", **what) for what in steps], step("at_most", fen=4_000_800), last)
    ages = np.arange(30)
    premiums = compiled(whole).premium_many({"age": ages, "plan": np.zeros(30, dtype=np.int64)})

    assert (np.diff(premiums) >= 0).all()


@settings(deadline=None)
@given(cells=RISING, minimum=st.integers(0, 6_000), last=ROUNDS)
def test_no_price_is_below_the_minimum(cells: list[int], minimum: int, last: dict[str, Any]) -> None:
    """Either the formula is refused, because its rounding would undercut the minimum, or no price ever does."""
    tariff_ = compiled(rising(cells, step("at_least", fen=minimum), last))

    assert min(tariff_.premium({"age": str(age), "plan": "a"}) for age in range(30)) >= minimum


@settings(deadline=None)
@given(cells=RISING, maximum=st.integers(0, 6_000), last=ROUNDS)
def test_no_price_is_above_the_cap(cells: list[int], maximum: int, last: dict[str, Any]) -> None:
    tariff_ = compiled(rising(cells, step("at_most", fen=maximum), last))

    assert max(tariff_.premium({"age": str(age), "plan": "a"}) for age in range(30)) <= maximum


@settings(deadline=None)
@given(cells=RISING.map(lambda cells: [cell + 1 for cell in cells]), age=st.integers(0, 29), until=st.integers(0, 29))
def test_a_path_is_the_premium_of_every_later_age(cells: list[int], age: int, until: int) -> None:
    rater = rating.rater(rising(cells, step("round")))
    path = rater.path({"age": str(age), "plan": "a"}, until)

    assert [point.age for point in path] == list(range(age, until + 1))
    assert sum(point.premium_fen for point in path) == sum(cells[age : until + 1])

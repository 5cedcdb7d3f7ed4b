"""Tables that cannot be an exact price are refused before anybody is quoted, by file and row."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.tests.conftest import read
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.tests.samples import changed_table, choice, number, step, table, tariff, version


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


def filed(dimension: dict[str, Any], rows: str, **more: Any) -> ProductVersion:
    of_one = table("base", dimension, {"input": "plan"}, **more)
    inputs = [number("age", 0, 3, "age"), choice("plan", "a", "b")]
    return tariff(inputs, [of_one], {"base": rows}, [step("lookup", table="base"), step("round")])


ONE_BY_ONE, BAND, NODES = {"input": "age"}, {"input": "age", "band": True}, {"input": "age", "interpolate": True}


@pytest.mark.parametrize(
    ("dimension", "rows", "line", "said"),
    [
        (ONE_BY_ONE, "0,a,1;1,a,1;3,a,1", 4, "leaves a gap after 1–1"),
        (ONE_BY_ONE, "0,a,1;1,a,1;2,a,1", 0, "age lacks 3–3"),
        (ONE_BY_ONE, "0,a,1;1,a,1;2,a,1;3,a,1;1,a,2", 6, "1,a is in line 3 already"),
        (ONE_BY_ONE, "0,a,1;l,a,1;2,a,1;3,a,1", 3, "“l” is not a whole number"),
        (ONE_BY_ONE, "0,a,1;1,a,1;2,c,1;3,a,1", 4, "“c” is not offered"),
        (ONE_BY_ONE, "0,a,1;1,a,1,;2,a,1", 3, "columns"),
        (ONE_BY_ONE, "0,a,1;1,a,1.O5;2,a,1;3,a,1", 3, "“1.O5” is not a rate"),
        (ONE_BY_ONE, "0,a,1;1,a,1.055;2,a,1;3,a,1", 3, "more than 2 decimals"),
        (BAND, "0,1,a,1;2,5,a,1;2,4,b,1", 3, "overlaps"),
        (BAND, "0,1,a,1;3,5,a,1", 3, "leaves a gap"),
        (BAND, "0,1,a,1;5,2,a,1", 3, "ends before it begins"),
        (BAND, "1,5,a,1", 0, "lacks 0–0"),
        (NODES, "0,a,1;2,a,3", 0, "lacks 3–3"),
        (NODES, "0,a,1;3,a,3;3,a,4", 4, "3,a is in line 3 already"),
    ],
)
def test_a_fault_is_told_with_its_row(dimension: dict[str, Any], rows: str, line: int, said: str) -> None:
    with pytest.raises((TariffBroken, NotPublishable)) as refusal:
        rating.rater(filed(dimension, rows))

    assert refusal.value.facts["file"] == "rates/base.csv"
    assert refusal.value.facts["line"] == line
    assert said in refusal.value.message_en
    assert refusal.value.message_zh.count("第") >= (1 if line else 0)


def test_a_wrong_header_is_told_as_line_one() -> None:
    raw = copy.deepcopy(read("haijia-medical-a"))
    raw["rates"]["premium"][0][0] = "age"

    with pytest.raises(NotPublishable) as refusal:
        catalog.check_package(raw)

    assert (refusal.value.facts["file"], refusal.value.facts["line"]) == ("rates/premium.csv", 1)


def test_lines_are_drawn_along_one_input_only() -> None:
    both = table("base", {"input": "age", "interpolate": True}, {"input": "sum", "interpolate": True})
    steps = [step("lookup", table="base"), step("round")]
    whole = tariff([number("age", 0, 3), number("sum", 0, 3)], [both], {"base": "0,0,1;3,3,2"}, steps)

    with pytest.raises(TariffBroken) as refusal:
        rating.rater(whole)

    assert "more than one input" in refusal.value.message_en


@pytest.mark.parametrize(
    ("direction", "rows", "line"),
    [
        ("up", "0,a,1;1,a,2;2,a,1.99;3,a,4;0,b,9", 4),
        ("up", "3,a,4;2,a,1.99;1,a,2;0,a,1", 3),
        ("down", "0,a,4;1,a,3;2,a,3;3,a,3.01", 5),
    ],
)
def test_a_table_that_breaks_its_own_declaration_is_refused(direction: str, rows: str, line: int) -> None:
    with pytest.raises(NotPublishable) as refusal:
        filed(ONE_BY_ONE, rows, monotone={"age": direction})

    assert (refusal.value.facts["file"], refusal.value.facts["line"]) == ("rates/base.csv", line)


@pytest.mark.parametrize("declared", [{"sum": "up"}, {"age": "rising"}])
def test_a_declaration_that_says_nothing_is_refused(declared: dict[str, str]) -> None:
    with pytest.raises(NotPublishable) as refusal:
        filed(ONE_BY_ONE, "0,a,1;1,a,1;2,a,1;3,a,1", monotone=declared)

    assert "monotone" in str(refusal.value.facts["field"])


def test_a_kept_declaration_is_kept() -> None:
    whole = filed(BAND, "2,3,a,5;0,1,a,5;0,1,b,7;2,3,b,9", monotone={"age": "up"})

    assert [rating.rater(whole).premium({"age": str(age), "plan": "b"}) for age in range(4)] == [700, 700, 900, 900]


def test_a_table_that_no_step_reads_is_read_all_the_same() -> None:
    rows = [(*row[:-1], "x") if number == 3 else row for number, row in enumerate(cash_values())]

    with pytest.raises(TariffBroken) as refusal:
        rating.rater(changed_table("yunshan-term-life", "cash_values", rows))

    assert (refusal.value.facts["file"], refusal.value.facts["line"]) == ("rates/cash_values.csv", 5)


def cash_values() -> list[tuple[str, ...]]:
    found = version("yunshan-term-life").table("cash_values")
    assert found is not None
    return list(found.rows)

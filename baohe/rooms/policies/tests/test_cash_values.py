"""Cash values as filed: year 0, the line between filed years, and the sums a long contract is worth."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from baohe.kernel.dates import add_years
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.policies.rules.cash_values import cash_value_fen
from baohe.rooms.policies.rules.sums import death_cover_fen

START = date(2026, 11, 23)


def package(code: str) -> ProductVersion:
    folder = next(path for path in catalog.packages_below(Path(settings.BAOHE_PRODUCTS)) if path.parent.name == code)
    return catalog.check_package(catalog.read_package(folder))


WHOLE_LIFE = package("lanjiang-whole-life")
ANNUITY = package("lanjiang-annuity")
INPUTS = {"age": "30", "sex": "male", "sum_insured": "500000", "pay_period": "10"}


def filed(version: ProductVersion, year: int, **keys: str) -> float:
    table = version.table("cash_values")
    assert table is not None
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        wanted = {**keys, "policy_year": str(year)}
        if cells["age_from"] == wanted.pop("age") and all(cells.get(code, v) == v for code, v in wanted.items()):
            return float(cells["value"])
    raise LookupError(year)


def value(years: int, days: int = 0) -> int:
    on = add_years(START, years).replace(day=START.day + days)
    return cash_value_fen(WHOLE_LIFE, INPUTS, START, on, 50_000_000)


def test_within_the_first_year_the_filed_year_0_counts() -> None:
    keys = {"age": "30", "sex": "male", "pay_period": "10"}
    assert value(0, 1) == round(filed(WHOLE_LIFE, 0, **keys) * 100 * 500)
    assert value(0, 1) > 0


def test_at_a_filed_year_the_cell_is_the_value() -> None:
    keys = {"age": "30", "sex": "male", "pay_period": "10"}
    assert value(10) == round(filed(WHOLE_LIFE, 10, **keys) * 100 * 500)


def test_between_filed_years_the_line_is_rounded_half_up_to_the_decimals_of_the_table() -> None:
    keys = {"age": "30", "sex": "male", "pay_period": "10"}
    third, fifth = filed(WHOLE_LIFE, 3, **keys), filed(WHOLE_LIFE, 5, **keys)
    hundredths = (round(third * 100) + round(fifth * 100) + 1) // 2
    assert value(4) == hundredths * 500


def test_it_never_falls_and_ends_at_the_sum_insured() -> None:
    worth = [cash_value_fen(WHOLE_LIFE, INPUTS, START, add_years(START, year), 50_000_000) for year in range(77)]
    assert worth == sorted(worth)
    assert worth[-1] == 50_000_000
    assert cash_value_fen(WHOLE_LIFE, INPUTS, START, add_years(START, 77), 50_000_000) == 0


def test_an_annuity_is_worth_nothing_to_leave_once_it_pays() -> None:
    inputs = {"age": "35", "sex": "female", "pension": "12000", "pension_age": "60", "pay_period": "10"}
    before = cash_value_fen(ANNUITY, inputs, START, add_years(START, 24), 1_200_000)
    assert before > 0
    assert cash_value_fen(ANNUITY, inputs, START, add_years(START, 25), 1_200_000) == 0
    assert cash_value_fen(ANNUITY, inputs, START, add_years(START, 40), 1_200_000) == 0


@pytest.mark.rule("SALE-13")
def test_a_death_benefit_that_a_person_works_out_still_counts_as_death_cover() -> None:
    inputs = {"age": "35", "sex": "female", "pension": "12000", "pension_age": "60", "pay_period": "10"}
    assert death_cover_fen(ANNUITY, inputs) == 31_200_000
    highest = max(cash_value_fen(ANNUITY, inputs, START, add_years(START, year), 1_200_000) for year in range(26))
    assert highest <= death_cover_fen(ANNUITY, inputs)

"""Comparison without ranking (PUB-3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baohe.kernel.decisions import Text
from baohe.rooms.catalog import facade
from baohe.rooms.catalog.contracts import ProductVersion, Titled
from baohe.rooms.catalog.errors import RankingRefused
from baohe.rooms.catalog.tests.conftest import read
from baohe.rooms.rating import facade as rating


def version(code: str) -> ProductVersion:
    return facade.check_package(read(code))


def compare(*versions: ProductVersion, inputs: dict[str, str] | None = None):
    return facade.compare(versions, [rating.indication(v, inputs or {}) for v in versions])


@pytest.mark.rule("PUB-3")
def test_cover_exclusions_waiting_period_and_price_stand_together() -> None:
    compared = compare(version("haijia-medical-a"), version("songtao-accident"), version("yunshan-term-life"))

    assert {"price", "limit", "coverages", "exclusions", "waiting"} <= {row.code for row in compared.rows}
    assert all(len(row.cells) == 3 for row in compared.rows)
    assert compared.differences[0].zh.startswith("保的不是同一类事")
    assert not any("¥" in line.zh for line in compared.differences)


@pytest.mark.rule("PUB-3")
def test_price_never_stands_apart_and_the_odd_one_out_does() -> None:
    medical = version("haijia-medical-a")
    longer = replace(medical, waiting_days=90, from_fen=1)

    rows = {row.code: row for row in compare(medical, longer, medical).rows}

    assert [cell.apart for cell in rows["waiting"].cells] == [False, True, False]
    assert not any(cell.apart for code in ("price", "path") for cell in rows[code].cells)
    assert rows["cooling_off"].same


def test_two_columns_differ_without_one_standing_apart() -> None:
    medical = version("haijia-medical-a")
    other = replace(
        medical, compare={**medical.compare, "renewal": Titled(Text("保证 20 年", "20 years"), Text("", ""))}
    )

    row = {row.code: row for row in compare(medical, other).rows}["renewal"]

    assert not row.same
    assert not any(cell.apart for cell in row.cells)


def test_a_person_the_product_does_not_take_is_shown_with_the_reason() -> None:
    compared = compare(version("haijia-medical-a"), version("yunshan-term-life"), inputs={"age": "5"})

    price = compared.rows[0]
    assert price.cells[0].text.zh == "¥276.00"
    assert price.cells[1].text.zh == "不能投保"
    assert "18 到 55" in price.cells[1].sub.zh


@pytest.mark.rule("PUB-3")
@pytest.mark.parametrize("order", ["price", "premium", "cover"])
def test_ranking_is_refused(order: str) -> None:
    with pytest.raises(RankingRefused):
        facade.refuse_ranking(order)

    facade.refuse_ranking(None)

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


def test_a_sentence_only_one_of_two_alike_wordings_has_is_marked() -> None:
    medical = version("haijia-medical-a")
    waiting = next(section for section in medical.clauses if "等待期" in section.title)
    longer = replace(waiting, body=f"{waiting.body}续保的不再计算等待期。")
    other = replace(medical, clauses=tuple(longer if s is waiting else s for s in medical.clauses))

    rows = {row.code: row for row in compare(medical, other).clauses}

    marked = [[sentence.text for sentence in cell.sentences if sentence.apart] for cell in rows["waiting"].cells]
    assert marked == [[], ["续保的不再计算等待期。"]]
    assert not rows["waiting"].same
    assert rows["excluded"].same


def test_wordings_of_different_kinds_are_shown_without_marks() -> None:
    rows = compare(version("haijia-medical-a"), version("yunshan-term-life")).clauses

    excluded = next(row for row in rows if row.code == "excluded")
    assert not any(sentence.apart for cell in excluded.cells if cell for sentence in cell.sentences)


def test_a_piece_of_a_list_stands_apart_when_most_of_its_cell_is_shared() -> None:
    medical = version("haijia-medical-a")
    said = Titled(
        Text("既往症、生育、牙科、质子重离子", "Earlier illness, childbirth, teeth, proton therapy"), Text("", "")
    )
    other = replace(medical, compare={**medical.compare, "exclusions": said})

    row = {row.code: row for row in compare(medical, other).rows}["exclusions"]

    assert [part.text.zh for cell in row.cells for part in cell.parts if part.apart] == ["特需部", "质子重离子"]


def test_differences_are_told_only_where_the_words_differ() -> None:
    medical = version("haijia-medical-a")
    renewal = medical.compare["renewal"]
    other = replace(medical, compare={**medical.compare, "renewal": Titled(renewal.title, Text("另一句", "another"))})

    assert compare(medical, other).differences == ()

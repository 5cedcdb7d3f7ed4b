"""Two versions side by side."""

from __future__ import annotations

import copy
from decimal import Decimal

from baohe.rooms.catalog import facade
from baohe.rooms.catalog.rules.package import Raw


def after(raw: Raw) -> Raw:
    changed = copy.deepcopy(raw)
    changed["version"] = "2027-01-01"
    return changed


def test_the_same_contents_have_no_difference(raw: Raw) -> None:
    assert facade.difference(raw, after(raw)).same


def test_words_are_marked_where_they_came_and_went(raw: Raw) -> None:
    new = after(raw)
    new["clauses"] = raw["clauses"].replace("二级及以上公立医院", "三级公立医院")

    (change,) = facade.difference(raw, new).wording

    assert (change.number, change.kind) == ("2.7", "changed")
    assert [piece.text for piece in change.pieces if piece.kind == "removed"] == ["二", "及以上"]
    assert [piece.text for piece in change.pieces if piece.kind == "inserted"] == ["三"]
    kept = "".join(piece.text for piece in change.pieces if piece.kind != "inserted")
    assert kept in raw["clauses"]


def test_a_point_that_begins_to_exclude_is_told(raw: Raw) -> None:
    new = after(raw)
    new["clauses"] = raw["clauses"].replace("### 2.3", "### 2.3", 1) + "\n### 3.9 新的免责 〔免责〕\n战争。\n"

    (change,) = facade.difference(raw, new).wording

    assert (change.number, change.kind, change.excludes) == ("3.9", "added", "begins")


def test_rates_are_compared_cell_by_cell(raw: Raw) -> None:
    new = after(raw)
    rows = new["rates"]["premium"]
    rows[1][-1], rows[2][-1] = "819.00", "262.20"
    gone = rows.pop()

    (table,) = facade.difference(raw, new).tables

    assert (table.changed, table.added, table.removed, table.same) == (2, 0, 1, len(rows) - 1 - 2)
    first = table.cells[0]
    assert (first.old, first.new, first.percent) == ("780.00", "819.00", Decimal("5.0"))
    assert dict(first.key) == {"age": "0–4", "social_insurance": "yes", "deductible": "10000"}
    assert table.cells[-1].old == gone[-1]
    spread = next(s for s in table.spreads if s.column == "social_insurance")
    assert (spread.cells, spread.lowest, spread.highest) == (2, Decimal("-5.0"), Decimal("5.0"))


def test_other_columns_are_not_compared_cell_by_cell(raw: Raw) -> None:
    new = after(raw)
    new["rates"]["premium"] = [["age", "value"], ["1", "2.00"]]

    (table,) = facade.difference(raw, new).tables

    assert (table.kind, table.cells) == ("reshaped", ())


def test_a_field_goes_by_the_name_of_its_item(raw: Raw) -> None:
    new = after(raw)
    new["product"]["coverages"][0]["limit"]["zh"] = "300 万 / 年"
    new["product"]["coverages"].insert(0, new["product"]["coverages"].pop())
    new["underwriting"]["rules"][2]["loading_bp"] = 2500

    parts = {part.code: part.fields for part in facade.difference(raw, new).parts}

    (limit,) = parts["coverages"]
    assert (limit.path, limit.old, limit.new) == ("[hospital].limit.zh", "200 万 / 年", "300 万 / 年")
    assert [f.path for f in parts["underwriting"]] == ["rules[pressure_controlled].loading_bp"]

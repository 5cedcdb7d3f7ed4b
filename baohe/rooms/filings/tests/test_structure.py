"""What a column, a row or a sheet is, by its place and by the words of the trade; one invented table each."""

from __future__ import annotations

import io

import openpyxl
import pytest

from baohe.rooms.filings import facade
from baohe.rooms.filings.rules.keys import OPEN_END, span_of
from baohe.rooms.filings.tests.test_tricks import cell, kinds, read, table


def test_figures_that_count_the_columns_are_no_rates() -> None:
    book = read(table("年龄 | 男 | 女 | 不分性别", *[f"{a} | 9{a} | 8{a} | 7{a}" for a in range(20, 25)],
                      " | 1 | 2 | 3", *[f"{a} | 9{a} | 8{a} | 7{a}" for a in range(25, 29)]))  # fmt: skip
    assert [c for c in book.cells if c.row == 6] == []
    assert {p.kind for p in book.problems if p.row == 6} == {"unreadable_key"}


def test_incomplete_cells_take_no_part_in_comparisons_or_packages() -> None:
    rows = [f"{a} | {100 + a} | {90 + a}" for a in range(20, 32)]
    rows[5] = " | 9999 | 1"
    rows[8] = " | 9998 | 2"
    book = read(table("年龄 | 男 | 女", *rows))
    assert cell(book, 6, 1).value == "9999" and not cell(book, 6, 1).complete
    assert set(kinds(book)) == {"unreadable_key"}
    assert "missing" not in cell(book, 6, 1).as_json()
    draft = facade.package_of(book, with_gaps=True)
    assert "9999" not in draft.files["rates/premium.csv"].decode() and draft.quoted == 20


def test_a_column_without_a_heading_is_quoted_by_its_row() -> None:
    book = read(
        table("性别 | 男 | 女 | ", "年龄 | 10年交 | 10年交 | ", *[f"{a} | {a}1 | {a}2 | {a}3" for a in range(6)])
    )
    odd = cell(book, 3, 3)
    assert (odd.value, odd.dimensions) == ("13", {"年龄": "1"})
    assert set(odd.missing) == {"交费期间", "性别"} and kinds(book) == {"header": 6}


def test_sums_insured_left_of_premiums_are_keys() -> None:
    book = read(table("职业类别 | 保险金额 | 性别 | 年交保费 | 月交保费",
                      "1-3类 [1x4] | 10万元 [1x2] | 男 | 110 | 9.9", "女 | 100 | 9",
                      "20万元 [1x2] | 男 | 200 | 18", "女 | 190 | 17.1"))  # fmt: skip
    assert len(book.cells) == 8 and kinds(book) == {}
    assert cell(book, 3, 4).dimensions == {"项目": "月交保费", "职业类别": "1-3类", "保险金额": "20万元", "性别": "男"}


def test_sums_in_digits_are_keys_under_any_heading_of_rates() -> None:
    sums = ("100", "200", "300", "500", "800", "1000")
    book = read(table("年龄 | 限额（元） | 费率", *[f"{a} | {s} | {a[0]}.{n}" for a in ("0-17", "18-60")
                      for n, s in enumerate(sums)]))  # fmt: skip
    assert cell(book, 6, 2).dimensions == {"年龄": "0-17", "限额": "1000"} and kinds(book) == {}
    book = read(table("年龄 | 保额 | 男 | 女", "20 | 10万 | 1 | 2", "20 | 20万 | 3 | 4"))
    assert cell(book, 2, 3).dimensions == {"性别": "女", "年龄": "20", "保额": "20万"}


def test_serial_numbers_are_dropped_and_benefits_are_keys() -> None:
    book = read(
        table(
            "序号 | 保障项目 | 保险金额（元） | 保险费（元）", "1 | 意外身故 | 100000 | 50", "2 | 意外医疗 | 10000 | 32"
        )
    )
    assert [(c.value, dict(c.dimensions)) for c in book.cells] == [
        ("50", {"保障项目": "意外身故", "保险金额": "100000"}), ("32", {"保障项目": "意外医疗", "保险金额": "10000"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        ("保障项目 | 保险金额", "意外身故 | 10万元", "意外医疗 | 10000元"),
        ("保险责任 | 计划一 | 计划二", "意外身故 | 10万元 | 20万元", "意外医疗 | 1万元 | 2万元"),
        ("意外身故 | 10万元", "意外医疗 | 1万元"),
    ],
)
def test_a_table_of_sums_insured_holds_no_rates(rows) -> None:
    book = read(table(*rows), table("年龄 | 费率", "20 | 1", "21 | 2"))
    assert {c.table for c in book.cells} == {1} and kinds(book) == {}
    assert [n.kind for n in book.notes] == ["covers"]


def test_sums_insured_that_a_premium_buys_are_rates() -> None:
    book = read("保险金额表（每1000元年交保险费）", table("年龄 | 保险金额", *[f"{a} | {a}00" for a in range(20, 25)]))
    assert len(book.cells) == 5


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("0（出生满28天）-4周岁", (0, 4)), ("出生满30天-5周岁", (0, 5)),
        ("出生满28天（含28天）至17周岁（含）", (0, 17)),
        ("0周岁（28天以上）-17", (0, 17)), ("61周岁及以上", (61, OPEN_END)), ("60岁以上", (60, OPEN_END)),
        ("≤17", (0, 17)), ("18～40", (18, 40)), ("18至40周岁", (18, 40)),
    ],
)  # fmt: skip
def test_bands_of_ages_are_read_in_every_print(text, span) -> None:
    assert span_of(text) == span
    book = read(table("年龄 | 计划一 | 计划二", f"{text} | 300 | 400", "65-70 | 500 | 600", "71-75 | 700 | 800"))
    assert cell(book, 1, 2).dimensions == {"计划": "计划二", "年龄": text} and kinds(book) == {}


@pytest.mark.parametrize("corner", ["续保年度", "连续投保次数"])
def test_a_heading_of_plain_numbers_under_a_named_corner(corner) -> None:
    book = read(table(f"{corner} | 1 | 2 | 3", "折扣 | 95% | 90% | 87.5%"))
    assert [(c.value, dict(c.dimensions)) for c in book.cells][1:] == [("90", {corner: "2"}), ("87.5", {corner: "3"})]
    book = read(table(f"{corner} | 1 | 2 | 3", "折扣 | 95% | 90% | 87.5%", "系数 | 0.9 | 0.8 | 0.7"))
    assert cell(book, 2, 3).dimensions == {corner: "3", "项目": "系数"} and len(book.cells) == 6
    assert kinds(book) == {}


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_names_of_sheets_tell_their_rates_apart() -> None:
    rows: list[list[object]] = [
        ["费率表（每1000元保额）"],
        ["年龄", "5年交", "10年交"],
        [20, 9, 5],
        [21, 10, 6],
        [22, 11, 7],
    ]
    book = facade.read({"rates.xlsx": workbook(男=rows, 女=rows, 说明=[["说明"], ["请妥善保管"]])})
    assert [c.section for c in book.cells] == ["男"] * 6 + ["女"] * 6 and kinds(book) == {}
    alone = facade.read({"rates.xlsx": workbook(男=rows, 说明=[["说明"], ["请妥善保管"]])})
    assert {c.section for c in alone.cells} == {""}
    default = facade.read({"rates.xlsx": workbook(Sheet1=rows, 工作表2=rows)})
    assert {c.section for c in default.cells} == {""} and set(kinds(default)) == {"duplicate_key"}


def test_a_label_row_that_cannot_be_understood_is_no_section() -> None:
    head = ("年龄 | 男 | 女", *[f"{a} | {a * 9} | {a * 8}" for a in range(20, 25)])
    book = read(table("平应：大民节苑 [3]", *head))
    assert {c.section for c in book.cells} == {""} and len(book.cells) == 10
    assert [(p.kind, p.row, p.printed) for p in book.problems] == [("header_text", 0, "平应：大民节苑")]
    book = read(table("计划一 [3]", *head, "平应：大民节苑 [3]", *head))
    assert list(dict.fromkeys(c.section for c in book.cells)) == ["计划一", ""]

"""The tricks of printed rate books, one invented table each."""

from __future__ import annotations

import io

import openpyxl
import pytest

from baohe.rooms.filings import facade
from baohe.rooms.filings.contracts import RateBook
from baohe.rooms.filings.rules.tidy import taken


def table(*rows: str) -> str:
    """`a | b [2] | c`: a row of cells; [n] is a colspan, [nxm] colspan and rowspan."""
    html = []
    for row in rows:
        cells = []
        for part in row.split("|"):
            text, _, span = part.strip().partition(" [")
            wide, _, high = span.rstrip("]").partition("x")
            cells.append(f'<td colspan="{wide or 1}" rowspan="{high or 1}">{text}</td>')
        html.append("<tr>" + "".join(cells) + "</tr>")
    return "<table>" + "".join(html) + "</table>"


def read(*parts: str) -> RateBook:
    return facade.read({"flbe.md": "\n\n".join(parts).encode()})


def cell(book: RateBook, row: int, column: int, number: int = 0):
    found = [c for c in book.cells if (c.table, c.row, c.column) == (number, row, column)]
    return found[0] if found else None


def kinds(book: RateBook) -> dict[str, int]:
    return {kind: n for kind, n in book.counts().items() if kind != "empty"}


AGES = [f"{age} | {100 + 2 * age} | {90 + 2 * age} | {80 + age} | {70 + age}" for age in range(20, 30)]


def test_glued_headings_are_read_where_the_sister_half_confirms() -> None:
    book = read(
        table("性别 | 男性 [3] | 女性 [3]",
              "交费期间年龄 | 10年交2 | 20年交30年交 | 20年交30年交 | 10年交 | 20年交 | 30年交",
              *[f"{a} | {a*9} | {a*5} | {a*3} | {a*8} | {a*4} | {a*2}" for a in range(30, 40)])
    )  # fmt: skip
    assert [cell(book, 2, c).dimensions["交费期间"] for c in range(1, 7)] == ["10年交", "20年交", "30年交"] * 2
    assert kinds(book) == {}


def test_glued_headings_in_order_need_no_sister() -> None:
    book = read(table("年龄 | 男女 | 男女", *[f"{a} | {a * 9} | {a * 8}" for a in range(30, 40)]))
    assert (cell(book, 1, 1).dimensions["性别"], cell(book, 1, 2).dimensions["性别"]) == ("男", "女")


def test_below_a_heading_without_a_certain_reading_figures_lack_it() -> None:
    book = read(
        table(
            "年龄 | 10年交 | 20年交30年交50年交 | 20年交30年交50年交",
            *[f"{a} | {a * 9} | {a * 5} | {a * 3}" for a in range(9)],
        )
    )
    assert (cell(book, 1, 2).dimensions, cell(book, 1, 2).missing) == ({"年龄": "0"}, ("项目",))
    assert {(p.kind, p.column) for p in book.problems if p.row == 1} == {("header", 1), ("header", 2), ("header", 3)}


def test_a_narrower_continuation_is_certain_only_under_like_figures() -> None:
    first = table("计划一 [5]", "性别 | 男性 [2] | 女性 [2]", "交费期间年龄 | 10年交 | 20年交 | 10年交 | 20年交",
                  *[f"{a} | {600+a} | {400+a} | {500+a} | {'' if a > 30 else 300+a}"
                    for a in range(25, 33)])  # fmt: skip
    good = read(first, table(*[f"{a} | {600 + a} | {400 + a} | {500 + a}" for a in range(33, 40)]))
    assert cell(good, 0, 3, 1).dimensions == {"性别": "女性", "交费期间": "10年交", "年龄": "33"}
    assert cell(good, 0, 3, 1).section == "计划一"
    bad = read(first, table(*[f"{a} | {400 + a} | {90 + a} | {5 + a}" for a in range(33, 40)]))
    assert {(tuple(c.dimensions), c.missing) for c in bad.cells if c.table == 1} == {(("年龄",), ("列名",))}
    assert kinds(bad) == {"no_header": 21}


def test_a_caption_before_a_continuation_is_taken_as_printed_and_told() -> None:
    book = read(
        "领取年龄：60周岁", table("年龄 | 男 | 女", *[f"{a} | {900-a} | {800-a}" for a in range(9)]),
        "领取年龄：65周岁", table("年龄 | 男 | 女", *[f"{a} | {900-a} | {800-a}" for a in range(9, 14)]),
    )  # fmt: skip
    assert cell(book, 1, 1, 1).section == "领取年龄：65周岁"
    assert kinds(book) == {"section": 10}


def test_values_without_a_readable_key_are_quoted_without_it_and_told() -> None:
    book = read(
        table("年龄 | 男 | 女", "0 | 9 | 8", " | 717 | 2070", *[f"{a} | {9 + a} | {8 + a}" for a in range(2, 9)])
    )
    odd = cell(book, 2, 1)
    assert (odd.value, odd.dimensions, odd.missing, odd.complete) == ("717", {"性别": "男"}, ("年龄",), False)
    assert {(p.row, p.column, p.printed) for p in book.problems} == {(2, 0, ""), (2, 1, "717"), (2, 2, "2070")}
    assert [c.row for c in taken(book) if c.row == 2] == []


def test_legends_hold_no_rates_and_count_as_tables() -> None:
    book = read(
        table("方案一 | 基本责任", "方案二 | 基本责任+可选责任"),
        table("年龄 | 男 | 女", *[f"{a} | 9 | 8" for a in range(5)]),
    )
    assert {c.table for c in book.cells} == {1}
    assert [t.kind for t in book.tables] == ["legend", "rates"]


def test_units_are_read_from_captions_and_headings() -> None:
    book = read(
        "费率表（每1000元基本保险金额）",
        "单位：人民币元",
        table("年龄 | 男（元） | 女（元）", *[f"{a} | 9 | 8" for a in range(5)]),
    )
    assert book.cells[0].unit == "每1000元基本保险金额，单位：人民币元"
    assert book.cells[0].dimensions["性别"] == "男（元）"


def test_percent_and_per_mille_keep_their_number() -> None:
    book = read(
        table("职业类别 | 系数 | 附加费率", "1类 | 100% | 1.25‰", "2类 | 112.5% | 2.50‰", "3类 | $1 5 0 \\%$ | 3.00‰")
    )
    assert [(c.value, c.unit) for c in book.cells[:4]] == [("100", "%"), ("1.25", "‰"), ("112.5", "%"), ("2.50", "‰")]
    assert cell(book, 3, 1).value == "150"


def test_cash_values_with_two_levels_across() -> None:
    book = facade.read(
        {"xjjz.md": ("# 现金价值表\n\n（每1000元基本保险金额）\n\n男性 5年交\n\n" + table(
            "投保年龄 [1x2] | 保单年度末 [5]", "1 | 2 | 3 | 4 | 5",
            *[f"{a} | {a*10} | {a*20} | {a*30} | {a*40} | {a*50}" for a in range(20, 26)])).encode()}
    )  # fmt: skip
    assert book.cells[0].dimensions == {"投保年龄": "20", "保单年度末": "1"}
    assert book.tables[0].kind == "cash_values" and kinds(book) == {}


def test_occupation_classes_as_plain_numbers_across() -> None:
    book = read(
        table(
            "年龄\\职业类别 | 1 | 2 | 3 | 4",
            *[f"{a}-{a + 4} | {a} | {a + 3} | {a + 6} | {a + 9}" for a in range(20, 60, 5)],
        )
    )
    assert cell(book, 1, 4).dimensions == {"年龄": "20-24", "职业类别": "4"}


def test_ages_from_birth_and_open_ends() -> None:
    book = read(table("年龄 | 费率", "出生满28天-5周岁 | 300", "6-17周岁 | 200", "18周岁及以上 | 100"))
    assert [c.dimensions["年龄"] for c in book.cells] == ["出生满28天-5周岁", "6-17周岁", "18周岁及以上"]


@pytest.mark.parametrize("noise", ["12. 98 10. 16", "1O5", "1.2.3", "二", "暂无"])
def test_what_is_no_number_is_told(noise) -> None:
    book = read(table("年龄 | 男 | 女", "20 | 9 | 8", f"21 | {noise} | 8", "22 | 9 | 8", "23 | 9 | 8"))
    assert cell(book, 2, 1) is None
    (problem,) = book.problems
    assert (problem.row, problem.column) == (2, 1) and problem.kind in ("not_a_number", "two_numbers")


def test_a_figure_out_of_line_is_quoted_and_told() -> None:
    rows = [f"{a} | {100 + a * a} | {200 + a * a}" for a in range(20, 50)]
    rows[12] = "32 | 112.4 | 1224"
    book = read(table("年龄 | 男 | 女", *rows))
    assert cell(book, 13, 1).value == "112.4"
    assert [(p.kind, p.row, p.column) for p in book.problems] == [("monotony", 13, 1)]


def test_rising_and_falling_rates_are_no_alarm() -> None:
    rows = [f"{a} | {900 - (a - 40) ** 2} | {1000 + (a - 30) ** 2}" for a in range(18, 60)]
    assert read(table("年龄 | 男 | 女", *rows)).problems == ()


def test_two_keys_and_missing_ages_are_told_by_row() -> None:
    book = read(table("年龄 | 男", *[f"{a} | {a}" for a in (20, 21, 22, 24, 25, 26, 27, 28, 28, 29, 30)]))
    assert [(p.kind, p.row) for p in book.problems] == [("missing_key", 4), ("duplicate_key", 8), ("duplicate_key", 9)]


def test_a_sheet_is_read_as_it_is_shown() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["年龄", "男", "女"],
        [20, 0.125, 1234.5],
        [21, 0.126, 1235.25],
        [22, 0.1 + 0.2, 1236],
        [23, 0.5, 1237],
    ]:
        sheet.append(row)
    for row in range(2, 6):
        sheet.cell(row, 2).number_format = "0.00%"
        sheet.cell(row, 3).number_format = "#,##0.00"
    out = io.BytesIO()
    book.save(out)
    read_back = facade.read({"rates.xlsx": out.getvalue()})
    assert [(c.value, c.unit) for c in read_back.cells] == [
        ("12.50", "%"), ("1234.50", ""), ("12.60", "%"), ("1235.25", ""), ("30.00", "%"), ("1236.00", ""),
        ("50.00", "%"), ("1237.00", ""),
    ]  # fmt: skip


def test_a_heading_left_alone_by_a_page_break_heads_the_next_table() -> None:
    book = read(table("年龄 | 男 | 女"), table(*[f"{a} | {a * 9} | {a * 8}" for a in range(20, 26)]))
    assert cell(book, 0, 2, 1).dimensions == {"性别": "女", "年龄": "20"}


def test_a_column_lost_with_its_sister_is_certain() -> None:
    first = table("性别 | 男性 [2] | 女性 [2]", "交费期间年龄 | 10年交 | 30年交 | 10年交 | 30年交",
                  *[f"{a} | {600+a} | {300+a} | {500+a} | {250+a}" for a in range(25, 33)])  # fmt: skip
    book = read(first, table(*[f"{a} | {600 + a} |  | {500 + a}" for a in range(33, 40)]))
    assert cell(book, 0, 3, 1).dimensions == {"性别": "女性", "交费期间": "10年交", "年龄": "33"}


def test_a_misread_corner_still_ends_in_its_name() -> None:
    book = read(table("交费期问年龄 | 10年交 | 20年交", *[f"{a} | {a * 9} | {a * 5}" for a in range(20, 26)]))
    assert cell(book, 1, 1).dimensions == {"交费期间": "10年交", "年龄": "20"}


def test_a_lowest_heading_row_alone_after_a_page_break_keeps_the_rows_above() -> None:
    head = ["性别 | 男性 [2] | 女性 [2]", "交费期间年龄 | 10年交 | 20年交 | 10年交 | 20年交"]
    rows = [f"{a} | {a * 9} | {a * 5} | {a * 8} | {a * 4}" for a in range(20, 32)]
    book = read(table(*head, *rows[:6], head[1], *rows[6:]))
    assert cell(book, 9, 3).dimensions == {"性别": "女性", "交费期间": "10年交", "年龄": "26"}
    assert kinds(book) == {}


def test_the_stroke_in_a_corner_tells_rows_from_columns() -> None:
    book = read(
        table("保单年度末\\投保年龄 | 0 | 1 | 2 | 3", *[f"{y} | {y}1 | {y}2 | {y}3 | {y}4" for y in range(1, 9)])
    )
    assert cell(book, 2, 4).dimensions == {"保单年度末": "2", "投保年龄": "3"}


def test_one_row_of_rates_under_classes_needs_no_row_name() -> None:
    book = read(table("职业类别 | 1-3类 | 4类 | 5类", "基准费率（‰） | 3.5 | 6 | 9"))
    assert [(c.dimensions, c.unit) for c in book.cells[:1]] == [({"职业类别": "1-3类"}, "‰")]


def test_captions_replace_their_like_and_lines_together_stay_together() -> None:
    rates = table("年龄 | 基本 | 可选", "20 | 1 | 2", "21 | 2 | 3")
    book = read("首次投保的费率：", "计划一", "男性 20年交", rates, "女性 20年交", rates, "计划二：升级", rates,
                "重新投保的费率：", "计划一", rates)  # fmt: skip
    sections = list(dict.fromkeys(c.section for c in book.cells))
    assert sections == [
        "首次投保的费率：；计划一；男性 20年交", "首次投保的费率：；计划一；女性 20年交",
        "首次投保的费率：；计划二：升级",
        "重新投保的费率：；计划一",
    ]  # fmt: skip


def test_titles_on_every_page_change_nothing() -> None:
    head = ("# 示例终身寿险", "费率表")
    book = read(*head, "方案一", table("年龄 | 男", *[f"{a} | {a}" for a in range(20, 24)]),
                *head, table(*[f"{a} | {a}" for a in range(24, 28)]))  # fmt: skip
    assert {c.section for c in book.cells} == {"方案一"} and len(book.cells) == 8


def test_a_unit_in_the_corner_or_in_the_headings_is_no_caption() -> None:
    book = read(table("单位：元 | 3年交 | 5年交", *[f"{a} | {a * 9} | {a * 8}" for a in range(20, 25)]))
    assert (book.cells[0].dimensions, book.cells[0].unit) == ({"交费期间": "3年交", "年龄": "20"}, "单位：元")
    book = read(table("年龄（单位：岁） | 费率（单位：元）", *[f"{a} | {a * 9}" for a in range(20, 25)]))
    assert (book.cells[0].dimensions, book.cells[0].unit) == ({"年龄": "20"}, "单位：元")

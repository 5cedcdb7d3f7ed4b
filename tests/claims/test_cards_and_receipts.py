"""Cards and till slips from their lines alone, and which paper is which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.adapters.ocr.check_digits import credit_code, luhn, mended_credit_code
from baohe.adapters.ocr.kinds import kind_of
from baohe.adapters.ocr.paper import read_page
from baohe.adapters.ocr.printed import amounts_in, capital_amount, fen_of, yuan_of
from baohe.adapters.ocr.receipt import days_in
from tests.claims.lines import TODAY, page, read, sure, values


@pytest.mark.parametrize(("number", "proved"), [("6222 0212 3456 7890 128", True), ("6222 0212 3456 7890 127", False)])
def test_a_bank_cards_number_is_proved_by_its_last_figure(number, proved):
    reading = read("样本银行", "借记卡 UnionPay", number, "VALID THRU 09/30")
    assert reading.kind == "bank_card"
    assert values(reading)["number"] == number.replace(" ", "")
    assert (sure(reading, "number") >= 97) is proved
    assert values(reading)["valid_until"] == "2030-09"


@pytest.mark.parametrize(("number", "proved"), [("110101199001011093", True), ("11010119900101109X", False)])
def test_an_identity_card_is_proved_by_its_number(number, proved):
    reading = read(
        [(500, "姓名 顾明远")],
        [(500, "性别 男"), (3000, "民族 汉")],
        "出生 1990年1月1日",
        "住址 云山县样本镇柳溪村8号",
        f"公民身份号码 {number}",
    )
    assert (reading.kind, values(reading)) == (
        "id_card",
        {
            "name": "顾明远",
            "sex": "男",
            "nation": "汉",
            "birth": "1990-01-01",
            "address": "云山县样本镇柳溪村8号",
            "number": number,
        },
    )
    assert [sure(reading, code) >= 97 for code in ("number", "birth", "sex")] == [proved] * 3


@pytest.mark.parametrize(
    ("expected", "kind", "problem"),
    [
        (("medical_invoice", "vat_invoice"), "bank_card", "wrong_kind"),
        (("id_card", "bank_card"), "bank_card", ""),
        ((), "bank_card", ""),
    ],
)
def test_another_paper_than_was_asked_for_is_named(expected, kind, problem):
    reading = read("样本银行", "借记卡 UnionPay", "6222 0212 3456 7890 128", "VALID THRU 09/30", expected=expected)
    assert (reading.kind, reading.problem, reading.legible) == (kind, problem, True)


@pytest.mark.parametrize("rows", [(), ("一",), ("样",)])
def test_a_page_with_hardly_a_word_is_illegible(rows):
    reading = read(*rows, expected=("medical_invoice",))
    assert (reading.legible, reading.problem) == (False, "illegible")


def test_a_page_that_is_guessed_from_the_first_word_to_the_last_is_illegible():
    lines = page("江南省医疗住院收费票据（电子）", "票据号码：0099887766", "交款人：欧阳静", score=52)
    assert read_page(lines, TODAY).problem == "illegible"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("会议纪要：下周一开会讨论年度计划", "other"),
        ("购买方 销售方 价税合计", "vat_invoice"),
        ("TOTAL RM 9.00 CASH CHANGE THANK YOU", "receipt"),
    ],
)
def test_kinds_are_told_by_their_words(text, kind):
    assert kind_of([text]) == kind


SLIP = (
    "POPULAR PAPER",
    "CO. (M) SDN BHD (123456-X)",
    "NO 8, JALAN 7/118B, DESA TUN RAZAK",
    "56000 KUALA LUMPUR, MALAYSIA",
    "SUNWAY VELOCITY",
    "TEL: 03-91234567",
    [(500, "INVOICE NO: 0012"), (5000, "DATE: 05 MAR 2018 18:24")],
    [(500, "NOTEBOOK"), (7000, "30.27")],
    [(500, "MEMBER DISCOUNT"), (7000, "-1.20")],
    [(500, "SUB-TOTAL"), (7000, "29.07")],
    [(500, "TOTAL RM INCL. OF GST"), (7000, "29.07")],
    [(500, "ROUNDING ADJ"), (7000, "-0.02")],
    [(500, "TOTAL RM"), (7000, "29.05")],
    [(500, "CASH"), (7000, "-50.00")],
    [(500, "CHANGE"), (7000, "20.95")],
    [(500, "TOTAL SAVINGS"), (7000, "-1.20")],
)


def test_a_till_slip_with_a_name_over_two_rows_and_rounding():
    reading = read(*SLIP)
    assert (reading.kind, values(reading)) == (
        "receipt",
        {
            "company": "POPULAR PAPER CO. (M) SDN BHD",
            "date": "05 MAR 2018",
            "address": "NO 8, JALAN 7/118B, DESA TUN RAZAK 56000 KUALA LUMPUR, MALAYSIA",
            "total": "29.05",
        },
    )
    assert next(field.iso for field in reading.fields if field.code == "date") == "2018-03-05"


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        (["TOTAL 9.00", "CASH 10.00", "CHANGE 1.00"], "9.00"),
        (["SUB TOTAL 8.49", "GST 6% 0.51", "TOTAL 9.00"], "9.00"),
        (["TOTAL QTY: 4.00", "GRAND TOTAL RM 1,234.50"], "1234.50"),
        (["TOTAL (EXCLUDING GST) 8.49", "TOTAL (INCLUSIVE OF GST) 9.00"], "9.00"),
        (["AMOUNT 9.00", "CASH 20.00", "CHANGE 11.00"], "9.00"),
        (["TOTAL", "RM 5.00", "CASH", "RM 50.00", "CHANGE", "RM 45.00", "GST INCLUDED IN TOTAL RM 0.28"], "5.00"),
        (["小计 30.30", "优惠 1.30", "实收 29.00", "现金 50.00", "找零 21.00"], "29.00"),
        (["合计 29.00", "实收 50.00", "找零 21.00"], "29.00"),
        (["TOTAL 45.34", "ROUNDING .01", "ROUNDING RM 45.35", "CREDIT 45.35", "CHANGE .00"], "45.35"),
    ],
)
def test_the_total_is_what_was_owed_in_the_end(rows, total):
    assert values(read("CORNER SHOP", "THANK YOU", "CASHIER 3", "RECEIPT", *rows))["total"] == total


@pytest.mark.parametrize(
    ("text", "printed", "iso"),
    [
        ("DATE: 25/12/2018 8:13:39 PM", "25/12/2018", "2018-12-25"),
        ("29-12-17", "29-12-17", "2017-12-29"),
        ("14/MAY/2017", "14/MAY/2017", "2017-05-14"),
        ("30 DEC 17", "30 DEC 17", "2017-12-30"),
        ("Mar 5, 2018", "Mar 5, 2018", "2018-03-05"),
        ("日期：2026年8月1日", "2026年8月1日", "2026-08-01"),
        ("12/25/2018", "12/25/2018", "2018-12-25"),
    ],
)
def test_days_as_shops_print_them(text, printed, iso):
    assert next(days_in(text)) == (printed, iso)


@pytest.mark.parametrize("text", ["03-91234567", "1.50.20", "31/02/2018", "QTY 12"])
def test_what_is_no_day(text):
    assert list(days_in(text)) == []


_NUMERALS, _UNITS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")


def capitals(fen: int) -> str:
    """An amount below a hundred million yuan in capitals, as invoices print it."""
    yuan, words, pending = fen // 100, "", False
    for place in range(7, -1, -1):
        figure = yuan // 10**place % 10
        if figure:
            words += ("零" if pending and words else "") + _NUMERALS[figure] + _UNITS[place % 4]
        pending = not figure
        if place == 4 and yuan >= 10_000:
            words += "万"
    tail = "".join(_NUMERALS[n] + unit for n, unit in ((fen // 10 % 10, "角"), (fen % 10, "分")) if n)
    return f"{words}圆{tail or '整'}" if words else tail


@given(st.integers(min_value=1, max_value=10**10 - 1))
def test_amounts_in_capitals_are_the_amounts(fen):
    assert fen_of(capital_amount(f"（大写）{capitals(fen)}")) == fen


@given(st.integers(min_value=0, max_value=10**9))
def test_an_amount_is_found_within_words(fen):
    assert amounts_in(f"合计 ¥{yuan_of(fen)} 元") == [yuan_of(fen)]


@pytest.mark.parametrize(
    ("read_as", "code"),
    [
        ("91440300MA5EQX8A1T", "91440300MA5EQX8A1T"),
        ("9144O3OOMA5EQX8A1T", "91440300MA5EQX8A1T"),
        ("91440300MA5EQXBA1T", "91440300MA5EQX8A1T"),
    ],
)
def test_a_credit_code_is_mended_by_its_check(read_as, code):
    assert credit_code(code)
    assert mended_credit_code(read_as) == code


@given(st.text("0123456789", min_size=12, max_size=18), st.integers(min_value=1, max_value=9))
def test_one_wrong_figure_breaks_a_cards_number(body, step):
    whole = next(body + str(last) for last in range(10) if luhn(body + str(last)))
    assert not luhn(whole[:-1] + str((int(whole[-1]) + step) % 10))

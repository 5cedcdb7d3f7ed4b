"""Reading an invoice: lines to fields by rules, and once a real picture by the real engine."""

from __future__ import annotations

from datetime import date

import pytest

from baohe.adapters.ocr.contracts import Line, Page, PaperReading
from baohe.adapters.ocr.paper import read_page, read_paper
from baohe.adapters.ocr.printed import amount, iso_date
from baohe.plumbing.pictures import make_safe
from baohe.rooms.claims.rules.reading import EXPECTED, blank_fields, correct, fields_of, invoice_facts
from tests.claims.sample_invoice import draw_invoice

TODAY = date(2026, 11, 22)


def recorded(**changes: tuple[str, int]) -> list[Line]:
    """Lines as the engine gave them for the sample; `changes` replaces the text and score of a cell."""
    cells = {
        "title": ("医疗门诊收费票据（电子）", 97, (3000, 600, 3800, 650)),
        "number": ("票据号码 8707257965", 98, (750, 1430, 2250, 440)),
        "l1": ("姓名", 100, (714, 2611, 578, 533)),
        "patient": ("陈小满", 100, (1578, 2588, 892, 588)),
        "l2": ("日期", 100, (5385, 2633, 535, 500)),
        "date": ("2026-11-20", 100, (6250, 2688, 1371, 411)),
        "l3": ("医院", 100, (728, 3688, 564, 511)),
        "hospital": ("临江市第二人民医院", 100, (1614, 3700, 2371, 488)),
        "l4": ("金额合计", 100, (735, 5822, 971, 511)),
        "total": ("1286.40", 100, (2028, 5855, 1007, 477)),
        "l5": ("医保统筹支付", 100, (5400, 5855, 1350, 455)),
        "social_paid": ("412.60", 100, (7078, 5833, 892, 511)),
        "l6": ("自费", 100, (742, 6900, 550, 500)),
        "self_paid": ("86.00", 100, (1542, 6911, 785, 511)),
        "l7": ("个人支付", 100, (5392, 6900, 957, 500)),
        "personal": ("873.80", 100, (6650, 6911, 885, 500)),
    }
    for code, (text, score) in changes.items():
        cells[code] = (text, score, cells[code][2])
    return [Line(text, score, box) for text, score, box in cells.values() if text]


def read(lines, paper="invoice") -> PaperReading:
    return read_page(Page(tuple(lines)), TODAY, EXPECTED[paper])


def by_code(lines):
    """The fields as the room shows them; the claim's own day and name add no doubt of theirs."""
    return {field.code: field for field in fields_of(read(lines), "陈小满", date.min)}


def test_a_clean_paper_is_read_without_doubt():
    fields = by_code(recorded())
    assert {code: field.value for code, field in fields.items()} == {
        "patient": "陈小满",
        "date": "2026-11-20",
        "hospital": "临江市第二人民医院",
        "total": "1286.40",
        "social_paid": "412.60",
        "self_paid": "86.00",
        "number": "8707257965",
    }
    assert not any(field.doubtful for field in fields.values())


@pytest.mark.parametrize(
    ("changes", "code", "suggestions"),
    [
        ({"total": ("1236.40", 96)}, "total", ("1286.40", "1236.40")),
        ({"social_paid": ("472.60", 94)}, "social_paid", ("412.60", "472.60")),
        ({"self_paid": ("886.00", 99)}, "self_paid", ("886.00",)),
        ({"self_paid": ("8?.00", 60)}, "self_paid", ()),
        ({"total": ("1286.40", 70)}, "total", ("1286.40",)),
        ({"patient": ("陈小满", 70)}, "patient", ("陈小满",)),
        ({"date": ("2026-12-20", 99)}, "date", ()),
        ({"date": ("2019-11-20", 99)}, "date", ()),
        ({"date": ("2026-13-40", 99)}, "date", ()),
        ({"number": ("", 0)}, "number", ()),
        ({"l5": ("", 0), "social_paid": ("", 0)}, "social_paid", ("412.60",)),
    ],
)
def test_what_does_not_fit_is_doubtful_with_what_it_more_likely_is(changes, code, suggestions):
    field = by_code(recorded(**changes))[code]
    assert field.doubtful
    assert field.suggestions == suggestions


def test_no_social_insurance_on_the_paper_is_no_doubt_when_the_patient_paid_it_all():
    fields = by_code(recorded(l5=("", 0), social_paid=("", 0), personal=("1286.40", 100)))
    assert not fields["social_paid"].doubtful


def test_a_pale_digit_is_doubtful_with_its_lookalikes():
    lines = [Line(line.text, line.score, line.box, faint=(0,)) if line.text == "86.00" else line for line in recorded()]
    field = by_code(lines)["self_paid"]
    assert (field.doubtful, field.suggestions) == (True, ("86.00", "36.00", "66.00"))


def repair_bill():
    """The lines of a repairer's electronic invoice: buyer, seller, day, number, total."""
    rows = (
        "购买方名称 陈小满",
        "销售方名称 西湖手机维修",
        "开票日期 2026-11-21",
        "发票号码 26117000001834005127",
        "价税合计 650.00",
    )
    return [Line(text, 99, (0, 1000 * row, 5000, 400)) for row, text in enumerate(rows)]


def test_a_bill_of_a_shop_is_read_into_fields_of_its_own():
    fields = fields_of(read(repair_bill(), "bill"), "陈小满", date(2026, 11, 20), "bill")

    assert [(field.code, field.value) for field in fields] == [
        ("patient", "陈小满"),
        ("date", "2026-11-21"),
        ("hospital", "西湖手机维修"),
        ("total", "650.00"),
        ("recovered", ""),
        ("number", "26117000001834005127"),
    ]
    assert fields[0].name.zh == "付款人"
    assert not any(field.doubtful for field in fields)


def test_what_others_paid_is_typed_and_never_raises_the_claim():
    fields = fields_of(read(repair_bill(), "bill"), "陈小满", date(2026, 11, 20), "bill")

    facts = invoice_facts(correct(fields, {"recovered": "200"}), "陈小满", used_before=False)

    assert (facts.total_fen, facts.recovered_fen, facts.raised) == (65_000, 20_000, False)


def test_nobody_asks_for_social_insurance_on_a_bill():
    assert {field.code for field in blank_fields("bill") if field.doubtful} == {
        *("patient", "date", "hospital", "total", "number")
    }


def test_something_else_than_an_invoice_is_illegible():
    assert not read([Line("今天天气很好，我们去公园散步", 99, (0, 0, 5000, 400))]).legible
    assert not read([]).legible


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1286.40", "1286.40"),
        ("¥1,286.4", "1286.40"),
        ("1286", "1286.00"),
        ("86．OO", "86.00"),
        ("412.60元", "412.60"),
        ("1286.405", ""),
        ("一百", ""),
        ("12,86.40", ""),
        ("-5.00", ""),
        ("", ""),
    ],
)
def test_amounts_as_they_are_printed(text, value):
    assert amount(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026年11月20日", "2026-11-20"),
        ("2026/1/2", "2026-01-02"),
        ("20261120", "2026-11-20"),
        ("2026-02-30", ""),
        ("1926-02-03", ""),
    ],
)
def test_dates_as_they_are_printed(text, value):
    assert iso_date(text) == value


def claim_fields(**changes):
    return fields_of(read(recorded(**changes)), "陈小满", date(2026, 11, 20))


def facts(fields):
    return invoice_facts(fields, "陈小满", used_before=False)


@pytest.mark.parametrize(
    ("changes", "values", "raised"),
    [
        ({}, {"total": "1286.41"}, True),
        ({}, {"total": "1286.39"}, False),
        ({}, {"social_paid": "412.59"}, True),
        ({}, {"self_paid": "0"}, True),
        ({}, {"self_paid": "90"}, False),
        ({}, {"hospital": "别的医院"}, False),
        ({"total": ("1236.40", 96)}, {"total": "1286.40"}, False),
        ({"total": ("", 0)}, {"total": "5.00"}, True),
        ({"l5": ("", 0), "social_paid": ("", 0)}, {"social_paid": "412.60"}, False),
        ({"l5": ("", 0), "social_paid": ("", 0)}, {"social_paid": "0"}, True),
    ],
)
def test_corrections_in_the_claimants_favour_are_seen(changes, values, raised):
    assert facts(correct(claim_fields(**changes), values)).raised is raised


@pytest.mark.parametrize(
    ("read", "typed", "same"),
    [("陈小满", None, True), ("陈小蒲", "陈小满", True), ("赵无关", "陈小满", False), ("赵无关", None, False)],
)
def test_a_name_may_be_mended_by_a_letter_and_not_replaced(read, typed, same):
    fields = claim_fields(patient=(read, 99))
    assert facts(correct(fields, {"patient": typed}) if typed else fields).patient_is_insured is same


@pytest.mark.parametrize("noisy", [False, True])
def test_the_real_engine_reads_a_photograph(tmp_path, noisy):
    path = draw_invoice(
        tmp_path / "a.jpg",
        "陈小满",
        "2026-11-20",
        "临江市第二人民医院",
        128_640,
        41_260,
        8_600,
        noisy,
        glare_on_self=noisy,
    )

    reading = read_paper(make_safe(path.read_bytes()).jpeg, TODAY, EXPECTED["invoice"])
    fields = fields_of(reading, "陈小满", date(2026, 11, 20))

    assert {field.code: field.value for field in fields} == {
        "patient": "陈小满",
        "date": "2026-11-20",
        "hospital": "临江市第二人民医院",
        "total": "1286.40",
        "social_paid": "412.60",
        "self_paid": "86.00",
        "number": "8707257965",
    }
    assert [field.code for field in fields if field.doubtful] == (["self_paid"] if noisy else [])
    x, y, width, height = next(field.box for field in fields if field.code == "total")
    assert 1_800 < x < 2_300
    assert 5_500 < y < 6_200
    assert 800 < width < 1_200
    assert 300 < height < 700

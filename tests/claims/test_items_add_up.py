"""An invoice's items make its total: what is sure is asked, what is not certain asks nobody anything."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.adapters.ocr.item_sum import ROUNDING_FEN, apart, items_sum
from baohe.adapters.ocr.printed import yuan_of
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims import ports
from baohe.rooms.claims.rules.reading import EXPECTED, correct, fields_of, invoice_facts
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.claims.lines import page, read

NAME = "周予安"
HEAD = [(500, "项目名称"), (3000, "金额（元）"), (5500, "项目名称"), (8000, "金额（元）")]


def invoice(total: str = "716.00", words: str = "柒佰壹拾陆元整", *, last: str = "100.00", head=HEAD) -> list[object]:
    return [
        "云州医疗门诊收费票据（电子）",
        [(500, "票据代码：33060125"), (6000, "票据号码：0416820957")],
        [(500, f"交款人：{NAME}"), (6000, "开票日期：2026-10-08")],
        head,
        [(500, "西药费"), (3000, "402.30"), (5500, "化验费"), (8000, "213.70")],
        [(500, "治疗费"), (3000, last)],
        [(500, f"金额合计（大写）：{words}"), (6000, f"（小写）：{total}")],
        [(500, "医保统筹基金支付：0.00"), (4000, f"个人支付金额：{total}"), (7500, "个人自费：0.00")],
        "收款单位（章）：云州市第一人民医院",
    ]


def bill(net: str, tax: str, total: str, words: str) -> list[object]:
    return [
        "电子发票（普通发票）",
        [(500, "发票号码：26332000000041827365"), (6000, "开票日期：2026年10月08日")],
        [(500, f"名称：{NAME}"), (6000, "名称：云栖市晴川电子维修有限公司")],
        [(500, "项目名称"), (4000, "单价"), (5500, "金额"), (7000, "税率"), (8500, "税额")],
        [(500, "*劳务*屏幕更换"), (4000, "400.00"), (5500, "400.00"), (7000, "13%"), (8500, "52.00")],
        [(500, "*劳务*电池更换"), (4000, "100.00"), (5500, "100.00"), (7000, "13%"), (8500, "13.00")],
        [(500, "合计"), (5500, f"¥{net}"), (8500, f"¥{tax}")],
        [(500, "价税合计（大写）"), (2500, words), (6000, f"（小写）¥{total}")],
    ]


def fields(rows, paper: str = "invoice"):
    return fields_of(read(*rows, expected=EXPECTED[paper]), NAME, date(2026, 10, 8), paper)


def facts(rows, paper: str = "invoice", **typed: str):
    asked = fields(rows, paper)
    confirmed = {field.code: field.value for field in asked if field.doubtful and field.value}
    return invoice_facts(correct(asked, {**confirmed, **typed}), NAME, used_before=False)


def total_of(rows, paper: str = "invoice"):
    return next(field for field in fields(rows, paper) if field.code == "total")


RAISED = invoice("1716.00", "壹仟柒佰壹拾陆元整")


def test_items_that_make_the_total_ask_nothing() -> None:
    total = total_of(invoice())
    assert (total.items_sum, total.doubtful) == ("", False)
    assert not facts(invoice()).items_apart


def test_a_total_that_the_items_do_not_make_is_asked_for_with_both_sums() -> None:
    total = total_of(RAISED)
    assert (total.doubtful, total.items_sum, total.suggestions[:2]) == (True, "716.00", ("716.00", "1716.00"))
    assert total.box  # marked on the picture


def test_whoever_corrects_the_read_total_to_what_the_items_make_is_done() -> None:
    told = facts(RAISED, total="716.00")
    assert (told.total_fen, told.items_apart, told.raised) == (71_600, False, False)


def test_whoever_insists_meets_a_person() -> None:
    told = facts(RAISED)
    assert (told.items_apart, told.doubt_unconfirmed) == (True, False)


def test_items_above_the_total_are_never_proposed_for_payment() -> None:
    rows = invoice(last="900.00")
    total = total_of(rows)
    assert (total.items_sum, "1516.00" in total.suggestions) == ("1516.00", False)
    assert facts(rows, total="1516.00").raised


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda rows: rows.pop(3), id="no heading"),
        pytest.param(lambda rows: rows.__setitem__(5, [(500, "治疗费")]), id="a name without an amount"),
        pytest.param(lambda rows: rows.__setitem__(5, [(3000, "100.00")]), id="an amount without a name"),
        pytest.param(lambda rows: rows.insert(5, []), id="a gap as high as a row"),
        pytest.param(lambda rows: rows.insert(5, [(500, "小计"), (3000, "402.30")]), id="a subtotal"),
        pytest.param(lambda rows: rows.insert(6, [(500, "优惠"), (3000, "1.00")]), id="a discount"),
        pytest.param(lambda rows: rows.__setitem__(5, [(500, "治疗费"), (3000, "1O0")]), id="an unclear amount"),
    ],
)
def test_where_a_row_is_unsure_nothing_is_said(change) -> None:
    rows = list(RAISED)
    change(rows)
    assert total_of(rows).items_sum == ""


def test_badly_legible_items_say_nothing() -> None:
    assert items_sum(page(*RAISED, score=80).lines) is None
    assert items_sum(page(*RAISED).lines) == ("716.00", 3)


def test_items_of_a_vat_invoice_are_without_tax() -> None:
    assert total_of(bill("500.00", "65.00", "565.00", "伍佰陆拾伍圆整"), "bill").items_sum == ""
    raised = bill("800.00", "65.00", "865.00", "捌佰陆拾伍圆整")
    assert total_of(raised, "bill").items_sum == "565.00"
    assert facts(raised, "bill").items_apart


@given(st.integers(100, 10**7), st.integers(2, 20), st.integers(-30, 30))
def test_what_rounding_explains_is_no_difference(fen: int, count: int, off: int) -> None:
    said = apart(yuan_of(fen + off), (yuan_of(fen), count))
    assert bool(said) is (abs(off) > ROUNDING_FEN * count)


def test_an_unknown_total_or_unknown_items_are_no_difference() -> None:
    assert apart("", ("1.00", 2)) == ""
    assert apart("1.00", None) == ""


def _photographed(monkeypatch, total: str, words: str) -> None:
    rows = [
        [(x, text.replace(NAME, world.INSURED).replace("10-08", "11-20")) for x, text in row]
        if isinstance(row, list)
        else row
        for row in invoice(total, words)
    ]
    invoice_read = read(*rows, expected=EXPECTED["invoice"])
    monkeypatch.setattr(
        ports, "read_paper", lambda jpeg, today, kind: invoice_read if kind == "invoice" else world.paper(kind)
    )


@pytest.mark.rule("SERV-9")
def test_a_total_insisted_on_against_its_items_goes_to_a_person_with_the_reason(
    draft, submit, insured, monkeypatch
) -> None:
    _photographed(monkeypatch, "1716.00", "壹仟柒佰壹拾陆元整")
    claim = draft()
    [paper] = [paper for paper in claim.papers if paper.kind == "invoice"]
    claims.correct_fields(insured.account_id, claim.id, paper.id, {"total": "1716.00"})

    claim = submit(claim)

    assert (claim.state, claim.decision.outcome) == ("with_person", "refer")
    assert [reason.code for reason in claim.decision.reasons] == ["items_disagree"]
    assert "明细相加与合计不一致" in claim.decision.reasons[0].text.zh
    assert not Payout.objects.exists()


def test_a_total_corrected_to_its_items_is_paid_at_once(draft, submit, insured, monkeypatch) -> None:
    _photographed(monkeypatch, "1716.00", "壹仟柒佰壹拾陆元整")
    claim = draft()
    [paper] = [paper for paper in claim.papers if paper.kind == "invoice"]
    claims.correct_fields(insured.account_id, claim.id, paper.id, {"total": "716.00"})
    assert submit(claim).state == "paying"


def test_an_invoice_whose_items_add_up_is_paid_without_a_question(draft, submit, monkeypatch) -> None:
    _photographed(monkeypatch, "716.00", "柒佰壹拾陆元整")
    assert submit(draft()).state == "paying"

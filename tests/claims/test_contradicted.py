"""Papers whose own figures disagree: misread, or meddled with. Insisting on them settles nothing."""

from __future__ import annotations

from datetime import date

import pytest

from baohe.rooms.claims.rules.reading import EXPECTED, correct, fields_of, invoice_facts
from tests.claims.lines import read, values

NAME = "周予安"


def invoice(small: str = "716.00", capital: str = "柒佰壹拾陆元整", personal: str = "313.70") -> tuple[object, ...]:
    return (
        "云州医疗门诊收费票据（电子）",
        [(500, "票据代码：33060125"), (6000, "票据号码：0416820957")],
        [(500, f"交款人：{NAME}"), (6000, "开票日期：2026-10-08")],
        [(500, f"金额合计（大写）：{capital}"), (6000, f"（小写）：{small}")],
        [(500, "医保统筹基金支付：402.30"), (4000, f"个人支付金额：{personal}"), (7500, "个人自费：42.00")],
        "收款单位（章）：云州市第一人民医院",
    )


def facts(rows, paper: str = "invoice", **typed: str):
    reading = read(*rows, expected=EXPECTED[paper])
    fields = fields_of(reading, NAME, date(2026, 10, 8), paper)
    asked = {field.code: field.value for field in fields if field.doubtful and field.value}
    return invoice_facts(correct(fields, {**asked, **typed}), NAME, used_before=False)


def test_figures_that_agree_are_not_contradicted():
    assert not facts(invoice()).contradicted


@pytest.mark.parametrize(
    "rows",
    [
        invoice(small="1716.00"),
        invoice(small="1716.00", capital="壹仟柒佰壹拾陆元整"),
        invoice(personal="213.70"),
    ],
    ids=["words say less", "words were changed too", "the parts make another whole"],
)
def test_whoever_confirms_a_contradicted_sum_as_it_stands_meets_a_person(rows):
    told = facts(rows)

    assert told.contradicted
    assert not told.doubt_unconfirmed  # every doubt was confirmed, and that is not enough


def test_a_correction_to_what_the_rest_of_the_paper_proves_settles_it():
    told = facts(invoice(small="1716.00"), total="716.00")

    assert (told.total_fen, told.contradicted, told.raised) == (71_600, False, False)


def test_another_correction_does_not():
    assert facts(invoice(small="1716.00"), total="1000.00").contradicted


def bill(total: str, capital: str) -> tuple[object, ...]:
    return (
        "电子发票（普通发票）",
        [(500, "发票号码：26332000000041827365"), (6000, "开票日期：2026年11月03日")],
        [(500, f"名称：{NAME}"), (6000, "名称：云栖市晴川电子维修有限公司")],
        [(500, "合计"), (6000, "¥575.22"), (8000, "¥74.78")],
        [(500, "价税合计（大写）"), (2500, capital), (6000, f"（小写）¥{total}")],
    )


@pytest.mark.parametrize("capital", ["陆佰伍拾圆整", "捌佰伍拾圆整"])
def test_a_total_that_amount_and_tax_do_not_make_is_contradicted(capital):
    assert facts(bill("850.00", capital), "bill").contradicted
    assert not facts(bill("650.00", "陆佰伍拾圆整"), "bill").contradicted


def test_a_total_misread_from_a_good_bill_is_settled_by_the_right_one():
    assert not facts(bill("850.00", "陆佰伍拾圆整"), "bill", total="650.00").contradicted


def test_a_repair_bill_tells_whose_it_is_and_its_number():
    rows = (
        "云州市安途汽车维修有限公司",
        "维修工单",
        [(500, "工单号：RX20251107"), (5000, "日期：2026年11月10日")],
        [(500, f"客户：{NAME}"), (5000, "车牌：浙A7K620")],
        [(500, "维修项目"), (6000, "金额")],
        [(500, "前保险杠更换"), (6000, "1930.00")],
        "合计金额：¥1930.00",
        "维修厂（章）：云州市安途汽车维修有限公司",
    )
    told = values(read(*rows))

    assert (told["customer"], told["number"], told["shop"]) == (NAME, "RX20251107", "云州市安途汽车维修有限公司")
    assert facts(rows, "bill", recovered="0.00").patient_is_insured

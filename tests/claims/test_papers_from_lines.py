"""Papers of a claim from their lines alone: what is which, what stands where, and which checks speak."""

from __future__ import annotations

import pytest

from tests.claims.lines import read, sure, values

INPATIENT = (
    "江南省医疗住院收费票据（电子）",
    [(500, "票据代码：33060225"), (6000, "票据号码：0099887766")],
    [(500, "交款人：欧阳静"), (6000, "开票日期：2026年11月02日")],
    [(500, "床位费"), (2000, "320.00"), (4000, "治疗费"), (6000, "5,680.00")],
    [(500, "金额合计（大写）陆仟元整"), (6000, "（小写）6,000.00")],
    [(500, "住院时间：2026-10-20至2026-11-02"), (6000, "医保类型：居民医保")],
    [(500, "医保统筹基金支付：4100.00"), (4000, "个人账户支付：0.00"), (7000, "个人现金支付：1900.00")],
    [(500, "个人自付：1500.00"), (4000, "个人自费：400.00")],
    [(500, "收款单位（章）：江南省人民医院"), (6000, "收款人：温岚")],
)


def test_an_inpatient_bill_in_running_cells():
    reading = read(*INPATIENT)

    assert reading.kind == "medical_invoice"
    told = values(reading)
    assert {code: told[code] for code in ("patient_name", "hospital", "total", "social_paid", "self_paid")} == {
        "patient_name": "欧阳静",
        "hospital": "江南省人民医院",
        "total": "6000.00",
        "social_paid": "4100.00",
        "self_paid": "400.00",
    }
    assert (told["invoice_code"], told["invoice_number"]) == ("33060225", "0099887766")
    assert not any(field.doubtful for field in reading.fields)


@pytest.mark.parametrize(
    ("wrong", "right", "doubtful"),
    [
        ("（小写）6,000.00", "（小写）8,000.00", "total"),
        ("医保统筹基金支付：4100.00", "医保统筹基金支付：4700.00", "social_paid"),
        ("个人自费：400.00", "个人自费：4000.00", "self_paid"),
        ("开票日期：2026年11月02日", "开票日期：2027年11月02日", "issue_date"),
    ],
)
def test_a_figure_that_contradicts_the_others_is_doubtful(wrong, right, doubtful):
    rows = [
        row.replace(wrong, right) if isinstance(row, str) else [(x, text.replace(wrong, right)) for x, text in row]
        for row in INPATIENT
    ]
    assert doubtful in [field.code for field in read(*rows).fields if field.doubtful]


def test_capital_figures_stand_in_for_small_ones_and_contradict_them():
    rows = list(INPATIENT)
    rows[4] = [(500, "金额合计（大写）陆仟元整"), (6000, "（小写）6,080.00")]
    reading = read(*rows)
    total = next(field for field in reading.fields if field.code == "total")
    assert (total.suggestions[0], total.confidence) == ("6000.00", 50)


VAT = (
    "云州增值税专用发票",
    [(500, "3300204130"), (7000, "No 18273645")],
    [(7000, "开票日期：2026年09月30日")],
    [(500, "购"), (900, "名"), (1800, "称：青梧市远山商贸有限公司")],
    [(900, "纳税人识别号：91440300MA5EQX8A1T")],
    [(500, "*维修*发动机维修"), (5000, "1000.00"), (7000, "13%"), (8500, "130.00")],
    [(1000, "合"), (1600, "计"), (5000, "¥1000.00"), (8500, "¥130.00")],
    [(500, "价税合计（大写）"), (3000, "壹仟壹佰叁拾圆整"), (6000, "（小写）"), (7000, "¥1130.00")],
    [(1800, "称：白鹭湾汽车服务有限公司")],
    [(900, "纳税人识别号：91350200MA32KQ5B20")],
)


def test_a_vat_invoice_of_paper_with_torn_labels_and_a_number_without_one():
    reading = read(*VAT)

    assert reading.kind == "vat_invoice"
    assert values(reading) == {
        "invoice_code": "3300204130",
        "invoice_number": "18273645",
        "issue_date": "2026-09-30",
        "buyer_name": "青梧市远山商贸有限公司",
        "buyer_tax_id": "91440300MA5EQX8A1T",
        "seller_name": "白鹭湾汽车服务有限公司",
        "seller_tax_id": "91350200MA32KQ5B20",
        "amount": "1000.00",
        "tax": "130.00",
        "total": "1130.00",
    }
    assert sure(reading, "total") >= 97


def test_amounts_that_do_not_add_up_are_not_trusted():
    rows = list(VAT)
    rows[7] = [(500, "价税合计（大写）"), (6000, "（小写）"), (7000, "¥1730.00")]
    assert {sure(read(*rows), code) for code in ("amount", "tax", "total")} == {50}


def test_a_tax_number_whose_check_is_wrong_is_not_trusted_and_one_letter_is_mended():
    rows = list(VAT)
    rows[4] = [(900, "纳税人识别号：91440300MA5EQX8A19")]
    rows[9] = [(900, "纳税人识别号：9135O200MA32KQ5820")]
    reading = read(*rows)
    assert sure(reading, "buyer_tax_id") == 50
    assert values(reading)["seller_tax_id"] == "91350200MA32KQ5B20"


def test_the_code_of_an_invoice_proves_its_number_and_gives_what_print_hides():
    rows = [row for row in VAT if row != VAT[1]]
    reading = read(*rows, code="01,04,3300204130,18273645,1000.00,20260930,12345678901234567890,0A1B,")
    assert (values(reading)["invoice_number"], values(reading)["invoice_code"]) == ("18273645", "3300204130")
    assert sure(reading, "total") >= 97


def test_buyer_and_seller_side_by_side():
    reading = read(
        "电子发票（普通发票）",
        [(6000, "发票号码：26332000000041827365")],
        [(6000, "开票日期：2026年11月03日")],
        [(900, "名称：沈知远"), (5500, "名称：晴川电子维修有限公司")],
        [(900, "统一社会信用代码/纳税人识别号："), (5500, "统一社会信用代码/纳税人识别号：91330106MA27XYL50H")],
        [(900, "合计"), (5500, "¥100.00"), (8000, "***")],
        [(900, "价税合计（大写）壹佰圆整"), (6000, "（小写）¥100.00")],
    )
    told = values(reading)
    assert (told["buyer_name"], told["seller_name"]) == ("沈知远", "晴川电子维修有限公司")
    assert (told.get("buyer_tax_id"), told["seller_tax_id"]) == (None, "91330106MA27XYL50H")
    assert (told["amount"], told["tax"], told["total"]) == ("100.00", "0.00", "100.00")


def test_a_discharge_summary_with_several_diagnoses():
    reading = read(
        "临江市中心医院",
        "出院记录",
        [(500, "姓名沈宁"), (3000, "性别女"), (5000, "科别：神经内科二病区")],
        [(500, "入院时间：2026.10.02 08:30"), (5000, "出院时间：2026.10.11")],
        "出院诊断：",
        "1.脑梗死",
        "2.高血压病3级 极高危",
        "出院医嘱：规律服药，门诊随访",
    )
    assert (reading.kind, values(reading)) == (
        "hospital_summary",
        {
            "hospital": "临江市中心医院",
            "patient_name": "沈宁",
            "admitted_on": "2026-10-02",
            "discharged_on": "2026-10-11",
            "diagnosis": "1.脑梗死；2.高血压病3级极高危",
            "department": "神经内科二病区",
        },
    )


def test_days_of_a_stay_that_run_backwards_are_not_trusted():
    reading = read("出院小结", "姓名：沈宁", "入院日期：2026-10-12", "出院日期：2026-10-02", "出院诊断：阑尾炎")
    assert sure(reading, "admitted_on") == sure(reading, "discharged_on") == 50


def test_a_quick_settlement_between_drivers():
    reading = read(
        "机动车交通事故快速处理协议书",
        "事故时间：2026年11月05日17时40分",
        [(500, "事故地点：样本大道与青石路口"), (6000, "天气：晴")],
        [(500, "甲方姓名：林知夏"), (4000, "车牌号：浙A·7K62D"), (7000, "电话：13800000001")],
        [(500, "乙方姓名：白立群"), (4000, "车牌号：浙AD53187"), (7000, "电话：13800000002")],
        "事故责任：林知夏主要责任，白立群次要责任",
        "协议日期：2026年11月05日",
    )
    assert (reading.kind, values(reading)) == (
        "accident_certificate",
        {
            "issued_on": "2026-11-05",
            "place": "样本大道与青石路口",
            "parties": "林知夏、白立群",
            "plates": "浙A7K62D、浙AD53187",
            "fault": "林知夏主要责任；白立群次要责任",
        },
    )


def test_a_repair_bill_whose_total_is_what_was_paid():
    reading = read(
        "安途汽车修理厂维修结算单",
        [(500, "车牌号：浙A7K62D"), (5000, "结算日期：2026/11/10")],
        [(500, "前保险杠更换"), (4000, "工时费 200.00"), (7000, "1060.00")],
        [(500, "左前门喷漆"), (7000, "600.00")],
        [(500, "优惠"), (7000, "60.00")],
        [(500, "实收金额"), (7000, "1600.00")],
    )
    assert (reading.kind, values(reading)) == (
        "repair_bill",
        {
            "shop": "安途汽车修理厂",
            "plate": "浙A7K62D",
            "date": "2026-11-10",
            "items": "前保险杠更换 1060.00；左前门喷漆 600.00",
            "total": "1600.00",
        },
    )


def test_an_old_form_with_a_day_without_a_label_and_a_seal_for_a_name():
    reading = read(
        "江南省医疗门诊收费收据",
        [(500, "NO.0023456789"), (5000, "2026年08月14日")],
        [(500, "姓名：林知夏"), (3000, "性别：女"), (5000, "医保类型：城镇职工")],
        [(500, "西药费"), (2000, "88.20"), (4000, "诊查费"), (6000, "18.00")],
        [(500, "合计人民币（大写）：壹佰零陆元贰角整"), (7000, "￥106.20")],
        [(500, "医保统筹支付：60.00"), (3000, "个人账户支付：40.20"), (5500, "个人支付金额：46.20")],
        [(500, "收款单位（盖章）"), (3000, "云州市中医院")],
    )
    told = values(reading)
    assert (told["invoice_number"], told["hospital"], told["total"]) == ("0023456789", "云州市中医院", "106.20")
    assert (told["issue_date"], sure(reading, "issue_date")) == ("2026-08-14", 80)


def test_a_roll_prints_the_seller_first():
    told = values(
        read(
            "增值税普通发票（卷票）",
            "发票代码：033001800207",
            "发票号码：66120394",
            "销售方名称：云州美味餐饮有限公司",
            "纳税人识别号：91330106MA27XYL50H",
            "开票日期：2026-05-06",
            "购买方名称：远山科技有限公司",
            "纳税人识别号：91440300MA5EQX8A1T",
            [(500, "*餐饮*餐费"), (7000, "188.00")],
            "合计金额（小写）：￥188.00",
            "合计金额（大写）：壹佰捌拾捌圆整",
        )
    )
    assert (told["buyer_tax_id"], told["seller_tax_id"]) == ("91440300MA5EQX8A1T", "91330106MA27XYL50H")
    assert (told["total"], told.get("amount"), told.get("tax")) == ("188.00", None, None)


def test_a_summary_whose_labels_stand_above_their_values():
    told = values(
        read(
            "白鹭湾医院",
            "出院小结",
            [(500, "姓名"), (2500, "性别"), (4500, "年龄")],
            [(500, "叶衡"), (2500, "男"), (4500, "52岁")],
            [(500, "入院日期"), (3500, "出院日期"), (6500, "科室")],
            [(500, "2026-03-01"), (3500, "2026-03-09"), (6500, "心血管内科")],
            "出院诊断",
            "冠状动脉粥样硬化性心脏病",
            "治疗经过",
        )
    )
    assert told == {
        "hospital": "白鹭湾医院",
        "patient_name": "叶衡",
        "admitted_on": "2026-03-01",
        "discharged_on": "2026-03-09",
        "diagnosis": "冠状动脉粥样硬化性心脏病",
        "department": "心血管内科",
    }

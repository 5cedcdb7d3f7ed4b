"""Which kind of paper a page is, by the words that only such papers print. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from baohe.adapters.ocr.layout import plain

SIGNS: Mapping[str, Mapping[int, str]] = {
    "medical_invoice": {
        6: "医疗门诊收费票据 医疗住院收费票据 医疗收费票据",
        5: "门诊收费票据 住院收费票据",
        3: "医疗机构类型 医保统筹 统筹基金",
        2: "收费票据 个人自费 个人自付 交款人 票据代码 票据号码 医保类型 个人现金支付 个人账户支付 财政部监制",
        1: "业务流水号 门诊号 住院号 预缴金额 收款单位 西药费 检查费 就诊日期 患者姓名 自费 医疗机构",
    },
    "vat_invoice": {
        8: (
            "增值税电子普通发票 增值税普通发票 增值税专用发票 增值税电子专用发票 "
            "电子发票(普通发票) 电子发票(增值税专用发票)"
        ),
        3: "电子发票 价税合计 货物或应税劳务",
        2: "购买方 销售方 纳税人识别号 发票号码",
        1: "税率 税额 发票代码 国家税务总局 全国统一发票监制章 密码区 开票人 机器编号 征收率",
    },
    "hospital_summary": {
        7: "出院小结 出院记录",
        6: "出院证明 门诊病历 疾病诊断证明书",
        5: "诊断证明 病案首页",
        4: "出院诊断 入院诊断 诊疗经过 出院医嘱 现病史 治疗经过 住院经过 病情证明",
        3: "入院情况 出院情况 入院日期 入院时间 主诉 既往史 病历 初步诊断",
        2: "出院日期 出院时间 住院天数 体格检查 医师签名 处理意见",
        1: "主治医师 科室 医嘱",
    },
    "id_card": {
        6: "公民身份号码 居民身份证",
        4: "签发机关",
        3: "有效期限",
        2: "住址 民族",
        1: "出生 姓名",
    },
    "bank_card": {
        4: "UNIONPAY 借记卡 储蓄卡",
        3: "银联 信用卡 DEBIT CREDITCARD VALIDTHRU MONTH/YEAR GOODTHRU",
        2: "VISA MASTERCARD ATM BANK 银行 月/年",
        1: "VALID THRU 持卡人",
    },
    "accident_certificate": {
        9: "道路交通事故认定书",
        8: "快速处理协议书",
        7: "事故认定书",
        5: "交通事故认定 自行协商",
        4: "快处 全部责任",
        3: "事故责任 同等责任 次要责任 主要责任 交通事故 当事人 事故地点 交通警察",
        2: "无责任 交警 驾驶证号 交通方式 事故时间 协议书 道路交通安全法",
        1: "天气 碰撞",
    },
    "repair_bill": {
        8: "维修结算单",
        7: "维修费用结算",
        5: "维修工单",
        4: "汽车维修 结算清单 结算单 工时费 承修 托修 维修单",
        3: "配件费 维修项目 进厂日期",
        2: "材料费 车牌号 车架号 VIN 出厂日期 维修厂 钣金 喷漆 定损 修理厂 送修",
        1: "进厂 里程 车型 竣工 配件 工时",
    },
    "receipt": {
        4: "小票 找零 谢谢惠顾",
        3: "收银 欢迎光临 收据 RECEIPT TAXINVOICE SDNBHD 再次光临",
        2: "实收 购物 门店 TOTAL CASH CHANGE GST ROUNDING THANKYOU CASHIER JALAN",
        1: (
            "应收 会员 单价 数量 合计 小计 优惠 微信支付 支付宝 流水号 商品 SUBTOTAL QTY AMOUNT INVOICE TEL "
            "DISCOUNT RM COUNTER SALES BILL TABLE 收款方式"
        ),
    },
}
"""Kind → points → the words, without spaces, that bring them."""
_POINTS = {
    kind: {word: points for points, words in signs.items() for word in words.split()} for kind, signs in SIGNS.items()
}
LEAST = 4
"""Fewer points are chance: the paper is "other"."""
_PREFERRED = 2
"""Points in advance for the kinds that were asked for: a torn title decides nothing against them."""

CARD_NUMBER = re.compile(r"(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\d)")


def kind_of(texts: Iterable[str], expected: Iterable[str] = ()) -> str:
    """One of `contracts.KINDS`. `expected` are the kinds that the place where it was given in asks for."""
    lines = list(texts)
    printed = "\n".join(plain(text).upper() for text in lines)
    points = {kind: _points(printed, signs) for kind, signs in _POINTS.items()}
    if _IDENTITY.search(printed):
        points["id_card"] += 2
    if len(lines) <= 25 and any(CARD_NUMBER.search(text) and not _IDENTITY.search(plain(text)) for text in lines):
        points["bank_card"] += 4
    elif points["bank_card"] < 6:
        points["bank_card"] = 0  # banks are named on every invoice; a card without a number is none
    for kind in expected:
        if points.get(kind):
            points[kind] += _PREFERRED
    best = max(points, key=lambda kind: points[kind])
    return best if points[best] >= LEAST else "other"


def _points(printed: str, signs: Mapping[str, int]) -> int:
    """A sign within a longer one that was found counts once."""
    found = [sign for sign in signs if sign in printed]
    return sum(signs[sign] for sign in found if not any(sign != other and sign in other for other in found))

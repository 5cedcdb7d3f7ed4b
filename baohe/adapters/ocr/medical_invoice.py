"""医疗收费票据, out-patient or in-patient, printed or electronic → fields. Pure.

`self_paid` is what lies outside of the catalogue (自费), `personal_paid` all that the patient bore, of which it is a
part; `social_paid` is what the pooled fund paid. What the paper leaves out stays empty.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from baohe.adapters.ocr.checks import doubts_of
from baohe.adapters.ocr.contracts import Found, Page, ReadValue
from baohe.adapters.ocr.layout import Accept, Sheet, field, longest_han, person, plain, whole, worded
from baohe.adapters.ocr.printed import CONFUSED, capital_amount, fen_of, iso_date, money_in, yuan_of
from baohe.adapters.ocr.qr import invoice_code

LABELS = worded(
    {
        "patient_name": "患者姓名 病人姓名 就诊人 姓名 交款人 购买方名称 付款人",
        "issue_date": "开票日期 收费日期 就诊日期 结算日期 日期",
        "hospital": "收款单位(章) 收款单位(盖章) 开票单位(章) 医疗机构名称 收款单位 开票单位 就诊医院 医疗机构 "
        "销售方名称 医院名称 医院",
        "total": "(小写) 小写 金额合计 价税合计 费用合计 合计金额 费用总额 总金额 总费用 合计",
        "social_paid": "医保统筹基金支付 医保统筹支付 统筹基金支付 基本医疗保险统筹基金支付 医保基金支付 统筹支付 "
        "医保支付 医保报销金额 基金支付",
        "self_paid": "自费金额 个人自费 全自费 自费",
        "personal_paid": "个人支付金额 个人支付 个人负担 个人承担",
        "account_paid": "个人账户支付 个人帐户支付 账户支付",
        "cash_paid": "个人现金支付 现金支付",
        "own_share": "个人自付",
        "invoice_code": "电子票据代码 票据代码 发票代码",
        "invoice_number": "电子票据号码 票据号码 发票号码 票据号 发票号 NO. NO:",
        "admitted_on": "入院日期 入院时间 住院时间",
        "discharged_on": "出院日期 出院时间",
        "capital": "金额合计(大写) 合计(大写) 人民币(大写) (大写) 大写金额 大写",
        "": "性别 年龄 校验码 门诊号 住院号 病历号 业务流水号 医保类型 医保编号 医疗机构类型 其他支付 "
        "复核人 收款人 开票人 备注 科室 预缴金额 补缴金额 退费金额 社会保障号 交款人统一社会信用代码 "
        "统一社会信用代码 单位 数量 床号 住院科别 参保类型 人员类别",
    }
)
"""Field → wordings, the most telling first; "" are labels of other things, where a value ends."""
MONEY = ("total", "social_paid", "self_paid", "personal_paid", "account_paid", "cash_paid", "own_share")
OLDEST_YEARS = 5
_GUESSED = 80
_ALWAYS = ("patient_name", "issue_date", "hospital", "total", "social_paid", "self_paid", "invoice_number")
_SOMETIMES = ("invoice_code", "personal_paid", "account_paid", "cash_paid", "own_share", "admitted_on", "discharged_on")
_HOSPITAL = re.compile(
    r"[\u4e00-\u9fff（）()]{2,28}?(?:医院|卫生院|门诊部|诊所|卫生服务中心|保健院|医学中心|急救中心|卫生服务站)"
    r"(?:[\u4e00-\u9fff]{1,6}(?:院区|分院|总院))?"
)
_NUMBER = re.compile(r"[0-9A-Z]{6,20}")


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """`today` is the business day of the upload."""
    sheet = Sheet(page.lines, LABELS)
    values: dict[str, tuple[str, Found | None]] = {code: sheet.first(code, _accepts(code)) for code in LABELS if code}
    printed_capital = values.pop("capital")[0] or _capital(sheet)
    if not values["hospital"][0]:
        values["hospital"] = hospital_in(sheet)
    if not values["issue_date"][0]:
        values["issue_date"] = _unlabelled_day(sheet)
    if not values["total"][0] and printed_capital:
        values["total"] = (
            printed_capital,
            next((whole(line) for line in sheet.lines if capital_amount(line.text)), None),
        )
    found = {code: hit or _unreadable(sheet, code) for code, (_, hit) in values.items()}
    texts = {code: value for code, (value, _) in values.items()}
    personal = {**texts, "personal_paid": texts["personal_paid"] or _borne(texts)}
    doubts = doubts_of(personal, found, earliest=today - timedelta(days=365 * OLDEST_YEARS), latest=today)
    proofs = _proofs(texts, printed_capital, page)
    if printed_capital and printed_capital != texts["total"] and texts["total"]:
        doubts["total"] = tuple(dict.fromkeys((printed_capital, texts["total"], *doubts.get("total", ()))))[:3]
    shown = [code for code in (*_ALWAYS, *_SOMETIMES) if code in _ALWAYS or texts[code]]
    return tuple(
        replace(
            field(code, texts[code], found[code], proofs.get(code)),
            doubtful=code in doubts,
            suggestions=doubts.get(code, ()),
        )
        for code in shown
    )


def hospital_in(sheet: Sheet) -> tuple[str, Found | None]:
    """A name that ends like a hospital's, in the seal or in the heading; the longest is the least torn."""
    named = [
        (hit.group(), whole(line))
        for line in sheet.lines
        for hit in [_HOSPITAL.search("".join(line.text.split()))]
        if hit and not hit.group().startswith(("本医院", "就诊医院", "转往"))
    ]
    value, found = max(named, key=lambda one: len(one[0]), default=("", None))
    return value.removeprefix("收款单位"), found


def _unlabelled_day(sheet: Sheet) -> tuple[str, Found | None]:
    """Old forms print the day alone in their heading; any day elsewhere is a guess."""
    for line in sheet.lines:
        if not sheet.opened_by_label(line) and (day := iso_date(line.text)):
            return day, Found(line.text, replace(line, score=min(line.score, _GUESSED)))
    return "", None


def _accepts(code: str) -> Accept:
    if code in MONEY:
        return money_in
    if code in ("issue_date", "admitted_on", "discharged_on"):
        return iso_date
    if code == "capital":
        return capital_amount
    if code in ("invoice_number", "invoice_code"):
        return number
    return person_or_company if code == "patient_name" else hospital


def number(text: str) -> str:
    hit = _NUMBER.search(text.translate(CONFUSED).upper())
    return hit.group() if hit else ""


def person_or_company(text: str) -> str:
    return person(text) if re.match(r"[:：]*[\u4e00-\u9fff·]{2,6}$", text) else longest_han(text)


def hospital(text: str) -> str:
    """As far as a hospital's name goes, where it ends like one; otherwise the cell."""
    name = longest_han(text, least=4)
    hit = _HOSPITAL.match(name)
    if hit:
        return hit.group()
    return "" if re.search("类型|综合|章|票据|^级", name) else name


def _borne(texts: dict[str, str]) -> str:
    """What the patient bore, where only its two purses are printed."""
    parts = [fen_of(texts[code]) for code in ("account_paid", "cash_paid")]
    return "" if all(fen is None for fen in parts) else yuan_of(sum(fen or 0 for fen in parts))


def _capital(sheet: Sheet) -> str:
    return next((value for line in sheet.lines if (value := capital_amount(line.text))), "")


def _unreadable(sheet: Sheet, code: str) -> Found | None:
    """Where something stands behind the label that is no value: printed, and not legible."""
    for place in sheet.places(code):
        for found in sheet.behind(place):
            if plain(found.text):
                return Found("", found.line, found.faint)
            break
    return None


def _proofs(texts: dict[str, str], capital: str, page: Page) -> dict[str, bool | None]:
    proofs: dict[str, bool | None] = {}
    if capital and texts["total"]:
        proofs["total"] = capital == texts["total"]
    total, social, personal = (fen_of(texts[code]) for code in ("total", "social_paid", "personal_paid"))
    if personal is None:
        personal = fen_of(_borne(texts))
    if total is not None and personal is not None and total != personal + (social or 0):
        proofs["total"] = proofs["social_paid"] = False
    told = invoice_code(page.code)
    if told is not None and told.number:
        proofs["invoice_number"] = told.number == texts["invoice_number"]
    return proofs

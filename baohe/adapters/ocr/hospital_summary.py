"""出院小结, 出院记录, 诊断证明 or 门诊病历 → hospital, patient, days, diagnosis, department. Pure."""

from __future__ import annotations

import re
from datetime import date

from baohe.adapters.ocr.contracts import Found, Line, Page, ReadValue
from baohe.adapters.ocr.layout import Place, Sheet, field, longest_han, part, person, plain, whole, worded
from baohe.adapters.ocr.medical_invoice import hospital_in
from baohe.adapters.ocr.printed import iso_date

LABELS = worded(
    {
        "patient_name": "患者姓名 病人姓名 姓名",
        "admitted_on": "入院日期 入院时间 住院日期 就诊日期 就诊时间 入院",
        "discharged_on": "出院日期 出院时间 出院",
        "diagnosis": "出院诊断 主要诊断 临床诊断 确定诊断 最后诊断 初步诊断 门诊诊断 诊断结果 诊断 入院诊断",
        "department": "出院科别 出院科室 住院科别 科室 科别 病区 就诊科室",
        "hospital": "医院名称 医疗机构名称 医疗机构",
        "": "性别 年龄 住院号 病历号 门诊号 床号 住院天数 职业 婚姻 民族 出生日期 住址 入院情况 诊疗经过 "
        "治疗经过 住院经过 出院情况 出院医嘱 医嘱 主诉 现病史 既往史 体格检查 辅助检查 处理意见 处理 建议 "
        "主治医师 住院医师 经治医师 医师签名 医师 日期 入院时情况 手术名称 病理诊断 联系电话 身份证号 工作单位 "
        "报告日期 检查结果 过敏史 记录日期",
    }
)
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{1,10}(?:科|病区|中心|门诊)(?:[一二三四五六七八九十]?病区)?")
_MOST_LINES = 6
_ENDS = re.compile(r"[。；;]$")


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """Days of admission and discharge contradict each other where the one lies behind the other."""
    sheet = Sheet(page.lines, LABELS)
    hospital, hospital_at = sheet.first("hospital", lambda text: longest_han(text, least=4))
    if not hospital:
        hospital, hospital_at = hospital_in(sheet)
    admitted, admitted_at = sheet.first("admitted_on", iso_date)
    discharged, discharged_at = sheet.first("discharged_on", iso_date)
    diagnosis, diagnosis_at = _diagnosis(sheet)
    possible = None if not admitted or not discharged else admitted <= discharged <= today.isoformat() or False
    return (
        field("hospital", hospital, hospital_at),
        field("patient_name", *sheet.first("patient_name", person)),
        field("admitted_on", admitted, admitted_at, possible or None if possible is not False else False),
        field("discharged_on", discharged, discharged_at, possible or None if possible is not False else False),
        field("diagnosis", diagnosis, diagnosis_at),
        field("department", *sheet.first("department", _department)),
    )


def _department(text: str) -> str:
    hit = _DEPARTMENT.match(text.strip(":："))
    return hit.group() if hit else ""


def _diagnosis(sheet: Sheet) -> tuple[str, Found | None]:
    """What stands behind the label and, where it runs on, the lines below it up to the next label."""
    for place in sheet.places("diagnosis"):
        own = part(place.line, place.start, place.stop)
        found = [own] if own.text else [one for one in sheet.behind(place) if plain(one.text)][:1]
        found += _running_on(sheet, place, found[-1].line if found else place.line)
        texts = [text for one in found if (text := _ENDS.sub("", one.text.strip(":：")))]
        if texts:
            text = "；".join(texts) if len(texts) > 1 else re.sub(r"^1[.、．](?!\d)(?!.*2[.、．])", "", texts[0])
            line = Line(text, min(one.line.score for one in found), found[0].line.box)
            return text, Found(text, line, found[0].faint)
    return "", None


def _running_on(sheet: Sheet, place: Place, last: Line) -> list[Found]:
    """A list of diagnoses continues as long as its lines are numbered or the line before is left open."""
    found: list[Found] = []
    if place.stop < len(plain(place.line.text)):
        return found
    for line in sheet.lines:
        if line.middle <= last.middle + last.box[3] // 2 or line.middle > last.middle + 3 * last.box[3]:
            continue
        numbered = re.match(r"\(?\d{1,2}[.、)．]", plain(line.text))
        if sheet.opened_by_label(line) or not (numbered or not found and not part(place.line, place.start, 99).text):
            break
        found.append(whole(line))
        last = line
        if len(found) == _MOST_LINES:
            break
    return found

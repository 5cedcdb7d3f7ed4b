"""道路交通事故认定书 or a 快处 agreement → day, place, parties, plates, fault, authority. Pure.

`fault` names who bears what, in the paper's words: "张三全部责任；李四无责任".
"""

from __future__ import annotations

import re
from datetime import date

from baohe.adapters.ocr.contracts import Found, Line, Page, ReadValue
from baohe.adapters.ocr.layout import Sheet, field, longest_han, person, plain, whole, worded
from baohe.adapters.ocr.printed import iso_date

LABELS = worded(
    {
        "issued_on": "认定日期 制作日期 签发日期 填发日期 出具日期 协议日期",
        "happened_on": "事故时间 事故发生时间 发生时间 交通事故时间",
        "place": "事故地点 交通事故地点 事故发生地点 发生地点 地点",
        "party": "当事人 甲方 乙方 丙方 姓名 驾驶人 当事人姓名",
        "authority": "认定机关 制作机关 办案单位 处理单位",
        "": "天气 性别 年龄 驾驶证号 身份证号 联系电话 电话 住址 交通方式 车牌号 号牌号码 车辆牌号 机动车牌号 "
        "车辆类型 保险公司 保险凭证号 事故责任 责任 签名 签字 交通警察 日期 事故编号 编号 证据 道路类型 案由 "
        "档案编号 准驾车型",
    }
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·.\-]?"
    r"(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警])(?![A-Z0-9])"
)
_SHARES = [
    "全部责任",
    "主要责任",
    "同等责任",
    "次要责任",
    "无责任",
    "不负责任",
    "不承担责任",
    "无责",
    "全责",
    "主责",
    "次责",
]
_NAME = r"[\u4e00-\u9fff·]{2,4}"
_FAULT = re.compile(
    rf"(?:(?:当事人|甲方|乙方|丙方)[:]?)?({_NAME}?|[甲乙丙A-C]方?)(?:应?(?:承担|负)|:)?(?:此次|本次|该)?(?:事故)?(?:的)?({'|'.join(_SHARES)})"
)
_AUTHORITY = re.compile(r"[\u4e00-\u9fff]{2,20}公安(?:局|厅|分局)[\u4e00-\u9fff]{0,16}(?:支队|大队|中队|总队|交警队)?")
_LEADING = re.compile(r"^(?:由|认定|责任认定|根据|因此|故|定|确定|其中|双方|各方|经查|以上|当事人|甲方|乙方|丙方)+")


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """Several parties or plates are joined by 、."""
    sheet = Sheet(page.lines, LABELS)
    issued, issued_at = sheet.first("issued_on", iso_date)
    if not issued:
        issued, issued_at = _last_day(sheet)
    parties, parties_at = _parties(sheet)
    plates = [(hit.group(), line) for line in sheet.lines for hit in PLATE.finditer(plain(line.text).upper())]
    plate = "、".join(dict.fromkeys(re.sub(r"[·.\-]", "", value) for value, _ in plates))
    fault, fault_at = _fault(sheet)
    authority, authority_at = sheet.first("authority", lambda text: longest_han(text, least=4))
    if not authority:
        authority, authority_at = _authority(sheet)
    return (
        field("issued_on", issued, issued_at, None if issued <= today.isoformat() else False),
        field("place", *sheet.first("place", _place)),
        field("parties", parties, parties_at),
        field("plates", plate, whole(plates[0][1]) if plates else None),
        field("fault", fault, fault_at),
        field("authority", authority, authority_at),
    )


def _place(text: str) -> str:
    return longest_han(text.split("，")[0], least=3, most=60)


def _parties(sheet: Sheet) -> tuple[str, Found | None]:
    named: dict[str, Found] = {}
    for place in sorted(sheet.places("party"), key=lambda place: (place.line.middle, place.start)):
        for found in sheet.behind(place):
            if (name := person(found.text.strip(":：")))[:1] and len(name) <= 4 and "方" not in name:
                named.setdefault(re.sub(r"(?:驾驶|驾|负|承担).*$", "", name), found)
            break
    named.pop("", None)
    return "、".join(named), next(iter(named.values()), None)


def _fault(sheet: Sheet) -> tuple[str, Found | None]:
    """Every share with who bears it; a share that nobody is named for stands alone."""
    told: dict[str, Line] = {}
    for line in sheet.lines:
        text = plain(line.text)
        if re.search(r"[□☐]", text):
            continue
        for hit in _FAULT.finditer(text):
            who = _LEADING.sub("", hit.group(1) or "")
            told.setdefault(f"{who}{_formal(hit.group(2))}", line)
    if any(not one.startswith(tuple(_SHARES)) for one in told):
        told = {one: line for one, line in told.items() if not one.startswith(tuple(_SHARES))}
    return "；".join(told), whole(next(iter(told.values()))) if told else None


def _formal(share: str) -> str:
    return {"无责": "无责任", "不负责任": "无责任", "不承担责任": "无责任", "全责": "全部责任"}.get(
        share, share.replace("主责", "主要责任").replace("次责", "次要责任")
    )


def _last_day(sheet: Sheet) -> tuple[str, Found | None]:
    """The day of issue is the last one on the paper, beside the seal."""
    days = [(day, whole(line)) for line in sheet.lines if (day := iso_date(line.text))]
    return days[-1] if days else ("", None)


def _authority(sheet: Sheet) -> tuple[str, Found | None]:
    named = [(hit.group(), whole(line)) for line in sheet.lines if (hit := _AUTHORITY.search(plain(line.text)))]
    return max(named, key=lambda one: len(one[0]), default=("", None))

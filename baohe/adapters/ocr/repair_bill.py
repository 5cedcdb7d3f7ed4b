"""车辆维修结算单 → shop, plate, day, items, total. Pure."""

from __future__ import annotations

import re
from datetime import date

from baohe.adapters.ocr.accident_certificate import PLATE
from baohe.adapters.ocr.contracts import Found, Page, ReadValue
from baohe.adapters.ocr.layout import Accept, Sheet, field, longest_han, person, plain, whole, worded
from baohe.adapters.ocr.printed import amounts_in, capital_amount, iso_date, money_in
from baohe.adapters.ocr.rows import Row, rows_of

LABELS = worded(
    {
        "shop": "承修单位(章) 承修方(章) 维修单位(章) 修理厂(章) 维修厂(章) 承修单位 承修方 维修单位 维修企业 "
        "修理厂 维修厂 厂名 单位名称 企业名称 店名 收款单位",
        "plate": "车牌号码 车牌号 车牌 号牌号码 号牌 车辆牌照",
        "date": "结算日期 结算时间 出厂日期 竣工日期 开单日期 维修日期 日期 进厂日期",
        "total": "(小写) 实收金额 应收金额 实付金额 应付金额 结算金额 金额合计 合计金额 维修总金额 费用合计 "
        "总金额 总计 总费用 合计",
        "customer": "托修方 托修单位 托修人 车主 客户名称 客户姓名 客户 送修人",
        "number": "结算单号 工单号 维修单号 单号",
        "": "客户签名 客户签字 联系电话 电话 地址 车型 车架号 VIN 里程 发动机号 工时费 "
        "材料费 配件费 其他费用 优惠 折扣 税额 管理费 (大写) 大写 数量 单价 金额 项目名称 维修项目 备注 签名 "
        "接待 服务顾问 小计 工时费合计 材料费合计 配件费合计 保险公司 定损金额 检验员",
    }
)
_SHOP = re.compile(
    r"[\u4e00-\u9fff（）()]{2,24}(?:公司|修理厂|维修厂|维修中心|服务中心|汽修厂?|汽车服务|4S店|维修部|维修站)"
)
_SUM = re.compile(r"合计|小计|总计|总额|金额|大写|实收|应收|优惠|税")
_MOST_ITEMS = 40
_NUMBERS = re.compile(r"[0-9A-Z][0-9A-Z-]{4,23}")


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """`items` is "name amount" joined by ；, in the order of the paper; `customer` and `number` where they are told."""
    sheet = Sheet(page.lines, LABELS)
    shop, shop_at = sheet.first("shop", lambda text: longest_han(text, least=4))
    if not shop:
        shop, shop_at = _shop(sheet)
    plate, plate_at = sheet.first("plate", _plate)
    if not plate:
        plate, plate_at = next(
            ((value, whole(line)) for line in sheet.lines if (value := _plate(line.text))), ("", None)
        )
    day, day_at = sheet.first("date", iso_date)
    total, total_at = sheet.first("total", money_in)
    capital, capital_at = next(
        ((value, whole(line)) for line in sheet.lines if (value := capital_amount(line.text))), ("", None)
    )
    if not total:
        total, total_at = capital, capital_at
    items = _items(rows_of(page.lines))
    return (
        field("shop", shop, shop_at),
        field("plate", plate, plate_at),
        field("date", day, day_at, None if day <= today.isoformat() else False),
        *_found(sheet, "customer", person),
        *_found(sheet, "number", number),
        *([field("items", items[0], items[1])] if items[1] else []),
        field("total", total, total_at, capital == total if capital and total else None),
    )


def number(text: str) -> str:
    """The number of the bill itself: letters, figures and hyphens."""
    hit = _NUMBERS.search(plain(text).upper())
    return hit.group() if hit else ""


def _found(sheet: Sheet, code: str, accept: Accept) -> list[ReadValue]:
    value, found = sheet.first(code, accept)
    return [field(code, value, found)] if value else []


def _plate(text: str) -> str:
    hit = PLATE.search(plain(text).upper())
    return re.sub(r"[·.\-]", "", hit.group()) if hit else ""


def _shop(sheet: Sheet) -> tuple[str, Found | None]:
    """A name that ends like a workshop's, at the head or in the seal; never the insurer's."""
    named = [
        (hit.group(), whole(line))
        for line in sheet.lines
        if (hit := _SHOP.search("".join(line.text.split()))) and "保险" not in hit.group()
    ]
    return named[0] if named else ("", None)


def _items(rows: list[Row]) -> tuple[str, Found | None]:
    """Rows that begin with words and end with an amount, and are no sum."""
    items = [
        (f"{name.group()} {amounts[-1]}", row.found)
        for row in rows
        if len(row.lines) > 1
        and (amounts := amounts_in(row.lines[-1].text))
        and not _SUM.search(plain(row.text))
        and (name := re.search(r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z()（）/]*", row.text))
    ][:_MOST_ITEMS]
    return "；".join(item for item, _ in items), items[0][1] if items else None

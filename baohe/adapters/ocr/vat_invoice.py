"""增值税发票, of paper or electronic, with or without a code → fields. Pure.

Both forms print 名称 twice: the buyer's stands above or to the left of the seller's. It is often printed wide
apart, and then the detector passes over the lonely first letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from baohe.adapters.ocr.check_digits import credit_code, mended_credit_code
from baohe.adapters.ocr.contracts import Found, Line, Page, ReadValue
from baohe.adapters.ocr.layout import Accept, Sheet, field, longest_han, part, plain, whole, worded
from baohe.adapters.ocr.printed import CONFUSED, amounts_in, capital_amount, fen_of, iso_date, money_in, yuan_of
from baohe.adapters.ocr.qr import invoice_code

LABELS = worded(
    {
        "buyer_name": "购买方名称 购方名称 买方名称 购货单位",
        "seller_name": "销售方名称 销方名称 卖方名称 销货单位",
        "name": "名称 称:",
        "tax_id": "统一社会信用代码/纳税人识别号 统一社会信用代码 纳税人识别号 购买方税号 销售方税号 税号 识别号",
        "issue_date": "开票日期 日期",
        "invoice_number": "发票号码 电子发票号码 发票号 票据号码 NO.",
        "invoice_code": "发票代码",
        "total": "(小写) 小写 价税合计 合计金额 金额合计 总金额 实付金额",
        "": "价税合计(大写) (大写) 大写 地址、电话 地址 开户行及账号 开户行 机器编号 校验码 密码区 备注 "
        "收款人 复核 开票人 规格型号 单位 数量 单价 金额 税率 税额 合计 项目名称 "
        "货物或应税劳务、服务名称",
    }
)
"""Field → wordings, the most telling first; "" are labels of other things, where a value ends."""
_DIGITS = re.compile(r"\d+")
_NOTHING = re.compile(r"^[*]{1,}$|免税|不征税")
_RATES = (1, 3, 5, 6, 9, 10, 11, 13, 16, 17)

Value = tuple[str, Found | None]


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """Buyer, seller, their tax numbers, day, code, number, amount without tax, tax and total with it."""
    sheet = Sheet(page.lines, LABELS)
    told = invoice_code(page.code)
    buyer, seller = _two(sheet, "name", longest_han)
    buyer = _first_of(sheet.first("buyer_name", longest_han), buyer)
    seller = _first_of(sheet.first("seller_name", longest_han), seller)
    buyer_id, seller_id = _of_whom(buyer[1], seller[1], *_two(sheet, "tax_id", tax_id))
    day, day_at = _first_of(sheet.first("issue_date", iso_date), _anywhere(sheet.lines, iso_date))
    number, number_at = _first_of(sheet.first("invoice_number", _number), _in_heading(sheet, 8))
    code, code_at = _first_of(sheet.first("invoice_code", _code), _in_heading(sheet, 12), _in_heading(sheet, 10))
    if told is not None:
        number, code, day = told.number, told.code or code, told.day or day
        number_at = number_at or _anywhere(sheet.lines, lambda text: number if number in text else "")[1]
    fields = [
        field("invoice_number", number, number_at, True if told else None if len(number) in (8, 20) else False),
        field(
            "issue_date",
            day,
            day_at,
            False if day > today.isoformat() else told is not None and told.day == day or None,
        ),
        field("buyer_name", *buyer),
        field("buyer_tax_id", *buyer_id, _proved_id(buyer_id[0])),
        field("seller_name", *seller),
        field("seller_tax_id", *seller_id, _proved_id(seller_id[0])),
        *_money_fields(sheet, told.amount if told else ""),
    ]
    return (field("invoice_code", code, code_at), *fields) if code else tuple(fields)


def _money_fields(sheet: Sheet, told: str) -> list[ReadValue]:
    (amount, amount_at), (tax, tax_at) = _sum_row(sheet)
    total, total_at = sheet.first("total", money_in)
    capital, capital_at = _anywhere(sheet.lines, capital_amount)
    if not total:
        total, total_at = capital, capital_at
    fen, tax_fen, total_fen = fen_of(amount), fen_of(tax), fen_of(total)
    if total_fen is not None and (fen is None or tax_fen is None or fen + tax_fen != total_fen):
        amount, tax = _pair(sheet, total_fen) or (amount, tax)
        fen, tax_fen = fen_of(amount), fen_of(tax)
        if fen is not None and tax_fen is None and fen <= total_fen:
            tax, tax_at = yuan_of(total_fen - fen), amount_at
    elif total_fen is None and fen is not None and tax_fen is not None:
        total, total_at = yuan_of(fen + tax_fen), amount_at
    fen, tax_fen, total_fen = fen_of(amount), fen_of(tax), fen_of(total)
    adds_up = None if fen is None or tax_fen is None or total_fen is None else fen + tax_fen == total_fen
    if capital and total and capital != total:
        adds_up = False
    agreed = adds_up or (True if total and total in (capital, told) else None)
    whole_field = field("total", total, total_at, agreed if adds_up is not False else False)
    if whole_field.contradicted:
        sums = (capital, yuan_of(fen + tax_fen) if fen is not None and tax_fen is not None else "", total)
        whole_field = replace(whole_field, suggestions=tuple(dict.fromkeys(value for value in sums if value)))
    return [
        field("amount", amount, amount_at or total_at, adds_up),
        field("tax", tax, tax_at or total_at, adds_up),
        whole_field,
    ]


def _sum_row(sheet: Sheet) -> tuple[Value, Value]:
    """Amount and tax behind 合计, left and right; a tax of stars or of words is none."""
    for line in sheet.lines:
        text = plain(line.text)
        if not re.match(r"合计(?!金额|[(大])", text):
            continue
        cells = [part(line, 2, len(text)), *(whole(other) for other in sheet.right_of(line))]
        values = [(value, cell) for cell in cells for value in amounts_in(cell.text)]
        if not values:
            continue
        if len(values) == 1 and any(_NOTHING.search(plain(cell.text)) for cell in cells):
            return values[0], ("0.00", values[0][1])
        return values[0], values[1] if len(values) > 1 else ("", None)
    return ("", None), ("", None)


def _pair(sheet: Sheet, total_fen: int) -> tuple[str, str] | None:
    """Amount and tax anywhere on the page that make the total at a rate that there is."""
    seen = [value for line in sheet.lines for value in amounts_in(line.text)]
    fens = {fen for value in seen if (fen := fen_of(value))}
    for fen in sorted(fens, reverse=True):
        tax = total_fen - fen
        if tax in fens and any(abs(fen * rate - tax * 100) <= 100 * len(seen) for rate in _RATES):
            return yuan_of(fen), yuan_of(tax)
    return None


def _two(sheet: Sheet, code: str, accept: Accept) -> tuple[Value, Value]:
    """Buyer's and seller's: side by side, or the one above the other. A single one is told by where it stands."""
    found = []
    for place in sorted(sheet.places(code), key=lambda place: place.line.middle):
        hit = next(((value, one) for one in sheet.behind(place) if (value := accept(one.text))), None)
        if hit is not None and all(hit[1].line.box != other[2].line.box for other in found):
            found.append((place.line, *hit))
    if not found:
        return ("", None), ("", None)
    first, last = found[0], found[-1]
    if len(found) == 1:
        return ((first[1], first[2]), ("", None)) if _buyers(sheet, first[0]) else (("", None), (first[1], first[2]))
    if abs(first[0].middle - last[0].middle) < 3 * first[0].box[3] and first[0].box[0] > last[0].box[0]:
        first, last = last, first
    return (first[1], first[2]), (last[1], last[2])


def _of_whom(buyer: Found | None, seller: Found | None, first: Value, second: Value) -> tuple[Value, Value]:
    """Tax numbers to the names that they stand nearest to: a roll prints the seller first."""
    if buyer is None or seller is None or buyer.line.middle < seller.line.middle + buyer.line.box[3]:
        return first, second

    def far(one: Value, party: Found) -> int:
        return abs(one[1].line.middle - party.line.middle) if one[1] else 0

    return (second, first) if far(first, seller) <= far(first, buyer) else (first, second)


def _buyers(sheet: Sheet, line: Line) -> bool:
    """Whether a lonely name stands where the buyer's does: in the upper left part of the form."""
    right = max(other.right for other in sheet.lines)
    bottom = max(other.middle for other in sheet.lines)
    return line.box[0] < right * 45 // 100 and line.middle < bottom * 60 // 100


def tax_id(text: str) -> str:
    """A taxpayer's number of 15 to 20 letters; a credit code with one letter misread is mended by its check."""
    squeezed = re.sub(r"[^0-9A-Z]", "", text.upper())
    if not 15 <= len(squeezed) <= 20 or sum(letter.isdigit() for letter in squeezed) < 8:
        return ""
    return mended_credit_code(squeezed) if len(squeezed) == 18 else squeezed


def _proved_id(value: str) -> bool | None:
    if len(value) != 18:
        return None
    return credit_code(value)


def _number(text: str) -> str:
    runs = _DIGITS.findall(text.translate(CONFUSED))
    return next((run for run in runs if len(run) in (8, 20)), "") or next((run for run in runs if len(run) >= 6), "")


def _code(text: str) -> str:
    return next((run for run in _DIGITS.findall(text.translate(CONFUSED)) if len(run) in (10, 12)), "")


def _in_heading(sheet: Sheet, length: int) -> Value:
    """A lonely number of this length in the upper third: code and number of a paper form have no labels."""
    bottom = max((line.middle for line in sheet.lines), default=0)
    heading = [line for line in sheet.lines if line.middle < bottom // 3]
    return _anywhere(
        heading,
        lambda text: hit.group(1) if (hit := re.fullmatch(rf"(?:№|N[o0]\.?)?(\d{{{length}}})", plain(text))) else "",
    )


def _anywhere(lines: Sequence[Line], accept: Accept) -> Value:
    return next(((value, whole(line)) for line in lines if (value := accept(line.text))), ("", None))


def _first_of(*values: Value) -> Value:
    return next((value for value in values if value[0]), ("", None))

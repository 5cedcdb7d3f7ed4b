"""A shop's till slip, Chinese or English → company, date, address, total. Pure.

Company and address stand at the head, in no labelled place: a company is known by the words that companies are named
with, an address lies between it and the telephone number. `date` is as printed, with the day in `iso`; of 03/04/2018
the first figure is the day, as everywhere but in North America.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from baohe.adapters.ocr.contracts import Box, Found, Line, Page, ReadValue
from baohe.adapters.ocr.layout import cut, field
from baohe.adapters.ocr.printed import day_of
from baohe.adapters.ocr.receipt_total import total_of

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DATES = (
    re.compile(r"(?<!\d)(?P<y>20\d{2})\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})日?"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>20\d{2})"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[-/. ]?(?P<n>[A-Z]{3})[A-Z]*[-/., ]{0,2}(?P<y>20\d{2}|\d{2})(?!\d)"),
    re.compile(r"(?<![A-Z])(?P<n>[A-Z]{3})[A-Z]*\.? ?(?P<d>\d{1,2}),? ?(?P<y>20\d{2})"),
    re.compile(r"(?<![\d./-])(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{2})(?![\d./-])"),
)
_LEGAL = re.compile(r"\bSDN\b|\bS[0O]N\.? BHD|\bBHD\b|\b[S5]/B\b|\bCO\.|\bLTD\b|\bPLT\b|\bINC\b|ENTERPRISE|公司")
"""What makes a name a firm's; a name with one of these wins over a shop's."""
_SHOP = re.compile(
    r"TRADING|RESTORAN|RESTAURANT|COMPANY|\bMART\b|MARKET|PHARMACY|FARMASI|HARDWARE|STATIONER|\bSHOP\b|\bSTORE\b|\bCAFE\b"
    r"|KOPITIAM|KEDAI|PERNIAGAAN|SYARIKAT|PASARAYA|BAKER|HOLDING|ELECTRICAL|MARKETING|BOOK|HOUSE|CENT(?:RE|ER)|FURNITURE"
    r"|PIZZA|COFFEE|HOTEL|CLINIC|KLINIK|WORKSHOP|GIFT|\bCARRY\b|TAILOR|PETRO|STATION|SUPER|BISTRO|FOOD|BOUTIQUE|SALON"
    r"|超市|商场|商店|便利|餐厅|饭店|酒店|药房|药店|门店|商行|专卖|旗舰|菜馆|面馆|食堂|[店行馆厅]$"
)
_NOT_COMPANY = re.compile(
    r"INVOICE|RECEIPT|\bBILL\b|\bTEL\b|\bDATE\b|WELCOME|JALAN|\bJLN\b|LOT |^NO\b|THANK|CASH SALE|TAMAN|DUPLICATE|COPY"
    r"|GOODS|REPRINT|CUSTOMER|TABLE|\bGST\b|COMPANY NO|\bREG\b|欢迎|小票|收据|凭证|单号|电话|地址|收银|日期|时间|结账|^\W*$"
)
_CONTINUES = re.compile(
    r"^\W*(?:\(?(?:M|MALAYSIA|KL)\)?\W*)?(?:(?:SDN|BHD|ENTERPRISE|TRADING|ELECTRICAL|HARDWARE|COMPANY|STATIONERY)\b|CO\.)"
    r"|^(?:RESTAURANT|BAKERY|HOLDINGS?|SERVICES?)\W*(?:\(M\)\W*)?(?:SDN|BHD|$)|^&"
)
_ENDS_OPEN = re.compile(r"(?:&|\bAND|,|\([A-Z]+)\s*$")
_NUMBERED = re.compile(
    r"[\s,]*[(\[]?\s*(?:[A-Z]{0,3}\d{5,9}\s*-?\s?[A-Z]|\d{6,12}|\d{4,6}-?[A-Z])\s*[)\]]?(?:\s*\([A-Z0-9 ]+\))?[\s,.]*$"
    r"|[\s(]*\bCO(?:MPANY)?\b[. ]*(?:REG|R[EF]G|NO)\b.*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\bNO\b|\bNO[.:]|\bLOT\b|JALAN|\bJLN\b|TAMAN|\bTMN\b|\bLEVEL\b|FLOOR|\bFLR\b|\bUNIT\b|SELANGOR|KUALA LUMPUR|JOHOR"
    r"|SEKSYEN|SECTION|BANDAR|KAWASAN|\b\d{5}\b|LORONG|LEBUH|PERSIARAN|MALL|\bROAD\b|\bSTREET\b|AVENUE|PLAZA|SHAH ALAM|PENANG"
    r"|KAMPUNG|BATU|CHERAS|MELAKA|PERAK|KEDAH|SARAWAK|SABAH|\bBLK\b|BLOCK|BUKIT|COMPLEX|DARUL|WILAYAH|PETALING|\bPT ?\d"
    r"|地址|[省市区县镇][\u4e00-\u9fff\d]{2,}[路街道巷号]|[路街道巷]\d+号"
)
_ENDS = re.compile(
    r"\bTE[L1I]\b|\bTEL[.:]|PHONE|\bFAX\b|\bGST\b|INVOICE|RECEIPT|\bDATE\b|CASHIER|EMAIL|E-MAIL|WWW|HTTP|\bBILL\b|\bDOC\b|TABLE"
    r"|\bITEM\b|\bQTY\b|COUNTER|CUSTOMER|BUSINESS HOURS|\bH/?P\b|MEMBER|SERVED|\bPOS\b|SLIP|ORDER|WHATSAPP|\bTIME\b|\bREG\b|CHECK"
    r"|\bINV\b|\bCHK\b|@|\d\.\d{2}\b|电话|日期|时间|单号|收银|小票|品名|商品|流水|(?<!\d)\+?6?0\d{1,2}[- ]\d{3,4} ?\d{3,4}"
)
_REGISTRATION = re.compile(
    r"^\W*(?:CO(?:MPANY)?\.?\s*)?(?:REG|R[EF]G|ROC|BR|BUSINESS|BRN|SSM)\b.*\d|^\W*[A-Z]{0,3}\d{5,9}\s*-?\s*[A-Z0-9]{0,2}\W*$"
    r"|COMPANY\s*(?:NO|REG)|\bCO\.? ?(?:REG|NO)|^\(.*\d.*\)$|^BR ?NO"
)
_HEAD = 14
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Row:
    """The boxes of one row, from left to right."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines)

    @property
    def height(self) -> int:
        return max(line.box[3] for line in self.lines)

    @property
    def found(self) -> Found:
        return _joined([self])


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """Company and address as printed, upper or lower case; `total` in plain figures, without its currency."""
    rows = rows_of(page.lines)
    printed, iso, dated = _date(rows, today)
    company, head = _company(rows)
    address = _address(rows, head)
    total, at, sure = total_of([(row.text, row.found) for row in rows])
    return (
        field("company", company.text if company else "", company),
        field("date", printed, dated, None if iso <= today.isoformat() else False, iso=iso),
        field("address", address.text if address else "", address),
        field("total", total, at, sure),
    )


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Rows from top to bottom: boxes whose middles lie within half a letter of each other."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        near = rows[-1] if rows else None
        if near and abs(line.middle - near[-1].middle) <= min(line.box[3], near[-1].box[3]) // 2:
            near.append(line)
        else:
            rows.append([line])
    return [Row(tuple(sorted(row, key=lambda line: line.box[0]))) for row in rows]


def _date(rows: Sequence[Row], today: date) -> tuple[str, str, Found | None]:
    """The day that stands behind a label, else the first one printed; as printed, in ISO 8601, and where."""
    seen = [(*hit, line) for row in rows for line in row.lines for hit in days_in(line.text)]
    labelled = [one for one in seen if re.search("DATE|日期|时间", _row_with(rows, one[2]).upper())]
    past = [one for one in (*labelled, *seen) if one[1] <= today.isoformat()]
    for printed, iso, line in (*past, *seen):
        return printed, iso, Found(printed, _part(line, printed))
    return "", "", None


def days_in(text: str) -> Iterator[tuple[str, str]]:
    """Every day in a line: as printed, and in ISO 8601."""
    upper = text.upper()
    for pattern in _DATES:
        for hit in pattern.finditer(upper):
            told = hit.groupdict()
            if told.get("n") and told["n"] not in _MONTHS:
                continue
            month = told.get("m") or f"{_MONTHS.index(told['n']) + 1}"
            year = told["y"] if len(told["y"]) == 4 else f"20{told['y']}"
            iso = day_of(year, month, told["d"]) or day_of(year, told["d"], month)
            if iso:
                yield text[hit.start() : hit.end()].strip(), iso


def _company(rows: Sequence[Row]) -> tuple[Found | None, int]:
    """The company and the number of the row behind it: a firm's name, else a shop's, else the largest of the first."""
    head = rows[:_HEAD]
    ends = next((at for at, row in enumerate(head) if at and _ADDRESS.search(row.text.upper())), 6)
    named = [
        at
        for at, row in enumerate(head[: max(ends, 3)])
        if len(re.findall(r"[A-Za-z\u4e00-\u9fff]", row.text)) >= 3
        and not _NOT_COMPANY.search(row.text.upper())
        and not next(days_in(row.text), None)
    ]
    if not named:
        return None, 0
    firms = [at for at in named if _LEGAL.search(head[at].text.upper())]
    shops = [at for at in named if _SHOP.search(head[at].text.upper())]
    large = max(named[:3], key=lambda at: (head[at].height >= 13 * head[named[0]].height // 10, -at))
    first = last = (firms or shops or [large])[0]
    while first - 1 in named and (_continues(head[first]) or _ENDS_OPEN.search(head[first - 1].text)):
        first -= 1
    while last + 1 < len(head) and (_continues(head[last + 1]) or _ENDS_OPEN.search(head[last].text)):
        last += 1
    found = _joined(head[first : last + 1])
    name = _NUMBERED.sub("", found.text).strip(" ,")
    return Found(name, found.line), last + 1


def _continues(row: Row) -> bool:
    """A name of a firm broken over two rows: POPULAR BOOK / CO. (M) SDN BHD."""
    text = row.text.upper()
    return bool(_CONTINUES.match(text)) and not _REGISTRATION.search(text)


def _address(rows: Sequence[Row], head: int) -> Found | None:
    """The first block of address-like rows behind the company, up to what ends it."""
    block: list[Row] = []
    for row in rows[head : head + _HEAD]:
        text = row.text.upper()
        if _REGISTRATION.search(text):
            if block:
                break
            continue
        if _ENDS.search(text) or next(days_in(text), None):
            if block:
                break
            continue
        if not block and not _ADDRESS.search(text):
            continue
        if block and (len(block) == _LONGEST or row.lines[0].box[1] - block[-1].lines[0].box[1] > 3 * row.height):
            break
        block.append(row)
        if len(block) > 1 and text.rstrip(" .,").endswith("MALAYSIA"):
            break
    if not block:
        return None
    found = _joined(block)
    return Found(re.sub(r"^(?:ADDRESS|地址)\s*[:：]?\s*", "", found.text, flags=re.IGNORECASE), found.line)


def _joined(rows: Sequence[Row]) -> Found:
    lines = [line for row in rows for line in row.lines]
    text = " ".join(row.text for row in rows)
    if re.search(r"[\u4e00-\u9fff]{4}", text):
        text = "".join(row.text for row in rows)
    return Found(text, Line(text, min(line.score for line in lines), _around(lines)))


def _around(lines: Sequence[Line]) -> Box:
    left, top = min(line.box[0] for line in lines), min(line.box[1] for line in lines)
    return left, top, max(line.right for line in lines) - left, max(line.box[1] + line.box[3] for line in lines) - top


def _row_with(rows: Sequence[Row], line: Line) -> str:
    return next((row.text for row in rows if line in row.lines), "")


def _part(line: Line, printed: str) -> Line:
    start = max(0, line.text.find(printed))
    return Line(printed, line.score, cut(line, start, start + len(printed)))

"""A bank card's front → number, bank, last month of validity. Pure."""

from __future__ import annotations

import re
from datetime import date

from baohe.adapters.ocr.check_digits import luhn
from baohe.adapters.ocr.contracts import Found, Page, ReadValue
from baohe.adapters.ocr.layout import field, plain, whole
from baohe.adapters.ocr.printed import CONFUSED
from baohe.adapters.ocr.rows import rows_of

BANKS = {
    "中国工商银行": ("工商银行", "ICBC"),
    "中国农业银行": ("农业银行", "AGRICULTURAL BANK", "ABC"),
    "中国银行": ("中国银行", "BANK OF CHINA"),
    "中国建设银行": ("建设银行", "CHINA CONSTRUCTION BANK", "CCB"),
    "交通银行": ("交通银行", "BANK OF COMMUNICATIONS"),
    "招商银行": ("招商银行", "MERCHANTS BANK", "CMB"),
    "中国邮政储蓄银行": ("邮政储蓄", "POSTAL SAVINGS", "PSBC"),
    "中信银行": ("中信银行", "CITIC"),
    "中国光大银行": ("光大银行", "EVERBRIGHT"),
    "华夏银行": ("华夏银行", "HUAXIA", "HUA XIA"),
    "中国民生银行": ("民生银行", "MINSHENG"),
    "广发银行": ("广发银行", "CGB"),
    "平安银行": ("平安银行", "PING AN"),
    "兴业银行": ("兴业银行", "INDUSTRIAL BANK"),
    "浦发银行": ("浦发银行", "浦东发展银行", "SPD BANK", "SPDB"),
}
_ISSUERS = {
    "中国工商银行": ("620200", "621226", "621225", "622202", "622203", "622208", "621281", "621722"),
    "中国农业银行": ("622848", "622845", "622846", "622841", "622843", "622849", "623052", "622826"),
    "中国银行": ("621660", "621661", "621662", "621663", "621785", "621786", "456351", "601382", "621790"),
    "中国建设银行": ("621700", "622700", "436742", "622280", "621284", "623668", "621081", "623094"),
    "交通银行": ("622258", "622260", "622262", "622261", "601428", "405512"),
    "招商银行": ("622588", "622575", "621483", "621486", "622580", "410062", "622609", "621485"),
    "中国邮政储蓄银行": ("622188", "621098", "622150", "622151", "621799", "621096", "955100"),
    "中国民生银行": ("622622", "622617", "622615", "621691"),
    "中信银行": ("621768", "621767", "621770", "621771", "622690", "622696"),
    "浦发银行": ("622521", "622522", "622518", "621791", "621792"),
    "平安银行": ("622155", "622156", "621626", "623058", "602907"),
    "兴业银行": ("622909", "622908", "438588", "966666"),
}
"""The first six figures of common cards, for a card whose bank is only a mark."""
_VALID = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])\s?/\s?(\d{2})(?!\d)")
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,10}银行|[\u4e00-\u9fff]{2,8}(?:信用社|农商行)")


def read(page: Page, today: date) -> tuple[ReadValue, ...]:
    """`valid_until` is YYYY-MM, the last month; the check figure proves the number."""
    number, number_at = _number(page)
    bank, bank_at = _bank(page, number)
    until, until_at = _valid_until(page)
    return (
        field("number", number, number_at, luhn(number) if number else None),
        field("bank", bank, bank_at or number_at),
        field("valid_until", until, until_at, None if until >= f"{today:%Y-%m}" or not until else False),
    )


def _number(page: Page) -> tuple[str, Found | None]:
    """The longest run of figures of a row; one whose check figure is right before any other."""
    seen: list[tuple[bool, int, str, Found]] = []
    for row in rows_of(page.lines):
        figures = re.sub(r"[ \-·.]", "", row.text.translate(CONFUSED))
        for run in re.findall(r"\d{13,19}", figures):
            seen.append((luhn(run), len(run), run, row.found))
    if not seen:
        return "", None
    _, _, number, found = max(seen, key=lambda one: one[:2])
    return number, found


def _bank(page: Page, number: str) -> tuple[str, Found | None]:
    for line in page.lines:
        text = plain(line.text).upper()
        for bank, words in BANKS.items():
            if any(plain(word) in text for word in words if len(word) > 4 or word[0] >= "\u4e00"):
                return bank, whole(line)
        if hit := _NAMED.search(text):
            return hit.group(), whole(line)
    return next((bank for bank, starts in _ISSUERS.items() if number.startswith(starts)), ""), None


def _valid_until(page: Page) -> tuple[str, Found | None]:
    """The later one, where the month of issue is printed as well."""
    seen = [
        (f"20{hit.group(2)}-{int(hit.group(1)):02d}", line) for line in page.lines for hit in _VALID.finditer(line.text)
    ]
    if not seen:
        return "", None
    value, line = max(seen, key=lambda one: one[0])
    return value, whole(line)

"""Which file of a filing is what, by its name; content decides for the rest."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

TEXT = frozenset({".md", ".markdown", ".txt"})
HTML = frozenset({".html", ".htm", ".xhtml"})
CSV = frozenset({".csv", ".tsv"})
XLSX = frozenset({".xlsx"})
READABLE = TEXT | HTML | CSV | XLSX
REFUSED = {
    ".xls": ("是旧版 Excel 文件", "is an old Excel file"),
    ".et": ("是 WPS 表格文件", "is a WPS spreadsheet"),
    ".xlsm": ("可带宏", "may carry macros"),
    ".xltm": ("可带宏", "may carry macros"),
    ".xlsb": ("是二进制 Excel 文件", "is a binary Excel file"),
    ".ods": ("是 ODS 表格", "is an ODS spreadsheet"),
}
_ROLES = (
    ("cash_values", r"xjjz|现金价值|退保金|cash|surrender"),
    ("clauses", r"^tk|条款|clause|wording|terms"),
    ("statement", r"^sms|cpsms|说明书|statement|brochure"),
    ("rates", r"flb|^fl|费率|保费|保险金额|rate|premium|tariff|price"),
)


def role_of(name: str) -> str:
    """rates | cash_values | clauses | statement, or "" when the name does not say."""
    stem = PurePosixPath(name).stem.lower()
    return next((role for role, pattern in _ROLES if re.search(pattern, stem)), "")


def role_by_content(text: str) -> str:
    """A statement or clauses by the title in the first lines; "" otherwise."""
    head = text[:1500]
    if re.search(r"产品说明书|投保示例", head):
        return "statement"
    if re.search(r"条款(?:目录|全文)?\s*$|阅读指引", head, re.MULTILINE):
        return "clauses"
    return ""


def suffix_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower()

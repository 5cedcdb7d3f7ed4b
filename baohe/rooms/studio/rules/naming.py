"""How products, versions and files of a package may be named. Pure."""

from __future__ import annotations

import re
from datetime import date

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog import facade as catalog

_CODE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def check_names(code: str, version: str) -> None:
    """Raises `InvalidInput` naming the one that is wrong."""
    if not _CODE.match(code) or len(code) > 40:
        zh, en = "用小写字母、数字和连字符，如 haijia-medical-a", "use small letters, digits and hyphens"
        raise InvalidInput(field="product_code", reason_zh=zh, reason_en=en)
    try:
        if date.fromisoformat(version).isoformat() != version:
            raise ValueError
    except ValueError:
        zh, en = "版本号是一个日期，如 2027-01-01", "a version is a date such as 2027-01-01"
        raise InvalidInput(field="version", reason_zh=zh, reason_en=en) from None


def check_file(name: str, text: str) -> None:
    """Raises `InvalidInput` for a name that is no file of a package, or a text that is too long."""
    if name not in catalog.PACKAGE_FILES and not catalog.RATE_FILE.match(name):
        raise InvalidInput(field="file", reason_zh="不是产品包里的文件", reason_en="is no file of a package")
    if len(text.encode(errors="replace")) > catalog.LARGEST_FILE:
        raise InvalidInput(field=name, reason_zh="超过 4 MB", reason_en="is larger than 4 MB")
    if "\x00" in text:
        raise InvalidInput(field=name, reason_zh="含有不能用的字符", reason_en="holds characters of no text")

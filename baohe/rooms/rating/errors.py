"""How rating says no."""

from __future__ import annotations

from typing import ClassVar

from baohe.kernel.errors import BaoheError


class TariffBroken(BaoheError):
    """A filed table has a hole, an overlap or a figure too large to multiply exactly. Found before publishing."""

    code = "tariff_broken"
    status: ClassVar[int] = 422
    zh = "{version} 的费率表 {table}：{reason_zh}"
    en = "{version}, rate table {table}: {reason_en}"
    next_zh = "请改好费率表再发布"
    next_en = "Correct the table and publish again"

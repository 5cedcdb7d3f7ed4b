"""How the actuarial room says no."""

from __future__ import annotations

from typing import ClassVar

from baohe.kernel.errors import BaoheError


class TableBroken(BaoheError):
    """A mortality table's files do not say what they should. Found when the edition is read, never later."""

    code = "mortality_table_broken"
    status: ClassVar[int] = 422
    zh = "生命表 {edition}，{place}：{reason_zh}"
    en = "Mortality table {edition}, {place}: {reason_en}"
    next_zh = "请对照公布的原表改正"
    next_en = "Correct it by the published table"

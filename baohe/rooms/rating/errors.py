"""How rating says no."""

from __future__ import annotations

from typing import ClassVar

from baohe.kernel.errors import BaoheError


class TariffBroken(BaoheError):
    """A filed table or formula cannot be an exact price: a hole, an overlap, a word instead of a figure, a step that
    divides by nothing. Found before publishing.

    Facts: `file` of the package folder, `line` in it (0 = as a whole; a table's header is line 1) or `field`, its path
    in the file.
    """

    code = "tariff_broken"
    status: ClassVar[int] = 422
    zh = "{version} 的 {where_zh}：{reason_zh}"
    en = "{version}, {where_en}: {reason_en}"
    next_zh = "请改好这一处再发布"
    next_en = "Correct this place and publish again"

    def __init__(
        self, *, version: str, file: str, reason_zh: str, reason_en: str, field: str = "", line: int = 0
    ) -> None:
        line_zh, line_en = (f"第 {line} 行", f"line {line}") if line else ("", "")
        super().__init__(
            version=version,
            file=file,
            field=field,
            line=line,
            reason_zh=reason_zh,
            reason_en=reason_en,
            where_zh=" ".join(filter(None, (file, line_zh, field))),
            where_en=" ".join(filter(None, (file, line_en, field))),
        )

"""A source file as a run of printed lines and tables, in the order a person reads them."""

from __future__ import annotations

from dataclasses import dataclass, field

from baohe.rooms.filings.errors import FilingUnreadable
from baohe.rooms.filings.rules.grid import Grid

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes of one file."""
MOST_ROWS = 20_000
"""Rows of all tables of one file."""
MOST_SQUARES = 600_000
"""Squares of all tables of one file, spans expanded."""


@dataclass
class Source:
    """`items`: a line of text or a table. Tables count from 0 in this order, whatever they hold."""

    name: str
    items: list[str | Grid] = field(default_factory=list)

    @property
    def tables(self) -> list[Grid]:
        return [item for item in self.items if isinstance(item, Grid)]


def unreadable(file: str, zh: str, en: str, next_zh: str = "", next_en: str = "") -> FilingUnreadable:
    return FilingUnreadable(
        file=file,
        reason_zh=zh,
        reason_en=en,
        next_step_zh=next_zh or "请改好这个文件再试一次",
        next_step_en=next_en or "Mend this file and try again",
    )


def hold_to_limits(source: Source) -> Source:
    """Raises `FilingUnreadable` for more rows or squares than a rate book has."""
    rows = 0
    squares = 0
    for number, grid in enumerate(source.tables):
        rows += len(grid.rows)
        squares += len(grid.rows) * grid.width
        if rows > MOST_ROWS:
            raise unreadable(
                source.name,
                f"表 {number} 起超过 {MOST_ROWS:,} 行的上限",
                f"from table {number} on there are more than {MOST_ROWS:,} rows",
                "请按产品或方案拆成几个文件",
                "Split the file by product or plan",
            )
        if squares > MOST_SQUARES:
            raise unreadable(
                source.name,
                f"表 {number} 起超过 {MOST_SQUARES:,} 格的上限",
                f"from table {number} on there are more than {MOST_SQUARES:,} squares",
                "请按产品或方案拆成几个文件",
                "Split the file by product or plan",
            )
    return source


def decoded(file: str, content: bytes) -> tuple[str, str]:
    """Text of a file in UTF-8 (with or without a mark), UTF-16 or GBK, and which of them.

    Raises `FilingUnreadable` for anything else.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            pass
    for code in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (code == "utf-8-sig" or _plausible(text)):
            return text, "UTF-8" if code == "utf-8-sig" else "GBK"
        break
    broken = _first_broken_line(content)
    raise unreadable(
        file,
        f"第 {broken} 行起既不是 UTF-8 也不是 GBK 文字",
        f"from line {broken} on it is neither UTF-8 nor GBK text",
        "请另存为 UTF-8 再试一次",
        "Save it as UTF-8 and try again",
    )


def _plausible(text: str) -> bool:
    """GB 18030 decodes nearly anything; real text holds no private-use or control characters."""
    odd = sum(1 for sign in text if (ord(sign) < 32 and sign not in "\t\r\n\f") or 0xE000 <= ord(sign) <= 0xF8FF)
    return odd == 0


def _first_broken_line(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as broken:
        return content[: broken.start].count(b"\n") + 1
    return content.split(b"\x00")[0].count(b"\n") + 1

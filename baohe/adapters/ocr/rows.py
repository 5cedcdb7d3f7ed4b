"""Rows of a page, and the words of several of them taken together. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from baohe.adapters.ocr.contracts import Box, Found, Line


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
        return joined([self])


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


def joined(rows: Sequence[Row]) -> Found:
    """The rows as one text, with spaces between unless they are Chinese, and the box around all of them."""
    lines = [line for row in rows for line in row.lines]
    text = " ".join(row.text for row in rows)
    if re.search(r"[\u4e00-\u9fff]{4}", text):
        text = "".join(row.text for row in rows)
    return Found(text, Line(text, min(line.score for line in lines), _around(lines)))


def _around(lines: Sequence[Line]) -> Box:
    left, top = min(line.box[0] for line in lines), min(line.box[1] for line in lines)
    return left, top, max(line.right for line in lines) - left, max(line.box[1] + line.box[3] for line in lines) - top

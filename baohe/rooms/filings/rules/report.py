"""What an import tells: lines of JSON, a report to read, a short summary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baohe.rooms.filings.contracts import PASSING_KINDS, RateBook

KINDS = {
    "empty": "空格 · empty cells",
    "monotony": "与相邻不相称 · out of line with neighbours",
    "section": "所属小标题存疑 · section in doubt",
    "unit_text": "单位读不出 · unit not readable",
    "unit": "单位不一致 · units differ",
    "header_text": "看不懂的表头文字 · heading not understood",
    "header": "表头读不准 · heading in doubt",
    "no_header": "没有表头 · no heading",
    "spans": "合并单元格不合 · spans do not fit",
    "ragged": "格数不齐 · ragged rows",
    "missing_key": "缺行 · missing rows",
    "unreadable_key": "行名读不出 · row key not readable",
    "key_order": "行名次序不对 · keys out of order",
    "duplicate_key": "一组条件两格 · two cells for one key",
    "not_a_number": "不是数字 · not a number",
    "two_numbers": "像两个数字 · may be two numbers",
    "formula": "公式 · formulas",
    "encoding": "编码 · encoding",
    "date": "日期 · dates",
    "hidden": "隐藏 · hidden cells",
    "hidden_digits": "显示的位数不全 · digits not shown",
}
_FIRST = 200
"""Problems listed one by one in the Markdown report; the JSON report has all."""


def as_json_lines(book: RateBook) -> Iterator[str]:
    """One object a cell, then one a problem."""
    for cell in book.cells:
        yield json.dumps(cell.as_json(), ensure_ascii=False)
    for problem in book.problems:
        yield json.dumps(problem.as_json(), ensure_ascii=False)


def figures(book: RateBook) -> dict[str, Any]:
    """Counts of a book. `exact`: cells quoted exactly; `unquoted`: printed figures that were only reported."""
    quoted = {(cell.file, cell.table, cell.row, cell.column) for cell in book.cells}
    printed = {
        (p.file, p.table, p.row, p.column)
        for p in book.problems
        if p.kind != "empty" and p.column is not None and any(sign.isdigit() for sign in p.printed)
        and p.kind not in ("missing_key", "key_order", "unit", "unit_text", "header_text", "section")
    } - quoted  # fmt: skip
    return {
        "filing": book.name,
        "files": [{"name": f.name, "role": f.role, "sha256": f.sha256} for f in book.files],
        "tables": len([table for table in book.tables if table.kind != "legend"]),
        "cells": len(book.cells),
        "unquoted": len(printed),
        "exact_match": _share(len(book.cells), len(book.cells) + len(printed)),
        "problems": book.counts(),
        "stops_import": len(book.faults),
    }


def _share(part: int, whole: int) -> str:
    return "0.00%" if not whole else f"{part * 10000 // whole / 100:.2f}%"


def as_json_report(book: RateBook) -> str:
    return json.dumps(
        {**figures(book), "details": [p.as_json() for p in book.problems], "notes": [n.text for n in book.notes]},
        ensure_ascii=False,
        indent=1,
    )


def as_markdown(book: RateBook) -> str:
    """The report for a person."""
    told = figures(book)
    lines = [
        f"# 导入报告 · Import report: {book.name}",
        "",
        f"- 原样取得 · quoted exactly: {told['cells']:,} ({told['exact_match']})",
        f"- 只报告、没有取 · reported, not taken: {told['unquoted']:,}",
        f"- 表 · tables: {told['tables']}",
        "",
        "| 问题 · problem | 处 · cells | 导入 · import |",
        "|---|---|---|",
    ]
    for kind, number in sorted(book.counts().items(), key=lambda one: -one[1]):
        verdict = "继续 · goes on" if kind in PASSING_KINDS else "停下 · stops"
        lines.append(f"| {KINDS.get(kind, kind)} | {number:,} | {verdict} |")
    shown = [p for p in book.problems if p.kind != "empty"]
    if shown:
        lines += ["", "## 逐格 · By cell", ""]
        lines += [f"- {p.place}：{p.zh} · {p.en}" for p in shown[:_FIRST]]
        if len(shown) > _FIRST:
            lines.append(f"- 其余 {len(shown) - _FIRST:,} 处见 report.json · the rest stand in report.json")
    notes = list(dict.fromkeys(note.text for note in book.notes if note.kind in ("instalments", "note")))
    if notes:
        lines += ["", "## 表注 · Notes", "", *[f"- {note}" for note in notes]]
    return "\n".join(lines) + "\n"


def summary(book: RateBook, first: int = 5) -> str:
    """A few lines for a terminal."""
    told = figures(book)
    lines = [
        f"{book.name}: {told['cells']:,} 格原样取得 · cells quoted exactly, {told['exact_match']}; "
        f"{told['tables']} 张表 · tables"
    ]
    lines += [f"  {KINDS.get(kind, kind)}: {number:,}" for kind, number in sorted(book.counts().items())]
    shown = [p for p in book.problems if p.kind not in PASSING_KINDS] or [p for p in book.problems if p.kind != "empty"]
    lines += [f"  - {p.place}：{p.zh} · {p.en}" for p in shown[:first]]
    return "\n".join(lines)

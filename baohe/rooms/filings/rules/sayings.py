"""The words of every problem, Chinese and English, with its kind."""

from __future__ import annotations

from baohe.rooms.filings.contracts import Problem


def empty(file: str, table: int, row: int, column: int, printed: str) -> Problem:
    return Problem(file, table, row, column, "empty", "这一格没有数字", "the cell holds no number", printed)


def unreadable_key(file: str, table: int, row: int, column: int, printed: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "unreadable_key",
        f"这一行的行名缺失或读不出：“{printed}”，没有猜测",
        f"the row's key is missing or unreadable: “{printed}”; not guessed",
        printed,
    )


def under_unreadable_key(file: str, table: int, row: int, column: int, printed: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "unreadable_key",
        f"印的是 {printed}，但不知道属于哪一行名",
        f"{printed} is printed here, but the row's key cannot be read",
        printed,
    )


_FLAWS = {
    "formula": ("是公式，不是数字", "is a formula, not a number"),
    "date": ("是日期，不是数字", "is a date, not a number"),
    "error": ("是错误值", "is an error value"),
    "hidden": ("在隐藏的行、列或工作表里", "stands in a hidden row, column or sheet"),
    "hidden_digits": ("存的位数比显示的多，按显示的取", "holds more digits than it shows; taken as shown"),
}


def flaw(file: str, table: int, row: int, column: int, kind: str, printed: str) -> Problem:
    zh, en = _FLAWS[kind]
    kind = "formula" if kind == "error" else kind
    return Problem(file, table, row, column, kind, f"“{printed}”{zh}", f"“{printed}” {en}", printed)


def header_fault(file: str, table: int, row: int, column: int, kind: str, printed: str) -> Problem:
    if kind == "spans":
        zh, en = (
            "合并单元格互相重叠或与列数不符，不能确定列名",
            "spans overlap or do not match the columns; the column's name is not certain",
        )
    elif kind == "no_header":
        zh, en = "没有表头，不能确定列名", "no heading; the column's name is not certain"
    else:
        zh, en = "表头读不准，不能确定列名", "the heading cannot be read for certain"
    return Problem(
        file, table, row, column, kind, f"印的是 {printed}，{zh}", f"{printed} is printed here; {en}", printed
    )


def not_a_number(file: str, table: int, row: int, column: int, printed: str, two: bool) -> Problem:
    if two:
        zh, en = f"“{printed}”可能是两个数字", f"“{printed}” may be two numbers"
        return Problem(file, table, row, column, "two_numbers", zh, en, printed)
    zh, en = f"应为数字，印的是“{printed}”", f"a number should stand here, not “{printed}”"
    return Problem(file, table, row, column, "not_a_number", zh, en, printed)


def ragged(file: str, table: int, row: int, column: int, printed: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "ragged",
        f"这一行的格数与表头不同，{printed} 属于哪一列不能确定",
        f"the row has fewer cells than its heading; the column of {printed} is not certain",
        printed,
    )


def missing_key(file: str, table: int, row: int, column: int, before: str, text: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "missing_key",
        f"{before} 之后是 {text}，中间缺行",
        f"{text} follows {before}; a row between them is missing",
        text,
    )


def key_order(file: str, table: int, row: int, column: int, before: str, text: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "key_order",
        f"行名 {text} 排在 {before} 之后，次序不对，按印的取",
        f"the key {text} after {before} is out of order; taken as printed",
        text,
    )


def overlapping_keys(file: str, table: int, row: int, column: int, before: str, text: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "duplicate_key",
        f"行名 {text} 与 {before} 重叠",
        f"the key {text} overlaps {before}",
        text,
    )


def duplicate_key(file: str, table: int, row: int, column: int, other: str, other_en: str, printed: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "duplicate_key",
        f"同一组条件有两格：另一格在{other}",
        f"two cells for one key: the other is in {other_en}",
        printed,
    )


def monotony(file: str, table: int, row: int, column: int, value: str, near: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "monotony",
        f"{value} 与相邻的 {near} 不相称，按印的取，请核对",
        f"{value} does not follow from its neighbours {near}; taken as printed, please check",
        value,
    )


def section(file: str, table: int, row: int, column: int, printed: str, caption: str, before: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "section",
        f"上方印着“{caption}”，但这张表像是上一张表（{before or '无小标题'}）的续表，归属存疑",
        f"“{caption}” is printed above, yet the table reads on from the one before "
        f"({before or 'no caption'}); the section is doubtful",
        printed,
    )


def unit_text(file: str, table: int | None, row: int | None, column: int | None, printed: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "unit_text",
        f"单位读不出：“{printed}”",
        f"the unit cannot be read: “{printed}”",
        printed,
    )


def units_differ(
    file: str, table: int | None, row: int | None, column: int | None, one: str, other: str, where: str, where_en: str
) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "unit",
        f"单位“{one}”与{where}的“{other}”不一致",
        f"the unit “{one}” differs from “{other}” in {where_en}",
        one,
    )


def header_text(file: str, table: int, row: int, column: int, printed: str) -> Problem:
    return Problem(
        file,
        table,
        row,
        column,
        "header_text",
        f"“{printed}”只标着一部分列，看不出含义，没有采用",
        f"“{printed}” labels only some of the columns and cannot be understood; not used",
        printed,
    )


def unclosed(file: str, table: int) -> Problem:
    return Problem(
        file, table, None, None, "ragged", "表格没有结束标记，可能被截断", "the table is not closed; it may be cut off"
    )


def encoding(file: str, code: str) -> Problem:
    return Problem(
        file,
        None,
        None,
        None,
        "encoding",
        f"文件是 {code} 编码，已按 {code} 读；请另存为 UTF-8 再导入",
        f"the file is in {code} and was read so; save it as UTF-8 to import it",
    )


def key_range(file: str, table: int, row: int, column: int, text: str) -> Problem:
    return Problem(
        file, table, row, column, "key_order", f"年龄 {text} 不合常理", f"the age {text} is past all reason", text
    )

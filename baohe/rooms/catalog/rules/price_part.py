"""The price part of a package: inputs, rate tables, formula. `docs/product-package.md` is its reference."""

from __future__ import annotations

from sys import intern

from baohe.kernel.genetics import names_genes
from baohe.rooms.catalog.contracts import (
    Dimension,
    Family,
    Figure,
    Formula,
    FormulaStep,
    InstalmentPlan,
    RateTable,
    RatingInput,
)
from baohe.rooms.catalog.rules.monotone import DIRECTIONS, first_fall
from baohe.rooms.catalog.rules.reading import Node

_KINDS = ("age", "amount", "choice")
_SOURCES = ("person", "customer", "order")
_UNITS = ("yuan", "fen", "bp", "permille", "percent")
_MODES = ("half_up", "up", "down")
_COMMON = ("op", "label")
_FIELDS = {
    "lookup": ("table",),
    "add": ("table", "figure", "fen", "when"),
    "factor": ("table", "bp", "when"),
    "scale": ("input", "per"),
    "divide": ("table",),
    "at_least": ("table", "fen", "when"),
    "at_most": ("table", "fen", "when"),
    "round": ("multiple_fen", "mode"),
}
"""Every step and the fields it may carry."""
_OPERANDS = ("table", "figure", "fen", "bp")


def rating_inputs(node: Node) -> tuple[RatingInput, ...]:
    return tuple(_input(item) for item in node.nodes("inputs"))


def _input(item: Node) -> RatingInput:
    code = item.word("code")
    kind, source = _one_of(item, "kind", _KINDS), _one_of(item, "source", _SOURCES)
    if names_genes(code):
        item.tell("code", "不得使用遗传信息定价", "genetic data may not be used in pricing", "DATA-8")
    ranged = kind != "choice"
    step = item.int_or("step", 1)
    if step < 1 or (step > 1 and kind != "amount"):
        item.tell("step", "应为正整数，且只用于 amount", "must be positive, and belongs to an amount")
    return RatingInput(
        code=code,
        name=item.text("name"),
        kind=kind,
        source=source,
        default=item.word("default"),
        choices=() if ranged else item.choices("choices"),
        minimum=item.whole("minimum") if ranged else None,
        maximum=item.whole("maximum") if ranged else None,
        step=step,
    )


def rate_tables(node: Node, rates: Node) -> tuple[RateTable, ...]:
    return tuple(_table(item, rates) for item in node.nodes("tables"))


def _table(item: Node, rates: Node) -> RateTable:
    name = item.word("name")
    rows = rates.strings_table(name)
    dimensions = tuple(_dimension(d) for d in item.nodes("dimensions"))
    expected: list[str] = []
    for dimension in dimensions:
        code = dimension.input
        expected += [f"{code}_from", f"{code}_to"] if dimension.band else [code]
    if list(rows[0]) != [*expected, "value"]:
        said = ",".join([*expected, "value"])
        raise rates.wrong(name, f"列应为 {said}", f"should have columns {said}").at(f"rates/{name}.csv", 1)
    table = RateTable(
        name=name,
        title=item.text("title"),
        unit=_one_of(item, "unit", _UNITS),
        unit_text=item.text("unit_text"),
        decimals=item.whole("decimals"),
        dimensions=dimensions,
        columns=tuple(rows[0]),
        # The same few ages, sexes and plans stand in thousands of rows: one text each.
        rows=tuple(tuple(map(intern, map(str, row))) for row in rows[1:]),
        monotone=_monotone(item, dimensions),
    )
    fall = first_fall(table)
    if fall is not None:
        raise rates.wrong(name, fall.zh, fall.en).at(f"rates/{name}.csv", fall.line)
    return table


def _dimension(item: Node) -> Dimension:
    dimension = Dimension(item.word("input"), item.bool_or("band", False), item.bool_or("interpolate", False))
    if dimension.band and dimension.interpolate:
        item.tell("interpolate", "不能与 band 同用", "does not go with band")
    return dimension


def _monotone(item: Node, dimensions: tuple[Dimension, ...]) -> dict[str, str]:
    """`{input: up | down}` as declared of the table."""
    declared = item.string_map("monotone")
    known = [dimension.input for dimension in dimensions]
    for code, direction in declared.items():
        if code not in known:
            item.tell(f"monotone.{code}", f"应为 {'、'.join(known)}", f"should be one of {', '.join(known)}")
        elif direction not in DIRECTIONS:
            item.tell(f"monotone.{code}", "应为 up 或 down", "should be up or down")
    return {code: way for code, way in declared.items() if code in known and way in DIRECTIONS}


def formula(node: Node) -> Formula:
    return Formula(
        steps=_steps(node),
        instalments=tuple(_plan(item) for item in node.nodes("instalments")),
        path_until_age=node.whole("path_until_age") if node.has("path_until_age") else None,
        figures=tuple(
            Figure(item.word("name"), item.text("label"), _steps(item)) for item in node.nodes_or_none("figures")
        ),
        family=_family(node.node("family")) if node.has("family") else None,
    )


def _steps(node: Node) -> tuple[FormulaStep, ...]:
    return tuple(_step(item) for item in node.nodes("steps"))


def _step(item: Node) -> FormulaStep:
    op = _one_of(item, "op", tuple(_FIELDS))
    allowed = _FIELDS.get(op, ())
    for name in item.names():
        if op and name not in (*_COMMON, *allowed):
            item.tell(name, f"{op} 没有这一项", f"does not belong to {op}")
    operands = [name for name in _OPERANDS if name in allowed]
    given = [name for name in operands if item.has(name)]
    if operands and len(given) != 1:
        said = "、".join(operands)
        item.tell(op, f"应恰好写一项：{said}", f"needs exactly one of {', '.join(operands)}")
    step = FormulaStep(
        op=op,
        label=item.text("label"),
        table=item.str_or("table", ""),
        input=item.word("input") if op == "scale" else "",
        per=item.int_or("per", 1),
        multiple_fen=item.int_or("multiple_fen", 1),
        figure=item.str_or("figure", ""),
        fen=item.whole("fen") if item.has("fen") else None,
        bp=item.whole("bp") if item.has("bp") else None,
        mode=_one_of(item, "mode", _MODES) if item.has("mode") else "half_up",
        when=item.conditions("when"),
    )
    if step.per < 1:
        item.tell("per", "除数应为正整数", "divides, so it must be positive")
    if step.multiple_fen < 1:
        item.tell("multiple_fen", "应为正整数", "must be positive")
    return step


def _plan(item: Node) -> InstalmentPlan:
    return InstalmentPlan(
        code=item.word("code"),
        name=item.text("name"),
        count=item.int_or("count", 0),
        whole_premium=item.bool_or("whole_premium", False),
        count_input=item.str_or("count_input", ""),
        counts=item.int_map("counts"),
        factor_bp=item.int_or("factor_bp", 0),
        a_year=item.int_or("a_year", 1),
    )


def _family(node: Node) -> Family:
    return Family(node.word("size_input"), node.whole("most"))


def _one_of(item: Node, key: str, allowed: tuple[str, ...]) -> str:
    """The word, or nothing when the fault was told."""
    word = item.word(key)
    if word and word not in allowed:
        item.tell(key, f"应为 {'、'.join(allowed)}", f"should be one of {', '.join(allowed)}")
        return ""
    return word

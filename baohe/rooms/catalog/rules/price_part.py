"""The price part of a package: inputs, rate tables, formula."""

from __future__ import annotations

from baohe.rooms.catalog.contracts import (
    Dimension,
    Formula,
    FormulaStep,
    InstalmentPlan,
    RateTable,
    RatingInput,
)
from baohe.rooms.catalog.rules.reading import Node

_KINDS = ("age", "amount", "choice")
_SOURCES = ("person", "customer", "order")
_OPS = ("lookup", "add", "factor", "scale", "round")
_GENETIC = ("gene", "genetic", "dna")


def rating_inputs(node: Node) -> tuple[RatingInput, ...]:
    return tuple(_input(item) for item in node.nodes("inputs"))


def _input(item: Node) -> RatingInput:
    kind, source, code = item.word("kind"), item.word("source"), item.word("code")
    if kind not in _KINDS:
        raise item.wrong("kind", f"应为 {'、'.join(_KINDS)}", f"should be one of {', '.join(_KINDS)}")
    if source not in _SOURCES:
        raise item.wrong("source", f"应为 {'、'.join(_SOURCES)}", f"should be one of {', '.join(_SOURCES)}")
    if any(part in _GENETIC for part in code.split("_")):
        raise item.wrong("code", "不得使用遗传信息定价", "genetic data may not be used in pricing", "DATA-8")
    ranged = kind != "choice"
    return RatingInput(
        code=code,
        name=item.text("name"),
        kind=kind,
        source=source,
        default=item.word("default"),
        choices=() if ranged else item.choices("choices"),
        minimum=item.whole("minimum") if ranged else None,
        maximum=item.whole("maximum") if ranged else None,
    )


def rate_tables(node: Node, rates: Node) -> tuple[RateTable, ...]:
    return tuple(_table(item, rates) for item in node.nodes("tables"))


def _table(item: Node, rates: Node) -> RateTable:
    name = item.word("name")
    rows = rates.strings_table(name)
    dimensions = tuple(Dimension(d.word("input"), d.bool_or("band", False)) for d in item.nodes("dimensions"))
    expected: list[str] = []
    for dimension in dimensions:
        code = dimension.input
        expected += [f"{code}_from", f"{code}_to"] if dimension.band else [code]
    if list(rows[0]) != [*expected, "value"]:
        raise rates.wrong(
            name, f"列应为 {','.join([*expected, 'value'])}", f"should have columns {','.join([*expected, 'value'])}"
        )
    if item.word("unit") not in ("yuan", "bp"):
        raise item.wrong("unit", "应为 yuan 或 bp", "should be yuan or bp")
    return RateTable(
        name=name,
        title=item.text("title"),
        unit=item.word("unit"),
        unit_text=item.text("unit_text"),
        decimals=item.whole("decimals"),
        dimensions=dimensions,
        columns=tuple(rows[0]),
        rows=tuple(tuple(row) for row in rows[1:]),
    )


def formula(node: Node) -> Formula:
    return Formula(
        steps=tuple(_step(item) for item in node.nodes("steps")),
        instalments=tuple(_plan(item) for item in node.nodes("instalments")),
        path_until_age=node.whole("path_until_age") if node.has("path_until_age") else None,
    )


def _step(item: Node) -> FormulaStep:
    op = item.word("op")
    if op not in _OPS:
        raise item.wrong("op", f"应为 {'、'.join(_OPS)}", f"should be one of {', '.join(_OPS)}")
    return FormulaStep(
        op=op,
        label=item.text("label"),
        table=item.word("table") if op in ("lookup", "add", "factor") else "",
        input=item.word("input") if op == "scale" else "",
        per=item.int_or("per", 1),
        multiple_fen=item.int_or("multiple_fen", 1),
    )


def _plan(item: Node) -> InstalmentPlan:
    return InstalmentPlan(
        code=item.word("code"),
        name=item.text("name"),
        count=item.int_or("count", 0),
        whole_premium=item.bool_or("whole_premium", False),
        count_input=item.str_or("count_input", ""),
        counts=item.int_map("counts"),
    )

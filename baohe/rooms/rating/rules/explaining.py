"""Why this price, in words: each step with its figure and the table cell it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.kernel.decisions import Text
from baohe.kernel.money import yuan
from baohe.rooms.catalog.contracts import Inputs
from baohe.rooms.rating.contracts import PriceStep
from baohe.rooms.rating.rules.tables import CompiledTable
from baohe.rooms.rating.rules.tariff import Tariff
from baohe.rooms.rating.rules.walking import Move, place_of


def explain(tariff: Tariff, inputs: Inputs, numbers: Mapping[str, int]) -> tuple[PriceStep, ...]:
    """The steps of the formula as a customer reads them. The last one is the premium."""
    return tuple(_step(tariff, inputs, numbers, value, move) for value, move in tariff.steps(numbers))


def _step(tariff: Tariff, inputs: Inputs, numbers: Mapping[str, int], value: int, move: Move) -> PriceStep:
    step = move.step
    if step.op == "round":
        amount = f"¥{yuan(value)}"
        return PriceStep(step.label, amount, Text(f"全部步骤算完后取整：{amount}", f"rounded once: {amount}"))
    if step.op == "scale":
        return _scale(tariff, inputs, numbers, move)
    figure = _figure(move.cells, numbers, step.op)
    return PriceStep(step.label, figure, _source(tariff, move.cells, inputs, numbers, figure))


def _scale(tariff: Tariff, inputs: Inputs, numbers: Mapping[str, int], move: Move) -> PriceStep:
    item = tariff.version.rating_input(move.step.input)
    assert item is not None  # compile_tariff has looked it up
    number = numbers[item.code]
    times = move.scale_by[number] if move.scale_by else number
    whole, rest = divmod(times, move.step.per)
    said = item.label_of(inputs[item.code])
    unit = f"{move.step.per:,}"
    return PriceStep(
        move.step.label,
        f"× {whole:,}" if not rest else f"× {times:,} ÷ {unit}",
        Text(f"{item.name.zh} {said.zh}，每 {unit} 一份", f"{item.name.en} {said.en}, in units of {unit}"),
    )


def _figure(table: CompiledTable, numbers: Mapping[str, int], op: str) -> str:
    cell = table.plain_cells[place_of(table, numbers)]
    if op == "factor":
        whole, rest = divmod(cell, 100 * table.scale)
        return f"× {whole}.{rest:02d}%" if rest else f"× {whole}%"
    amount, finer = divmod(cell, table.scale)
    digits = len(str(table.scale)) - 1
    text = f"¥{yuan(amount)}" + (f"{finer:0{digits}d}" if digits else "")
    return f"+ {text}" if op == "add" else text


def _source(tariff: Tariff, table: CompiledTable, inputs: Inputs, numbers: Mapping[str, int], figure: str) -> Text:
    zh, en = [], []
    for axis in table.axes:
        item = tariff.version.rating_input(axis.input)
        assert item is not None  # compile_table has looked it up
        said = item.label_of(inputs[axis.input])
        band = axis.words(axis.position(numbers[axis.input]))
        named = item.kind == "amount"
        filed = f"（{band} 档）" if axis.starts and band != inputs[axis.input] else ""
        filed_en = f" (band {band})" if filed else ""
        zh.append(f"{item.name.zh if named else ''}{said.zh}{filed}")
        en.append(f"{item.name.en + ' ' if named else ''}{said.en}{filed_en}")
    version, title = tariff.version.version, table.table.title
    return Text(
        f"{version} 版《{title.zh}》，{'、'.join(zh)}：{figure}",
        f"{title.en}, version {version}, {', '.join(en)}: {figure}",
    )

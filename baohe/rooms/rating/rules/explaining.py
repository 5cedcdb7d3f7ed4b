"""Why this price, in words: each step with its figure and the table cell or constant it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from baohe.kernel.decisions import Text
from baohe.kernel.money import BASIS, yuan
from baohe.rooms.catalog.contracts import Inputs
from baohe.rooms.rating.contracts import PriceStep
from baohe.rooms.rating.rules.tables import SHARES, CompiledTable
from baohe.rooms.rating.rules.tariff import Tariff
from baohe.rooms.rating.rules.walking import Move, place_of

_MODES = {
    "half_up": Text("四舍五入", "rounded half up"),
    "up": Text("向上取整", "rounded up"),
    "down": Text("向下取整", "rounded down"),
}


def explain(tariff: Tariff, inputs: Inputs, numbers: Mapping[str, int]) -> tuple[PriceStep, ...]:
    """The steps taken, as a customer reads them; those of a figure before the step that adds it, under its name.
    The last one is the premium."""
    told = []
    figure, over = 0, 1
    for value, move in tariff.steps(numbers):
        after = 1 if move.step.op == "round" else move.denominator
        told.append(_Teller(tariff, inputs, numbers, move).step(value, value * over != figure * after))
        figure, over = value, after
    return tuple(told)


class _Teller:
    """Says one step of one person's price."""

    def __init__(self, tariff: Tariff, inputs: Inputs, numbers: Mapping[str, int], move: Move) -> None:
        self._tariff, self._inputs, self._numbers, self._move = tariff, inputs, numbers, move

    def step(self, value: int, changed: bool) -> PriceStep:
        """`value` is the running numerator after the step; `changed`: it is another figure than before."""
        move = self._move
        if move.step.op == "round":
            figure, source = self._rounded(value)
        elif move.step.op == "scale":
            figure, source = self._scaled()
        elif move.step.op in ("at_least", "at_most"):
            figure, source = self._bounded(changed)
        else:
            figure, source = self._operand()
        label = move.step.label
        if move.part is not None:
            label = Text(f"{move.part.zh}：{label.zh}", f"{move.part.en}: {label.en}")
        return PriceStep(label, figure, source)

    def _rounded(self, value: int) -> tuple[str, Text]:
        amount, step = f"¥{yuan(value)}", self._move.step
        mode, to = _MODES[step.mode], f"¥{yuan(step.multiple_fen)}"
        return amount, Text(f"{mode.zh}到 {to} 的整数倍：{amount}", f"{mode.en} to a multiple of {to}: {amount}")

    def _scaled(self) -> tuple[str, Text]:
        step = self._move.step
        item = self._tariff.version.rating_input(step.input)
        assert item is not None  # the compiler has looked it up
        given = self._inputs[item.code]
        times = int(given)
        whole, rest = divmod(times, step.per)
        said, unit = item.label_of(given), f"{step.per:,}"
        return (
            f"× {whole:,}" if not rest else f"× {times:,} ÷ {unit}",
            Text(f"{item.name.zh} {said.zh}，每 {unit} 一份", f"{item.name.en} {said.en}, in units of {unit}"),
        )

    def _bounded(self, changed: bool) -> tuple[str, Text]:
        least = self._move.step.op == "at_least"
        figure, source = self._bound()
        if changed:
            moved = (
                Text(f"算得的不足，按最低 {figure}", f"less than the minimum, so {figure}")
                if least
                else Text(f"算得的超出，按最高 {figure}", f"more than the maximum, so {figure}")
            )
        elif least:
            moved = Text(f"已不低于最低 {figure}", f"not below the minimum of {figure}")
        else:
            moved = Text(f"未超过最高 {figure}", f"not above the maximum of {figure}")
        if source is not None:
            moved = Text(f"{moved.zh}；{source.zh}", f"{moved.en}; {source.en}")
        return f"{'≥' if least else '≤'} {figure}", moved

    def _bound(self) -> tuple[str, Text | None]:
        table = self._move.table
        if table is None:
            return f"¥{yuan(self._move.step.fen or 0)}", None
        figure = _money(table, self._cell(table))
        return figure, self._source(table, figure)

    def _operand(self) -> tuple[str, Text]:
        """lookup, add, factor, divide."""
        move, step = self._move, self._move.step
        sign = {"add": "+ ", "factor": "× ", "divide": "÷ "}.get(step.op, "")
        if move.table is not None:
            figure = sign + _said(move.table, self._cell(move.table), step.op)
            return figure, self._source(move.table, figure)
        if step.figure:
            amount = f"+ ¥{yuan(self._figure())}"
            return amount, Text(f"上面算出的一项：{amount}", f"the part worked out above: {amount}")
        if step.op == "factor":
            figure = f"× {_percent(Decimal(step.bp or 0) / BASIS)}"
            return figure, Text(f"固定系数：{figure}", f"a fixed factor: {figure}")
        figure = f"+ ¥{yuan(step.fen or 0)}"
        return figure, Text(f"固定金额：{figure}", f"a fixed amount: {figure}")

    def _figure(self) -> int:
        return self._tariff.figure_of(self._move, self._numbers)

    def _cell(self, table: CompiledTable) -> int:
        cell: int = table.plain_cells[place_of(table, self._numbers)]
        return cell

    def _source(self, table: CompiledTable, figure: str) -> Text:
        zh, en = [], []
        for axis in table.axes:
            item = self._tariff.version.rating_input(axis.input)
            assert item is not None  # the compiler has looked it up
            given = self._inputs[axis.input]
            said = item.label_of(given)
            band = axis.words(axis.position(self._numbers[axis.input]))
            named = item.kind == "amount"
            filed = f"（{band} 档）" if axis.starts and band != given else ""
            filed_en = f" (band {band})" if filed else ""
            zh.append(f"{item.name.zh if named else ''}{said.zh}{filed}")
            en.append(f"{item.name.en + ' ' if named else ''}{said.en}{filed_en}")
        version, title = self._tariff.version.version, table.table.title
        drawn = any(dimension.interpolate for dimension in table.table.dimensions)
        return Text(
            f"{version} 版《{title.zh}》，{'、'.join(zh)}{'（相邻两格之间按直线）' if drawn else ''}：{figure}",
            f"{title.en}, version {version}, {', '.join(en)}{' (on the line between two cells)' if drawn else ''}: "
            f"{figure}",
        )


def _said(table: CompiledTable, cell: int, op: str) -> str:
    if op == "divide":
        return _plain(Decimal(cell) / (table.scale * 100), 2)
    if not table.is_share:
        return _money(table, cell)
    share = Decimal(cell) / table.scale
    return f"{_plain(share, 0)}‰" if table.table.unit == "permille" else _percent(share / SHARES[table.table.unit])


def _money(table: CompiledTable, cell: int) -> str:
    amount, finer = divmod(cell, table.scale)
    digits = len(str(table.scale)) - 1
    return f"¥{yuan(amount)}" + (f"{finer:0{digits}d}" if digits else "")


def _percent(share: Decimal) -> str:
    """`1.055` → "105.50%"; `1.06` → "106%"."""
    times = share * 100
    return f"{_plain(times, 0 if times == times.to_integral_value() else 2)}%"


def _plain(number: Decimal, least: int) -> str:
    """Without an exponent, and with `least` decimals at least."""
    text = f"{number.normalize():f}"
    whole, _, part = text.partition(".")
    part = part.ljust(least, "0")
    return f"{whole}.{part}" if part else whole

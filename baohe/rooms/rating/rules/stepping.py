"""One formula step → one move, and what it makes of the running figure: its denominator, bound and kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd, lcm

from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import FormulaStep
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.rules.parts import Parts, Running
from baohe.rooms.rating.rules.tables import SHARES, CompiledTable
from baohe.rooms.rating.rules.walking import Move

LIMIT = 2**62
"""Every product the compiled steps can form stays below this, so 64 bits are exact with room for a sign."""
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class StepCompiler:
    parts: Parts
    step: FormulaStep
    place: str

    def compiled(self, running: Running) -> tuple[Running, Move]:
        made = {
            "lookup": self._lookup,
            "add": self._joined,
            "at_least": self._joined,
            "at_most": self._joined,
            "factor": self._factor,
            "scale": self._scale,
            "divide": self._divide,
            "round": self._round,
        }
        return made[self.step.op](running)

    def _broken(self, zh: str, en: str, key: str = "") -> TariffBroken:
        return self.parts.broken(f"{self.place}.{key}" if key else self.place, zh, en)

    def _when(self) -> tuple[tuple[str, frozenset[int]], ...]:
        conditions = []
        for code, values in self.step.when.items():
            key = f"when.{code}"
            item = self.parts.input(code, f"{self.place}.{key}")
            offered = [choice.value for choice in item.choices]
            if item.kind != "choice":
                raise self._broken("只有选择项可作条件", "must be a choice to decide over a step", key)
            for value in values:
                if value not in offered:
                    raise self._broken(
                        f"没有选项 {value}，可写 {'、'.join(offered)}",
                        f"no choice {value}; use {', '.join(offered)}",
                        key,
                    )
            conditions.append((code, frozenset(offered.index(value) for value in values)))
        return tuple(conditions)

    def _table(self) -> CompiledTable:
        return self.parts.table(self.step.table, self.place)

    def _lookup(self, running: Running) -> tuple[Running, Move]:
        table = self._table()
        denominator, divisor = table.shortened(_over(table))
        largest = int(table.cells.max()) // divisor
        move = Move(self.step, denominator, table, divisor=divisor)
        return Running(denominator, largest, not table.is_share), move

    def _joined(self, running: Running) -> tuple[Running, Move]:
        """add, at_least, at_most: something of the same kind is brought to a common denominator."""
        step, when = self.step, self._when()
        if step.table:
            table = self._table()
            if table.is_share == running.money:
                raise self._broken(
                    "金额不能与比率相加减或比较", "money and a share cannot be added or compared", "table"
                )
            own, divisor = table.shortened(_over(table))
            top = int(table.cells.max()) // divisor
            move = Move(step, 1, table, when=when, divisor=divisor)
        elif step.figure:
            own, (figure, top) = 1, self._figure()
            move = Move(step, 1, figure=figure, when=when)
        else:
            if step.fen is None or not 0 <= step.fen < 10**_DIGITS:
                raise self._broken("应为不小于 0 的分", "must be fen, not below zero", "fen")
            own, top = 1, step.fen
            move = Move(step, 1, when=when)
        if not running.money and not step.table:
            raise self._broken("还没有成为金额，先 scale", "is not money yet: scale first")
        denominator = lcm(running.denominator, own)
        lift, times = denominator // running.denominator, denominator // own
        largest, top = running.largest * lift, top * times
        if 2 * max(largest, top) >= LIMIT:
            # A cap would hide from the check after this step what is multiplied before it.
            raise self._broken("数字太大，无法精确相乘", "figures are too large to multiply exactly")
        move = replace(
            move, denominator=denominator, lift=lift, idle=lift, times=times, amount=(step.fen or 0) * denominator
        )
        if step.op == "add":
            largest += top
        elif step.op == "at_least":
            largest = max(largest, top)
        elif not when:
            largest = min(largest, top)
        return replace(running, denominator=denominator, largest=largest), move

    def _figure(self) -> tuple[tuple[Move, ...], int]:
        known = self.parts.figures
        if self.step.figure in known:
            return known[self.step.figure]
        named = [figure.name for figure in self.parts.version.formula.figures]
        if self.step.figure in named:
            raise self._broken(
                f"{self.step.figure} 还没有算出：只能用写在前面的，不能用自己",
                f"{self.step.figure} is not worked out yet: only figures defined before may be used, never itself",
                "figure",
            )
        raise self._broken(f"没有 figure {self.step.figure}", f"there is no figure {self.step.figure}", "figure")

    def _factor(self, running: Running) -> tuple[Running, Move]:
        when = self._when()
        if self.step.table:
            table = self._table()
            if not table.is_share:
                raise self._broken(
                    "系数表的单位应为 bp、permille 或 percent", "needs a table in bp, permille or percent", "table"
                )
            whole, divisor = table.shortened(table.scale * SHARES[table.table.unit])
            top = int(table.cells.max()) // divisor
            move = Move(self.step, 1, table, when=when, divisor=divisor, idle=whole)
        else:
            bp = self.step.bp or 0
            if not 0 < bp < 10**_DIGITS:
                raise self._broken("应为大于 0 的万分数", "must be basis points above zero", "bp")
            whole, top = BASIS // gcd(bp, BASIS), bp // gcd(bp, BASIS)
            move = Move(self.step, 1, when=when, amount=top, idle=whole)
        denominator = running.denominator * whole
        largest = running.largest * (max(top, whole) if when else top)
        return replace(running, denominator=denominator, largest=largest), replace(move, denominator=denominator)

    def _scale(self, running: Running) -> tuple[Running, Move]:
        item = self.parts.input(self.step.input, f"{self.place}.input")
        texts = [choice.value for choice in item.choices]
        for text in texts:
            if not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
                raise self._broken(f"选项 {text} 不是数字", f"choice {text} is not a number", "input")
        numbers = tuple(int(text) for text in texts)
        common = gcd(self.step.per, *numbers)
        multipliers = tuple(number // common for number in numbers)
        per = self.step.per // common if multipliers else self.step.per
        denominator = running.denominator * per
        largest = running.largest * (max(multipliers) if multipliers else item.maximum or 1)
        move = Move(self.step, denominator, multipliers=multipliers)
        return replace(running, denominator=denominator, largest=largest, money=True), move

    def _divide(self, running: Running) -> tuple[Running, Move]:
        table = self._table()
        if table.table.unit != "yuan":
            raise self._broken("除数表的单位应为 yuan", "needs a table in yuan", "table")
        if not table.sold.all():
            line = next(i for i, row in enumerate(table.table.rows, start=2) if not row[-1].strip("0."))
            raise self._broken(
                f"除以 0：{table.table.name} 第 {line} 行", f"divides by zero: {table.table.name}, line {line}", "table"
            )
        lift, divisor = table.shortened(table.scale * 100)
        most, least = int(table.cells.max()) // divisor, int(table.sold.min()) // divisor
        after = replace(running, largest=running.largest * lift, over_least=least, over_most=most)
        return after, Move(self.step, running.denominator, table, divisor=divisor, lift=lift)

    def _round(self, running: Running) -> tuple[Running, Move]:
        if not running.money:
            raise self._broken("还没有成为金额，先 scale", "is not money yet: scale first")
        largest = running.largest // (running.denominator * running.over_least) + self.step.multiple_fen
        # What the rounding itself multiplies is measured before it: twice the numerator and one divisor.
        bulk = 2 * running.largest + 2 * running.denominator * running.over_most * self.step.multiple_fen
        if bulk >= LIMIT:
            raise self._broken("数字太大，无法精确取整", "figures are too large to round exactly")
        return Running(1, largest), Move(self.step, running.denominator)


def _over(table: CompiledTable) -> int:
    """What the integers of a table stand over: one fen, or (of a share) one fen a yuan, which is one percent."""
    return table.scale * SHARES[table.table.unit] // 100 if table.is_share else table.scale

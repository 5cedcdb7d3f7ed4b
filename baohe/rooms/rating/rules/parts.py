"""What the steps of a formula may name, and what is known of a running figure while they are compiled."""

from __future__ import annotations

from dataclasses import dataclass, field

from baohe.rooms.catalog.contracts import ProductVersion, RatingInput
from baohe.rooms.rating.errors import TariffBroken
from baohe.rooms.rating.rules.tables import CompiledTable, compile_table
from baohe.rooms.rating.rules.walking import Move


@dataclass(slots=True)
class Parts:
    """What steps may name: tables (compiled when first named) and the figures worked out so far, with their largest
    value in fen."""

    version: ProductVersion
    tables: dict[str, CompiledTable] = field(default_factory=dict)
    figures: dict[str, tuple[tuple[Move, ...], int]] = field(default_factory=dict)

    def table(self, name: str, place: str) -> CompiledTable:
        if name not in self.tables:
            filed = self.version.table(name)
            if filed is None:
                raise self.broken(f"{place}.table", f"没有费率表 {name}", f"there is no table {name}")
            self.tables[name] = compile_table(self.version, filed)
        return self.tables[name]

    def input(self, code: str, place: str) -> RatingInput:
        item = self.version.rating_input(code)
        if item is None:
            raise self.broken(place, f"没有投保项 {code}", f"there is no input {code}")
        return item

    def broken(self, place: str, zh: str, en: str) -> TariffBroken:
        return TariffBroken(version=self.version.id, file="formula.yaml", field=place, reason_zh=zh, reason_en=en)


@dataclass(frozen=True, slots=True)
class Running:
    """The figure so far: `largest` ÷ `denominator` at most, further divided by a cell between `over_least` and
    `over_most` after a divide. `money`: fen, and no longer a share."""

    denominator: int = 1
    largest: int = 0
    money: bool = True
    over_least: int = 1
    over_most: int = 1

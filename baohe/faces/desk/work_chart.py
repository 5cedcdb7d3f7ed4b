"""Open claims by handler and age, as plain numbers for an SVG of bars; the table behind it says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baohe.rooms.claims.contracts import HandlerLoad

WIDTH, ROW, NAMES = 720, 36, 120
_RIGHT = 56


@dataclass(frozen=True, slots=True)
class Part:
    """The claims of one age band; `band` counts from the youngest."""

    band: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    count: int
    y: int
    parts: tuple[Part, ...]
    end: float

    @property
    def middle(self) -> int:
        return self.y + 22


@dataclass(frozen=True, slots=True)
class WorkChart:
    width: int
    height: int
    bars: tuple[Bar, ...]


def draw(loads: Sequence[HandlerLoad]) -> WorkChart:
    most = max((load.open for load in loads), default=0) or 1
    scale = (WIDTH - NAMES - _RIGHT) / most
    bars = tuple(_bar(load, number * ROW, scale) for number, load in enumerate(loads))
    return WorkChart(WIDTH, max(len(loads), 1) * ROW + 8, bars)


def _bar(load: HandlerLoad, y: int, scale: float) -> Bar:
    parts, x = [], float(NAMES)
    for band, count in enumerate(load.ages):
        if count:
            parts.append(Part(band, round(x, 1), round(count * scale, 1)))
            x += count * scale
    return Bar(load.name or "还没有人", load.open, y, tuple(parts), round(x + 8, 1))

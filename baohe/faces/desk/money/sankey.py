"""The money-flow picture as plain numbers for an SVG: bands between two columns, no library, no style attribute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baohe.rooms.ledger.contracts import MoneyFlow

WIDTH, TOP, BAR, GAP = 960, 12, 14, 16
_LEFT, _RIGHT = 220, WIDTH - 220
_FILL = 420
_LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    amount_fen: int
    x: float
    y: float
    height: float
    label_x: float
    anchor: str

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True, slots=True)
class Band:
    """A flow: an area between a bar on the left and one on the right. `tone` is one of four, by its source."""

    path: str
    tone: int
    title: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]


def draw(flows: Sequence[MoneyFlow], names: Mapping[str, str]) -> Picture:
    """Sources on the left, targets on the right, each as high as its money; the order is by size. Kinds of entry
    between the same two families are one band."""
    merged: dict[tuple[str, str], int] = defaultdict(int)
    for flow in flows:
        merged[(flow.source, flow.target)] += flow.amount_fen
    sources, targets = _totals(merged, 0), _totals(merged, 1)
    most = max(sum(sources.values()), 1)
    left, right = _bars(sources, names, _LEFT, most), _bars(targets, names, _RIGHT, most)
    bands = _bands(merged, left, right, names, most)
    height = max((bar.y + bar.height for bar in (*left.values(), *right.values())), default=0.0) + TOP
    return Picture(WIDTH, round(height), (*left.values(), *right.values()), tuple(bands))


def _totals(merged: Mapping[tuple[str, str], int], side: int) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for ends, fen in merged.items():
        sums[ends[side]] += fen
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def _bars(sums: Mapping[str, int], names: Mapping[str, str], x: float, most: int) -> dict[str, Bar]:
    bars: dict[str, Bar] = {}
    y = float(TOP)
    on_left = x == _LEFT
    for name, fen in sums.items():
        height = max(_FILL * fen / most, _LEAST)
        label_x = x - 10 if on_left else x + BAR + 10
        anchor = "end" if on_left else "start"
        bars[name] = Bar(names.get(name, name), fen, x, round(y, 1), round(height, 1), label_x, anchor)
        y += max(height, 22.0) + GAP
    return bars


def _bands(
    merged: Mapping[tuple[str, str], int],
    left: Mapping[str, Bar],
    right: Mapping[str, Bar],
    names: Mapping[str, str],
    most: int,
) -> list[Band]:
    used_left: dict[str, float] = defaultdict(float)
    used_right: dict[str, float] = defaultdict(float)
    tones = {name: number % 4 for number, name in enumerate(left)}
    bands = []
    for (source, target), fen in sorted(merged.items(), key=lambda item: -item[1]):
        thick = max(_FILL * fen / most, 1.0)
        y0, y1 = left[source].y + used_left[source], right[target].y + used_right[target]
        used_left[source] += thick
        used_right[target] += thick
        title = f"{names.get(source, source)} → {names.get(target, target)}"
        bands.append(Band(_area(y0, y1, thick), tones[source], title, fen))
    return bands


def _area(y0: float, y1: float, thick: float) -> str:
    start, end = _LEFT + BAR, _RIGHT
    bend = (start + end) / 2
    return (
        f"M{start} {y0:.1f}C{bend} {y0:.1f} {bend} {y1:.1f} {end} {y1:.1f}V{y1 + thick:.1f}"
        f"C{bend} {y1 + thick:.1f} {bend} {y0 + thick:.1f} {start} {y0 + thick:.1f}Z"
    )

"""When deferred commission will be earned, as plain numbers for an SVG of bars: by month, or by year when it is far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baohe.rooms.commission.contracts import MonthDue

WIDTH, HEIGHT = 960, 240
_BASE, _TOP, _WIDEST = 204, 24, 56
_MOST_BARS = 24


@dataclass(frozen=True, slots=True)
class DueBar:
    """`own_*` is the platform's own part at the bottom, the producers' stands on it."""

    label: str
    platform_fen: int
    producer_fen: int
    x: float
    width: float
    y: float
    height: float
    own_y: float
    own_height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def above(self) -> float:
        return round(self.y - 6, 1)


@dataclass(frozen=True, slots=True)
class DueChart:
    width: int
    height: int
    base: int
    bars: tuple[DueBar, ...]


def draw(months: Sequence[MonthDue]) -> DueChart:
    sums: dict[str, tuple[int, int]] = {}
    by_year = len({(one.month.year, one.month.month) for one in months}) > _MOST_BARS
    for one in months:
        label = f"{one.month.year}" if by_year else f"{one.month:%Y-%m}"
        platform, producer = sums.get(label, (0, 0))
        sums[label] = (platform + one.platform_fen, producer + one.producer_fen)
    most = max((platform for platform, _ in sums.values()), default=0) or 1
    step = WIDTH / max(len(sums), 1)
    width = min(step * 0.6, _WIDEST)
    bars = []
    for number, (label, (platform, producer)) in enumerate(sums.items()):
        height = max((_BASE - _TOP) * platform / most, 1.0)
        own = height * (platform - producer) / platform if platform else 0.0
        bars.append(
            DueBar(
                label,
                platform,
                producer,
                round(step * number + (step - width) / 2, 1),
                round(width, 1),
                round(_BASE - height, 1),
                round(height, 1),
                round(_BASE - own, 1),
                round(own, 1),
            )
        )
    return DueChart(WIDTH, HEIGHT, _BASE, tuple(bars))

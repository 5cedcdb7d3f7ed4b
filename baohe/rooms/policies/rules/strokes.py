"""Is a drawing a signature at all? Not whose: that is for an expert to say.

Points are 0 … 10,000 of the pad's width and of its height; the pad is about twice as wide as high.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

MIN_POINTS = 8
MIN_SPAN = 800
"""In 1/10,000 of the pad's width: a tap or a dot is not a name."""
MIN_INK = 2_000
"""The length drawn altogether, in the same measure."""
MIN_BREADTH = 0.04
"""The drawing across its own longest line, as a share of that line: less is one straight line."""

Strokes = Sequence[Sequence[Mapping[str, int]]]


def why_unreadable(strokes: Strokes) -> str | None:
    """`blank`, `dot` (a tap, or taps on one place), `small` or `line` (one straight line); None for a signature."""
    points = [_on_the_pad(point) for stroke in strokes for point in stroke]
    if not points:
        return "blank"
    span = math.hypot(*(max(axis) - min(axis) for axis in zip(*points, strict=True)))
    if len(points) < MIN_POINTS or span < MIN_SPAN / 4:
        return "dot"
    if span < MIN_SPAN or _ink(strokes) < MIN_INK:
        return "small"
    return "line" if _breadth(points) < MIN_BREADTH * span else None


def readable(strokes: Strokes) -> bool:
    return why_unreadable(strokes) is None


def _on_the_pad(point: Mapping[str, int]) -> tuple[float, float]:
    return float(point["x"]), point["y"] / 2


def _ink(strokes: Strokes) -> float:
    total = 0.0
    for stroke in strokes:
        drawn = [_on_the_pad(point) for point in stroke]
        total += sum(math.dist(here, there) for here, there in zip(drawn, drawn[1:], strict=False))
    return total


def _breadth(points: Sequence[tuple[float, float]]) -> float:
    """The width of the strip along the main direction of the points that holds them all."""
    mean_x = math.fsum(x for x, _ in points) / len(points)
    mean_y = math.fsum(y for _, y in points) / len(points)
    away = [(x - mean_x, y - mean_y) for x, y in points]
    xx, yy = math.fsum(x * x for x, _ in away), math.fsum(y * y for _, y in away)
    angle = 0.5 * math.atan2(2 * math.fsum(x * y for x, y in away), xx - yy)
    across = [y * math.cos(angle) - x * math.sin(angle) for x, y in away]
    return max(across) - min(across)

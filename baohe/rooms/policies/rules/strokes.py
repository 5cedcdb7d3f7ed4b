"""Is a drawing a signature at all? Not whose: that is for an expert to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MIN_POINTS = 8
MIN_SPAN = 500
"""In 1/10,000 of the pad: a tap or a dot is not a name."""


def readable(strokes: Sequence[Sequence[Mapping[str, int]]]) -> bool:
    """Enough points, spread over at least 5% of the pad in some direction."""
    points = [point for stroke in strokes for point in stroke]
    if len(points) < MIN_POINTS:
        return False
    across = max(p["x"] for p in points) - min(p["x"] for p in points)
    down = max(p["y"] for p in points) - min(p["y"] for p in points)
    return max(across, down) >= MIN_SPAN

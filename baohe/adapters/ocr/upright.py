"""Which way up a paper lies, and how much its rows slope. Pure but for the trial that the caller gives.

Print is wide: a page whose lines stand tall was turned by a quarter. Which of the two remaining ways is up, only
reading tells; a few lines are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from baohe.adapters.ocr.contracts import Box, Page

_WHOLE = 10_000
_TRIALS = 6
_FEWEST = 3
_STEEPEST = 0.3
"""Rows that slope more are no rows: the picture was taken from a corner, or the print is no page."""

Trial = Callable[[np.ndarray, np.ndarray], bool]
"""Pixels and corners of some lines → whether they stand on their heads."""


def quarter_turn(corners: np.ndarray, pixels: np.ndarray, trial: Trial) -> int:
    """Quarter turns anticlockwise that make the page upright: 0 to 3."""
    sizes = [_size(one) for one in corners]
    tall = sum(h - w for w, h in sizes if h > 1.5 * w) > sum(w - h for w, h in sizes if w > 1.5 * h)
    pixels, corners = turned(pixels, corners, int(tall))
    longest = sorted(range(len(corners)), key=lambda at: -_likeness(*_size(corners[at])))[:_TRIALS]
    return int(tall) + 2 * trial(pixels, corners[longest])


def turned(pixels: np.ndarray, corners: np.ndarray, turn: int) -> tuple[np.ndarray, np.ndarray]:
    """The picture and its lines after `turn` quarter turns anticlockwise, corners again from the top left on."""
    for _ in range(turn):
        width = pixels.shape[1]
        pixels = np.rot90(pixels)
        corners = np.stack([corners[:, :, 1], width - corners[:, :, 0]], axis=2)
    if turn:
        corners = np.roll(corners, -turn if turn != 2 else 2, axis=1)
    return np.ascontiguousarray(pixels), corners.astype(np.float32)


def tilt(lines: Sequence[np.ndarray], sides: tuple[int, int]) -> tuple[float, float]:
    """The slope of rows at the top of the page and its growth towards the bottom, by the longer lines' median."""
    long = [(one, *_size(one)) for one in lines]
    slopes = [
        (float(one[:, 1].mean()) / sides[1], _slope(one), w)
        for one, w, h in long
        if w > 4 * h and abs(_slope(one)) < _STEEPEST
    ]
    if len(slopes) < _FEWEST:
        return (0.0, 0.0)
    middle = _median([(slope, w) for _, slope, w in slopes])
    near = [(at, slope, w) for at, slope, w in slopes if abs(slope - middle) < 0.05]
    if len(near) < 8:
        return (middle, 0.0)
    growth, start = np.polyfit([at for at, _, _ in near], [slope for _, slope, _ in near], 1, w=[w for *_, w in near])
    if abs(growth) > 0.12:
        return (middle, 0.0)
    return (float(start), float(growth))


def level(corners: Sequence[Sequence[Any]], page: Page) -> Box:
    """A line's box on the levelled page, in 1/10,000 of the longer side."""
    unit = _WHOLE / max(page.sides)
    points = [(float(x) * unit, float(y) * unit) for x, y in corners]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    middle = sum(y for _, y in points) / 4
    straight = [y - page.fall(x, middle) for x, y in points]
    top, bottom = (straight[0] + straight[1]) / 2, (straight[2] + straight[3]) / 2
    if bottom <= top:  # corners in another order than expected
        top, bottom = min(straight), max(straight)
    return round(left), round(top), max(1, round(right - left)), max(1, round(bottom - top))


def _size(corners: np.ndarray) -> tuple[float, float]:
    """Along its own edges: a line that slopes is no higher for it."""
    along, across = corners[1] - corners[0], corners[3] - corners[0]
    return float(np.hypot(*along)), float(np.hypot(*across))


def _likeness(width: float, height: float) -> float:
    """Lines of about ten letters say most for their cost."""
    return min(width / max(height, 1.0), 10.0) * min(height, 40.0)


def _slope(corners: np.ndarray) -> float:
    run = float(corners[1][0] - corners[0][0] + corners[2][0] - corners[3][0])
    return float(corners[1][1] - corners[0][1] + corners[2][1] - corners[3][1]) / run if run > 0 else 1.0


def _median(weighted: list[tuple[float, float]]) -> float:
    weighted.sort()
    half, seen = sum(w for _, w in weighted) / 2, 0.0
    for slope, weight in weighted:
        seen += weight
        if seen >= half:
            return slope
    return 0.0

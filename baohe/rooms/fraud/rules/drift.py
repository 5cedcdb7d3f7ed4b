"""How far a file has moved from what the model was trained on: the population stability index. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from baohe.kernel.decisions import Text

_LEAST_SHARE = 1e-4
"""Stands for a value that one side does not have, which would otherwise be infinitely far."""

MOVED, FAR = 0.10, 0.25
BANDS: tuple[tuple[float, str, Text], ...] = (
    (FAR, "far", Text("变化很大：先查原因，模型不宜再用", "moved far: find out why before using the model")),
    (MOVED, "moved", Text("有变化：看一看是哪些值", "moved: look which values did")),
    (0.0, "steady", Text("平稳", "steady")),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """`name` is a feature or "score"; `band` is steady, moved or far."""

    name: str
    index: float
    band: str
    text: Text


def stability_index(expected: Mapping[str, float], actual: Mapping[str, float]) -> float:
    """Σ (actual − expected) · ln(actual / expected) over the shares of all values of either side."""
    total = 0.0
    for value in sorted({*expected, *actual}):
        before = max(expected.get(value, 0.0), _LEAST_SHARE)
        after = max(actual.get(value, 0.0), _LEAST_SHARE)
        total += (after - before) * log(after / before)
    return total


def shares(values: Sequence[str]) -> dict[str, float]:
    counts = Counter(values)
    return {value: count / len(values) for value, count in sorted(counts.items())}


def moved(name: str, expected: Mapping[str, float], actual: Mapping[str, float]) -> Moved:
    return told(name, round(stability_index(expected, actual), 4))


def told(name: str, index: float) -> Moved:
    """An index in its band and words; 0 stands for what rounding took below it."""
    _, band, text = next(one for one in BANDS if max(index, 0.0) >= one[0])
    return Moved(name, index, band, text)

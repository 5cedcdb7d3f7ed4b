"""How often it happens to one group, told apart from chance: Bühlmann–Straub. Pure.

A group's own frequency is pulled toward the whole the more, the fewer its observations and the less the groups differ
beyond chance: `z·own + (1−z)·whole` with `z = n / (n + k)` and `k` = variance within over variance between.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Shrunk:
    """By group: frequency, credibility 0…1, and the 95% interval of the frequency; `whole` is of all together."""

    whole: float
    frequency: Floats
    credibility: Floats
    low: Floats
    high: Floats


def shrink(events: Floats, count: Floats) -> Shrunk:
    """`events` of `count` observations by group, no group empty. Raises `ValueError` where there is nothing."""
    total = float(count.sum())
    if not total or (count <= 0).any():
        raise ValueError("every group needs an observation")
    whole = float(events.sum()) / total
    own = events / count
    between = max(0.0, _between(own, count, whole, total))
    within = whole * (1 - whole)
    credibility = count * between / (count * between + within) if within else np.zeros_like(count)
    frequency = credibility * own + (1 - credibility) * whole
    # of the group's own frequency given what was seen; of the whole where there is no difference between groups
    spread = np.sqrt(between * (1 - credibility) + within / total)
    return Shrunk(
        whole,
        frequency,
        credibility,
        np.clip(frequency - NORMAL_95 * spread, 0, 1),
        np.clip(frequency + NORMAL_95 * spread, 0, 1),
    )


def _between(own: Floats, count: Floats, whole: float, total: float) -> float:
    """The variance between groups, without the part that chance alone makes."""
    share = total - float((count**2).sum()) / total
    if share <= 0:
        return 0.0
    return (float((count * (own - whole) ** 2).sum()) - (len(own) - 1) * whole * (1 - whole)) / share

"""How well scores rank: area under the ROC curve, average precision, and precision among the highest. Pure."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_Numbers = NDArray[np.float64]


def area_under_curve(labels: _Numbers, scores: _Numbers) -> float:
    """The chance that a fraud scores above an honest claim; equal scores count half. NaN without both kinds."""
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    frauds, honest = float(labels.sum()), float((1 - labels).sum())
    if not frauds or not honest:
        return math.nan
    return float((ranks[labels > 0].sum() - frauds * (frauds + 1) / 2) / (frauds * honest))


def average_precision(labels: _Numbers, scores: _Numbers) -> float:
    """Precision averaged over the found frauds; claims of one score are taken together. NaN without a fraud."""
    order = np.argsort(-scores, kind="stable")
    found, taken = np.cumsum(labels[order]), np.arange(1, len(scores) + 1)
    last = np.append(np.diff(scores[order]) != 0, True)
    if not found[-1]:
        return math.nan
    return float((np.diff(found[last], prepend=0) * found[last] / taken[last]).sum() / found[-1])


def precision_at_top(labels: _Numbers, scores: _Numbers, share: float) -> float:
    """Frauds among the highest `share` of the scores, of at least one claim; ties in the file's order."""
    count = max(1, round(len(scores) * share))
    return float(labels[np.argsort(-scores, kind="stable")[:count]].mean())

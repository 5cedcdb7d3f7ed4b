"""`fraud.auc`: of one fraud and one honest claim of the year after, how often the fraud has the higher score (percent).

The reference is a logistic regression of the same split in the same run.
"""

from __future__ import annotations

from baohe.cli.bench import Measure
from bench._vehicle_claims import both


def measure() -> Measure:
    """Percent; 50 is guessing."""
    ours, reference = both()
    return Measure(100 * ours.auc, "%", 100 * reference.auc)

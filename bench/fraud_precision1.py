"""`fraud.precision1`: how many of the highest 1 % of the scores of the year after were frauds (percent).

The reference is a logistic regression of the same split in the same run. The highest 1 % are 52 claims: one more or
less moves the figure by 2 points.
"""

from __future__ import annotations

from baohe.cli.bench import Measure
from bench._vehicle_claims import both


def measure() -> Measure:
    """Percent; the share of fraud among all claims of that year is 5.8 %."""
    ours, reference = both()
    return Measure(100 * ours.precision_at_top, "%", 100 * reference.precision_at_top)

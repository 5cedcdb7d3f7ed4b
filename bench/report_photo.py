"""`report.photo`: the share of values that are read rightly from photographed reports of known truth.

The reference is a person who types without mistakes: 1. Reports of three layouts, taken by hand: turned, grainy, in
uneven light.
"""

from __future__ import annotations

import sys
from pathlib import Path

from baohe.cli.bench import Measure
from baohe.plumbing import clock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.underwriting.sample_report import LAYOUTS, draw_report, measured  # noqa: E402 - beside the program

SEEDS = range(100, 112)


def measure() -> Measure:
    """The share over every value of every report; findings count as one value a report."""
    right = whole = 0
    for layout in LAYOUTS:
        for seed in SEEDS:
            read, there = measured(draw_report(layout, seed, noisy=True), clock.today())
            right, whole = right + read, whole + there
    return Measure(right / whole, "of the values", 1.0)

"""`recording.main_thread`: milliseconds of the page's main thread that the record of one purchase takes on a processor
made four times slower, beside all the script time of the same purchase. Needs the built app and a Chromium.
"""

from __future__ import annotations

from baohe.cli.bench import Measure
from bench import _recorded_sale


def measure() -> Measure:
    cost = _recorded_sale.record_one()
    return Measure(value=cost.recorder_ms, unit="ms", limit=cost.busy_ms)

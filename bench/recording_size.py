"""`recording.size`: kilobytes that the record of one purchase puts on the wire, beside the most it may (60 KB).

Requests with their headers, from the first page of the purchase to the cashier; answers are not counted. Needs the
built app and a Chromium.
"""

from __future__ import annotations

import sys

from baohe.cli.bench import Measure
from bench import _recorded_sale

MOST_KB = 60


def measure() -> Measure:
    cost = _recorded_sale.record_one()
    print(f"recording.size: {cost.wire_bytes} bytes in {cost.parts} parts", file=sys.stderr)
    return Measure(value=cost.wire_bytes / 1000, unit="KB", limit=MOST_KB)

"""`recording.longest.task`: the most milliseconds that the record of a purchase holds the page's main thread in one go,
on a processor made four times slower, beside what a browser calls a long task (50 ms).

Prints every kind of page: the recorder's milliseconds, long tasks and the slowest press with it and without it. Needs
the built app and a Chromium.
"""

from __future__ import annotations

import sys

from baohe.cli.bench import Measure
from bench import _recorded_pages


def measure() -> Measure:
    recorded, still = _recorded_pages.both()
    for kind, page in recorded.pages.items():
        without = still.pages[kind]
        print(
            f"recording.page.{kind}: {page.recorder_ms:.0f} ms, longest {page.longest_ms:.0f} ms; long tasks "
            f"{page.long_tasks} (without {without.long_tasks}); slowest press {page.slowest_press_ms:.0f} ms "
            f"(without {without.slowest_press_ms:.0f})",
            file=sys.stderr,
        )
    longest = max((page.longest_ms for page in recorded.pages.values()), default=0.0)
    return Measure(value=longest, unit="ms", limit=_recorded_pages.LONG_MS)

"""What the room needs from the outside world: somebody who can read a medical report."""

from __future__ import annotations

from datetime import date

from baohe.adapters.ocr.contracts import ReportReading


def read_report(jpeg: bytes, today: date) -> ReportReading:
    """Seconds of work; never inside a transaction. The engine is loaded at the first picture."""
    from baohe.adapters.ocr import engine  # a process that reads no pictures does not load it

    return engine.read_report(jpeg, today)

"""What the room needs from the outside world: somebody who reads a card, and somebody who looks at a face."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from baohe.adapters.liveness.port import Liveness
from baohe.adapters.ocr.contracts import CardReading
from baohe.kernel.decisions import Text


def read_card(jpeg: bytes, side: str, regions: Mapping[str, Text], today: date) -> CardReading:
    """Seconds of work; never inside a transaction. The engine is loaded at the first picture."""
    from baohe.adapters.ocr import id_card  # a process that reads no pictures does not load it

    return id_card.read_card(jpeg, side, regions, today)


def liveness() -> Liveness:
    from baohe.adapters.liveness.client import LivenessClient

    return LivenessClient()

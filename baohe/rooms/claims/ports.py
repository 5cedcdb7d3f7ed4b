"""What the room needs from the outside world: somebody who can read a paper."""

from __future__ import annotations

from datetime import date

from baohe.adapters.ocr.contracts import PaperReading
from baohe.rooms.claims.rules.reading import EXPECTED


def read_paper(jpeg: bytes, today: date, kind: str) -> PaperReading:
    """`kind` is the room's (invoice, bill, record, identity, relation). Seconds of work; never inside a transaction.

    The engine is loaded at the first picture.
    """
    from baohe.adapters.ocr import paper  # a process that reads no pictures does not load it

    return paper.read_paper(jpeg, today, EXPECTED[kind])

"""Does what was made sure of about customers still stand, and was everybody held against the list?"""

from __future__ import annotations

from datetime import timedelta

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.plumbing.vault import SealedDataUnreadable
from baohe.rooms.identification import sealing
from baohe.rooms.identification.contracts import COPY
from baohe.rooms.identification.matching import list_in_use
from baohe.rooms.identification.models import Step

_LOOKED_AT = 100
_SIDES = ("front", "back")
_A_DAY = timedelta(days=1)


def problems() -> list[str]:
    """In sentences: copies of cards that must be kept to their date and are gone or cannot be opened (the newest
    hundred are opened), and a list that the round has not compared with everybody within a day (SALE-15)."""
    copies = Step.objects.filter(kind=COPY, destroyed_at=None).order_by("-at", "-id")[:_LOOKED_AT]
    lost = [
        f"copy of a card {row.id}, {side}: {wrong}" for row in copies for side in _SIDES if (wrong := _wrong(row, side))
    ]
    return [*lost, *_not_compared()]


def _wrong(row: Step, side: str) -> str:
    try:
        sealing.picture(row.id, side)
    except NotFound:
        return "the picture is gone"
    except SealedDataUnreadable:
        return "the picture cannot be opened"
    return ""


def _not_compared() -> list[str]:
    current = list_in_use()
    if current is None or current.screened_at is not None or clock.now() - current.loaded_at < _A_DAY:
        return []
    return [f"screening list {current.version} came a day ago and was not compared with everybody"]

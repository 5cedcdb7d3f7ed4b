"""The only door of the room.

Flows:   hold · follow        (in one transaction)
Round:   due_to_raise · raise_clock · unfinished · known
Desk:    page · counts · kept
Check:   problems
"""

from baohe.rooms.service_clocks.actions.follow import follow, hold
from baohe.rooms.service_clocks.actions.raise_clock import due_to_raise, raise_clock
from baohe.rooms.service_clocks.queries import KEPT_DAYS, counts, kept, known, page, problems, unfinished

__all__ = [
    "KEPT_DAYS",
    "counts",
    "due_to_raise",
    "follow",
    "hold",
    "kept",
    "known",
    "page",
    "problems",
    "raise_clock",
    "unfinished",
]

"""The only door of the room.

Check:       assess · state · is_examined · duplicates · limits_on
Statements:  own_choice · stopped · duplicate · elder_care   (the texts as they read now)
Kept:        keep · erase · kept
Reads:       latest · stated · file_of · advised_to_stop
Check:       problems
"""

from baohe.rooms.suitability.actions.assess import assess
from baohe.rooms.suitability.actions.keep import erase, keep
from baohe.rooms.suitability.actions.state import state
from baohe.rooms.suitability.queries import advised_to_stop, file_of, kept, latest, problems, stated
from baohe.rooms.suitability.rules.checking import check
from baohe.rooms.suitability.rules.covers import duplicates, is_examined
from baohe.rooms.suitability.rules.limits import limits_on
from baohe.rooms.suitability.rules.statements import duplicate, elder_care, own_choice, stopped
from baohe.rooms.suitability.rules.words import EXISTING_WORDS, PURPOSE_WORDS

__all__ = [
    "EXISTING_WORDS",
    "PURPOSE_WORDS",
    "advised_to_stop",
    "assess",
    "check",
    "duplicate",
    "duplicates",
    "elder_care",
    "erase",
    "file_of",
    "is_examined",
    "keep",
    "kept",
    "latest",
    "limits_on",
    "own_choice",
    "problems",
    "state",
    "stated",
    "stopped",
]

"""The only door of the room.

Recording:  current_build · open_recording · read_part · append_part
Sale:       coverage · demanded · close
Desk:       sales · reels · contents · findings · style · note_viewing · viewings
Disputes:   hold · ask_to_lift · lift · hold_of · dispute_of
Help:       ask_help · note_link · end_help · help_over · help_of · help_request · helps
Keeping:    destroy · retention (the daily round)
Reads:      recording · problems
"""

from baohe.rooms.recordings.actions.append import append_part, read_part
from baohe.rooms.recordings.actions.close import close
from baohe.rooms.recordings.actions.destroy import destroy, retention
from baohe.rooms.recordings.actions.help import ask_help, end_help, help_over, note_link
from baohe.rooms.recordings.actions.hold import ask_to_lift, hold, lift
from baohe.rooms.recordings.actions.open import open_recording
from baohe.rooms.recordings.actions.view import note_viewing
from baohe.rooms.recordings.builds import current as current_build
from baohe.rooms.recordings.queries import (
    contents,
    coverage,
    dispute_of,
    findings,
    help_of,
    help_request,
    helps,
    hold_of,
    problems,
    recording,
    reels,
    sales,
    style,
    viewings,
)
from baohe.rooms.recordings.rules.chain import START, link
from baohe.rooms.recordings.rules.demand import demanded
from baohe.rooms.recordings.rules.kinds import KINDS

__all__ = [
    "KINDS",
    "START",
    "append_part",
    "ask_help",
    "ask_to_lift",
    "close",
    "contents",
    "coverage",
    "current_build",
    "demanded",
    "destroy",
    "dispute_of",
    "end_help",
    "findings",
    "help_of",
    "help_over",
    "help_request",
    "helps",
    "hold",
    "hold_of",
    "lift",
    "link",
    "note_link",
    "note_viewing",
    "open_recording",
    "problems",
    "read_part",
    "recording",
    "reels",
    "retention",
    "sales",
    "style",
    "viewings",
]

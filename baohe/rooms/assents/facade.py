"""The only door of the room.

Policyholder:  send · latest · void
Demo:          phone_in_demo
Insured:       look · send_code · open_link · reopen · decide (inside a transaction)
Check:         problems
"""

from baohe.rooms.assents.actions.decide import decide, void
from baohe.rooms.assents.actions.open_link import look, open_link, reopen, send_code
from baohe.rooms.assents.actions.send import send
from baohe.rooms.assents.check import problems
from baohe.rooms.assents.contracts import LinkView, OpenedLink, Question
from baohe.rooms.assents.queries import latest, phone_in_demo

__all__ = [
    "LinkView",
    "OpenedLink",
    "Question",
    "decide",
    "latest",
    "look",
    "open_link",
    "phone_in_demo",
    "problems",
    "reopen",
    "send",
    "send_code",
    "void",
]

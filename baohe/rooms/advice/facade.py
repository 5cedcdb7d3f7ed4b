"""The only door of advice.

Advice:   check · check_visitor · general · beside · beside_general · replay
Choices:  choose · settings · look · looked · forget · CONSENTS
"""

from baohe.rooms.advice.actions.check import beside, beside_general, check, check_visitor, general, replay
from baohe.rooms.advice.actions.choose import choose
from baohe.rooms.advice.actions.look import forget, look
from baohe.rooms.advice.queries import looked, settings
from baohe.rooms.advice.rules.texts import CONSENTS

__all__ = [
    "CONSENTS",
    "beside",
    "beside_general",
    "check",
    "check_visitor",
    "choose",
    "forget",
    "general",
    "look",
    "looked",
    "replay",
    "settings",
]

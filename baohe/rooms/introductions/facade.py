"""The only door of the room.

Agreements:    propose · approve · agreements · agreements_in_force · unapproved
Introductions: record · introduction · introduction_of_link · introductions
Its story:     answer · take · bind · mark · is_bound · open_ids     (for the flow, inside its transaction)
"""

from baohe.rooms.introductions.actions.agree import approve, propose
from baohe.rooms.introductions.actions.introduce import answer, bind, mark, record, take
from baohe.rooms.introductions.errors import AgreementNotInForce, Answered, ConsentMissing, SecondNameNeeded
from baohe.rooms.introductions.queries import (
    agreements,
    agreements_in_force,
    introduction,
    introduction_of_link,
    introductions,
    is_bound,
    open_ids,
    unapproved,
)

__all__ = [
    "AgreementNotInForce",
    "Answered",
    "ConsentMissing",
    "SecondNameNeeded",
    "agreements",
    "agreements_in_force",
    "answer",
    "approve",
    "bind",
    "introduction",
    "introduction_of_link",
    "introductions",
    "is_bound",
    "mark",
    "open_ids",
    "propose",
    "record",
    "take",
    "unapproved",
]

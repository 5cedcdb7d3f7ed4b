"""The only door of the room.

Register:  propose_producer · propose_end · decide_change · open_changes · producers · producer · producer_names
Terms:     propose_schedule · decide_schedule · schedules · cap_of · refuse_over_cap
Sale:      adviser · attribute · adviser_of
Money:     on_premium · on_refund · on_end · hold · release · due_parts · earn   (inside the caller's transaction)
Reads:     accounts · account · calendar · waiting · problems
"""

from baohe.rooms.commission.accounts import account, accounts, calendar, due_parts, problems
from baohe.rooms.commission.actions.attribute import attribute
from baohe.rooms.commission.actions.book import earn, hold, on_end, on_premium, on_refund, release
from baohe.rooms.commission.actions.keep_register import decide_change, propose_end, propose_producer
from baohe.rooms.commission.actions.set_schedule import cap_of, decide_schedule, propose_schedule, refuse_over_cap
from baohe.rooms.commission.errors import AboveFiledCap, ProducerNotRegistered
from baohe.rooms.commission.queries import (
    adviser,
    adviser_of,
    open_changes,
    producer,
    producer_names,
    producers,
    schedules,
    waiting,
)

__all__ = [
    "AboveFiledCap",
    "ProducerNotRegistered",
    "account",
    "accounts",
    "adviser",
    "adviser_of",
    "attribute",
    "calendar",
    "cap_of",
    "decide_change",
    "decide_schedule",
    "due_parts",
    "earn",
    "hold",
    "on_end",
    "on_premium",
    "on_refund",
    "open_changes",
    "problems",
    "producer",
    "producer_names",
    "producers",
    "propose_end",
    "propose_producer",
    "propose_schedule",
    "refuse_over_cap",
    "release",
    "schedules",
    "waiting",
]

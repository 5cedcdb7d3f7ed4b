"""The only door of the room.

A run:   held · bill_of · stage · conclude · current_run · first_day · days_without_run     (flows.reconcile alone)
Later:   numbers_to_recheck · trades_to_recheck · recheck · bill_is_missing · bill_is_due  (flows.reconcile alone)
People:  assign · explain · propose · decide
Reads:   calendar · items · item · history · bookings · waiting · suspense · standing · problems · was_booked
"""

from baohe.adapters.providers.port import BillLine, ProviderNotSetUp
from baohe.adapters.providers.registry import CODES
from baohe.rooms.reconciliation.actions.recheck import (
    bill_is_due,
    bill_is_missing,
    numbers_to_recheck,
    recheck,
    trades_to_recheck,
)
from baohe.rooms.reconciliation.actions.resolve import assign, decide, explain, propose
from baohe.rooms.reconciliation.actions.run import bill_of, conclude, held
from baohe.rooms.reconciliation.actions.staging import stage
from baohe.rooms.reconciliation.errors import NotBilled
from baohe.rooms.reconciliation.queries import (
    bookings,
    calendar,
    current_run,
    days_without_run,
    first_day,
    history,
    item,
    items,
    waiting,
)
from baohe.rooms.reconciliation.rules.differences import NAMES
from baohe.rooms.reconciliation.standing import problems, standing, suspense, was_booked

PROVIDERS = CODES

__all__ = [
    "NAMES",
    "PROVIDERS",
    "BillLine",
    "NotBilled",
    "ProviderNotSetUp",
    "assign",
    "bill_is_due",
    "bill_is_missing",
    "bill_of",
    "bookings",
    "calendar",
    "conclude",
    "current_run",
    "days_without_run",
    "decide",
    "explain",
    "held",
    "history",
    "item",
    "items",
    "first_day",
    "numbers_to_recheck",
    "problems",
    "propose",
    "recheck",
    "stage",
    "standing",
    "suspense",
    "trades_to_recheck",
    "waiting",
    "was_booked",
]

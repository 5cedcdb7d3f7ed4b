"""The only door of the room.

Begin:   record_cost · open_refused_refund
People:  enter_account · approve · decline          (approve inside the transaction of flows.disburse)
Ends:    paid · failed                              (inside the flow's transaction)
Reads:   disbursement · page · payees · histories · waiting · is_made_up ·
         proposer_of
Check:   problems
Names:   COST_AGREED · COST_PAID · REFUND_PAID · SURPLUS_PAID · SURPLUS
"""

from baohe.rooms.disbursements.actions.decide import approve, decline
from baohe.rooms.disbursements.actions.end import failed, paid
from baohe.rooms.disbursements.actions.propose import enter_account
from baohe.rooms.disbursements.actions.record import open_refused_refund, record_cost
from baohe.rooms.disbursements.check import COST_AGREED, COST_PAID, REFUND_PAID, SURPLUS, SURPLUS_PAID, problems
from baohe.rooms.disbursements.errors import (
    KeyStandsForAnother,
    NotWaiting,
    PayerUnknown,
    SecondPersonNeeded,
    WrongHolder,
)
from baohe.rooms.disbursements.queries import (
    disbursement,
    histories,
    is_made_up,
    page,
    payees,
    proposer_of,
    waiting,
)

__all__ = [
    "COST_AGREED",
    "COST_PAID",
    "REFUND_PAID",
    "SURPLUS",
    "SURPLUS_PAID",
    "KeyStandsForAnother",
    "NotWaiting",
    "PayerUnknown",
    "SecondPersonNeeded",
    "WrongHolder",
    "approve",
    "decline",
    "disbursement",
    "enter_account",
    "failed",
    "histories",
    "is_made_up",
    "open_refused_refund",
    "page",
    "paid",
    "payees",
    "problems",
    "proposer_of",
    "record_cost",
    "waiting",
]

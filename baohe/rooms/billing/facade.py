"""The only door of the room. Steps belong in the transaction of their cause, with the policy's row held.

Plan:          plan · plan_of · planned · instalment · owed_fen
Round:         falling_due · reminding · trying · past_grace
Steps:         hold · is_first_unpaid · fall_due · owe · ask_again · reminded · tried · payment_opened ·
               payment_closed · paid · drop
Reinstatement: ask · decide · hold_request · request_paying · request_done · close_requests · reinstatement ·
               reinstatement_of · requests
Desk:          overdue · counts · problems
Words:         days (announcing, trying, grace, years of reinstatement)
"""

from baohe.rooms.billing.actions.move import (
    ask_again,
    drop,
    fall_due,
    hold,
    is_first_unpaid,
    owe,
    paid,
    payment_closed,
    payment_opened,
    reminded,
    tried,
)
from baohe.rooms.billing.actions.plan import plan
from baohe.rooms.billing.actions.reinstate import (
    ask,
    close_requests,
    decide,
    hold_request,
    request_done,
    request_paying,
)
from baohe.rooms.billing.errors import NotPayable, NotReinstatable
from baohe.rooms.billing.queries import (
    counts,
    falling_due,
    instalment,
    overdue,
    owed_fen,
    past_grace,
    plan_of,
    planned,
    problems,
    reinstatement,
    reinstatement_of,
    reminding,
    requests,
    trying,
)
from baohe.rooms.billing.rules import days

__all__ = [
    "NotPayable",
    "NotReinstatable",
    "ask",
    "ask_again",
    "close_requests",
    "counts",
    "days",
    "decide",
    "drop",
    "fall_due",
    "falling_due",
    "hold",
    "hold_request",
    "instalment",
    "is_first_unpaid",
    "overdue",
    "owe",
    "owed_fen",
    "paid",
    "past_grace",
    "payment_closed",
    "payment_opened",
    "plan",
    "plan_of",
    "planned",
    "problems",
    "reinstatement",
    "reinstatement_of",
    "reminded",
    "reminding",
    "request_done",
    "request_paying",
    "requests",
    "tried",
    "trying",
]

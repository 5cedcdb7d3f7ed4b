"""The only door of the room.

Sale:    plan · drop            (inside the transaction that issues or ends the policy)
Answers: questions · answer · record_call
Round:   to_escalate · escalate
Reads:   of_policy · by_id · waiting
Check:   problems
"""

from baohe.rooms.call_backs.actions.answer import answer, record_call
from baohe.rooms.call_backs.actions.drop import drop
from baohe.rooms.call_backs.actions.escalate import escalate
from baohe.rooms.call_backs.actions.plan import plan
from baohe.rooms.call_backs.queries import by_id, of_policy, problems, to_escalate, waiting
from baohe.rooms.call_backs.rules.questions import questions

__all__ = [
    "answer",
    "by_id",
    "drop",
    "escalate",
    "of_policy",
    "plan",
    "problems",
    "questions",
    "record_call",
    "to_escalate",
    "waiting",
]

"""What the room keeps: a module a noun. Django reads them here."""

from baohe.rooms.claims.models.calls import CallAsked
from baohe.rooms.claims.models.claim import OPEN, Claim, ClaimDecision, ClaimPayment, CoverUse, JointDecision, Milestone
from baohe.rooms.claims.models.desk import Deadline, Escalation, Leave, Move
from baohe.rooms.claims.models.messages import ClaimMessage, MessageBox
from baohe.rooms.claims.models.money import Advance, MoneyAct, Recovery, RecoveryMove, ReserveMove
from baohe.rooms.claims.models.papers import ClaimPaper, Correction
from baohe.rooms.claims.models.payees import Payee
from baohe.rooms.claims.models.shares import ClaimShare
from baohe.rooms.claims.models.talks import ClaimTalk

__all__ = [
    "Advance",
    "CallAsked",
    "Claim",
    "ClaimDecision",
    "ClaimMessage",
    "ClaimPaper",
    "ClaimPayment",
    "ClaimShare",
    "ClaimTalk",
    "Correction",
    "CoverUse",
    "Deadline",
    "Escalation",
    "JointDecision",
    "Leave",
    "MessageBox",
    "Milestone",
    "MoneyAct",
    "Move",
    "OPEN",
    "Payee",
    "Recovery",
    "RecoveryMove",
    "ReserveMove",
]

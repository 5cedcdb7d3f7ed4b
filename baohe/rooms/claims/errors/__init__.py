"""How the claims room says no: what a caller may catch. None of these refuses a claim (SERV-9)."""

from baohe.rooms.claims.errors.calls import CallHeld, CallKept, CallOver
from baohe.rooms.claims.errors.claim import (
    AdvanceIsMore,
    AdvanceNotDue,
    AdvanceUnderWay,
    AlreadyReported,
    AuthorityTooSmall,
    ClaimNotOpen,
    CompulsoryNotRefused,
    HandlerAway,
    LinesChanged,
    PaperListClosed,
    PayeeNeeded,
    ReceiptKnown,
    ReopeningOver,
    SameName,
    SecondNameNeeded,
    SelfSettling,
    TooManyPapers,
)
from baohe.rooms.claims.errors.pictures import DOUBTS, PictureDoubted
from baohe.rooms.claims.errors.shares import AdvanceToBeneficiaries, NotTheirGuardian, ShareNotWaiting, ShareWrongHolder
from baohe.rooms.claims.errors.talks import NobodyToWriteTo, TalkMoved, TooManyMessages

__all__ = [
    "AdvanceIsMore",
    "AdvanceNotDue",
    "AdvanceToBeneficiaries",
    "AdvanceUnderWay",
    "AlreadyReported",
    "AuthorityTooSmall",
    "CallHeld",
    "CallKept",
    "CallOver",
    "ClaimNotOpen",
    "CompulsoryNotRefused",
    "DOUBTS",
    "HandlerAway",
    "LinesChanged",
    "NobodyToWriteTo",
    "NotTheirGuardian",
    "PaperListClosed",
    "PayeeNeeded",
    "PictureDoubted",
    "ReceiptKnown",
    "ReopeningOver",
    "SameName",
    "SecondNameNeeded",
    "SelfSettling",
    "ShareNotWaiting",
    "ShareWrongHolder",
    "TalkMoved",
    "TooManyMessages",
    "TooManyPapers",
]

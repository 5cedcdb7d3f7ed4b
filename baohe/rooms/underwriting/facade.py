"""The only door of underwriting."""

from baohe.rooms.underwriting.actions.decide_referral import decide_referral
from baohe.rooms.underwriting.actions.declare import HEALTH_CONSENT, declare
from baohe.rooms.underwriting.queries import (
    declaration,
    declaration_by_id,
    declarations_of_quotes,
    referral_answers,
    referrals,
    replay,
)
from baohe.rooms.underwriting.rules import decide

__all__ = [
    "HEALTH_CONSENT",
    "decide",
    "decide_referral",
    "declaration",
    "declaration_by_id",
    "declarations_of_quotes",
    "declare",
    "referral_answers",
    "referrals",
    "replay",
]

"""The only door of underwriting.

Declare:    declare · ask_person (DATA-3) · keep_answers · kept_answers · lock_answers · finish_answers · forget_answers
Decide:     decide (the product's own rules) · decide_referral · replay · explain · benefit_of · faults_of (a rule set)
Rules:      start_rules · save_table · save_cases · import_rules · submit_rules · release_rules · return_rules ·
            rule_sets · rule_set · rule_drafts · rule_draft ·
            rule_facts · simulate_rules
Reads:      declaration · contested · declaration_by_id · declarations_of_quotes · referrals · referral_answers
Check:      problems
"""

from baohe.rooms.underwriting.actions.ask_person import ask_person
from baohe.rooms.underwriting.actions.decide_referral import decide_referral
from baohe.rooms.underwriting.actions.declare import HEALTH_CONSENT, declare
from baohe.rooms.underwriting.actions.keep_answers import (
    finish_answers,
    forget_answers,
    keep_answers,
    kept_answers,
    lock_answers,
)
from baohe.rooms.underwriting.actions.write_rules import (
    import_rules,
    release_rules,
    return_rules,
    save_cases,
    save_table,
    start_rules,
    submit_rules,
)
from baohe.rooms.underwriting.check import problems
from baohe.rooms.underwriting.queries import (
    contested,
    declaration,
    declaration_by_id,
    declarations_of_quotes,
    explain,
    referral_answers,
    referrals,
    replay,
)
from baohe.rooms.underwriting.rule_pages import rule_draft, rule_drafts, rule_facts, rule_set, rule_sets, simulate_rules
from baohe.rooms.underwriting.rule_sets import faults_of
from baohe.rooms.underwriting.rules import decide
from baohe.rooms.underwriting.rules.seen import benefit_of

__all__ = [
    "HEALTH_CONSENT",
    "ask_person",
    "benefit_of",
    "contested",
    "decide",
    "decide_referral",
    "declaration",
    "declaration_by_id",
    "declarations_of_quotes",
    "declare",
    "explain",
    "faults_of",
    "finish_answers",
    "forget_answers",
    "import_rules",
    "keep_answers",
    "kept_answers",
    "lock_answers",
    "problems",
    "referral_answers",
    "referrals",
    "release_rules",
    "replay",
    "return_rules",
    "rule_draft",
    "rule_drafts",
    "rule_facts",
    "rule_set",
    "rule_sets",
    "save_cases",
    "save_table",
    "simulate_rules",
    "start_rules",
    "submit_rules",
]

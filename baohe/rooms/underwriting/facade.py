"""The only door of underwriting.

Declare:    declare · keep_answers · kept_answers · lock_answers · finish_answers · forget_answers (a round)
Decide:     decide (the product's own rules) · replay · explain · benefit_of · faults_of (a rule set)
Rules:      start_rules · save_table · save_cases · import_rules · submit_rules · release_rules · return_rules ·
            rule_sets · rule_set · rule_drafts · rule_draft · rule_facts · simulate_rules
Reads:      declaration · own_answers · contested · declaration_by_id · declarations_of_quotes
Reports:    add_report · paper · pages_of_upload · paper_picture · confirm_reading · remove_paper
Turns:      PASSED_ON (a topic) · referral_turns · open_referrals
Referral:   own_referral_view · add_paper · hand_in · accept_offer · decline_offer · request_review (DATA-3)
Desk:       referrals · referral_answers · referral_queue · file_of · picture_for_staff · decide_referral ·
            confirm_verdict · return_verdict · ask_for_papers
Worker:     paper_added (topic underwriting.paper_added) · keep_deadlines (a round)
Check:      problems
"""

from baohe.rooms.underwriting.actions.answer_offer import accept_offer, decline_offer
from baohe.rooms.underwriting.actions.ask_for_papers import ask_for_papers
from baohe.rooms.underwriting.actions.decide_referral import decide_referral
from baohe.rooms.underwriting.actions.declare import HEALTH_CONSENT, declare
from baohe.rooms.underwriting.actions.keep_answers import (
    finish_answers,
    forget_answers,
    keep_answers,
    kept_answers,
    lock_answers,
)
from baohe.rooms.underwriting.actions.keep_deadlines import EVERY_SECONDS as DEADLINES_EVERY_SECONDS
from baohe.rooms.underwriting.actions.keep_deadlines import look as keep_deadlines
from baohe.rooms.underwriting.actions.papers import (
    PAPER_ADDED,
    add_paper,
    add_report,
    confirm_reading,
    hand_in,
    remove_paper,
)
from baohe.rooms.underwriting.actions.read_paper import paper_added
from baohe.rooms.underwriting.actions.request_review import REVIEWABLE, request_review
from baohe.rooms.underwriting.actions.second_name import confirm_verdict, return_verdict
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
from baohe.rooms.underwriting.desk import QUEUES, file_of, picture_for_staff, referral_queue
from baohe.rooms.underwriting.queries import (
    contested,
    declaration,
    declaration_by_id,
    declarations_of_quotes,
    explain,
    own_answers,
    referral_answers,
    referrals,
    replay,
)
from baohe.rooms.underwriting.referral_queries import (
    open_referrals,
    own_referral_view,
    pages_of_upload,
    paper,
    paper_picture,
    referral_turns,
)
from baohe.rooms.underwriting.referral_records import PASSED_ON
from baohe.rooms.underwriting.rule_pages import rule_draft, rule_drafts, rule_facts, rule_set, rule_sets, simulate_rules
from baohe.rooms.underwriting.rule_sets import faults_of
from baohe.rooms.underwriting.rules import decide
from baohe.rooms.underwriting.rules.seen import benefit_of
from baohe.rooms.underwriting.rules_referral import KINDS as PAPER_KINDS
from baohe.rooms.underwriting.rules_referral import READ_KINDS

__all__ = [
    "DEADLINES_EVERY_SECONDS",
    "HEALTH_CONSENT",
    "PAPER_ADDED",
    "PAPER_KINDS",
    "PASSED_ON",
    "QUEUES",
    "READ_KINDS",
    "REVIEWABLE",
    "accept_offer",
    "add_paper",
    "add_report",
    "ask_for_papers",
    "benefit_of",
    "confirm_reading",
    "confirm_verdict",
    "contested",
    "decide",
    "decide_referral",
    "declaration",
    "declaration_by_id",
    "declarations_of_quotes",
    "declare",
    "decline_offer",
    "explain",
    "faults_of",
    "file_of",
    "finish_answers",
    "forget_answers",
    "hand_in",
    "import_rules",
    "keep_answers",
    "keep_deadlines",
    "kept_answers",
    "lock_answers",
    "open_referrals",
    "own_answers",
    "own_referral_view",
    "pages_of_upload",
    "paper",
    "paper_added",
    "paper_picture",
    "picture_for_staff",
    "problems",
    "referral_answers",
    "referral_queue",
    "referral_turns",
    "referrals",
    "release_rules",
    "remove_paper",
    "replay",
    "request_review",
    "return_rules",
    "return_verdict",
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

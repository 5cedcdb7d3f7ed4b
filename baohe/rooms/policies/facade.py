"""The only door of the room.

Sale:      draft_proposal · set_beneficiaries · set_instalment · confirm_paper · keep_insured_consent ·
           refuse_unsignable · sign · lock_proposals · start_paying · payment_opened · payment_closed · give_up ·
           issue · issue_together
Bulk:      issue_many · insured_of_order
Service:   ask_change · take_effect · refuse_change · beneficiary_change · cancel · mark_refunded · leaving · end_lapsed
Changes:   has_lower_sums · lower_choices · reduce_cover (批改; inside a transaction) · endorsement ·
           as_of (the contract of a day)
Index:     index_insured · index_proposals (those of before there was one, in batches)
Premiums:  hold · hold_many · receive · suspend · resume · lapse · end_by_claim   (inside a transaction)
Reads:     proposal · proposal_by_id · proposals_of_quotes · signature_of · signature_findings · policy · policies_of ·
           policy_for_claim · policy_by_id · policy_by_number · policies_by_ids · policies_of_payment ·
           policy_of_payment · policy_of_reference · policies_of_proposals · in_force_of · covering · policyholder ·
           paid_in_parts · suspended · written_in_year · last_contract_end · asks_insured · covers_of ·
           covers_elsewhere · minor_over_cap
Books:     earned_on
Words:     sum_insured_in_words · death_cover_fen · is_drawn_name ·
           spread · left_of_payments (a refund over the payments of a policy)
"""

from baohe.rooms.policies.actions.bulk import issue_many
from baohe.rooms.policies.actions.cancel import cancel, end_lapsed, mark_refunded
from baohe.rooms.policies.actions.change_beneficiaries import (
    ask_change,
    beneficiary_change,
    refuse_change,
    take_effect,
)
from baohe.rooms.policies.actions.confirm import confirm_paper
from baohe.rooms.policies.actions.draft import draft_proposal, policyholder, set_beneficiaries, set_instalment
from baohe.rooms.policies.actions.endorse import lower_choices, reduce_cover
from baohe.rooms.policies.actions.index_insured import Indexed, index_insured, index_proposals
from baohe.rooms.policies.actions.insured_consent import keep_insured_consent
from baohe.rooms.policies.actions.issue import issue, issue_together
from baohe.rooms.policies.actions.keep_paid import end_by_claim, hold, hold_many, lapse, receive, resume, suspend
from baohe.rooms.policies.actions.pay import give_up, lock_proposals, payment_closed, payment_opened, start_paying
from baohe.rooms.policies.actions.sign import refuse_unsignable, sign
from baohe.rooms.policies.death_cover import covers_of, minor_over_cap
from baohe.rooms.policies.earning import earned_on
from baohe.rooms.policies.elsewhere import covers_elsewhere
from baohe.rooms.policies.examining import signature_findings
from baohe.rooms.policies.order_insured import insured_of_order
from baohe.rooms.policies.queries import (
    asks_insured,
    cancelled,
    covering,
    endorsement,
    in_force_of,
    last_contract_end,
    leaving,
    paid_in_parts,
    policies_by_ids,
    policies_of,
    policies_of_payment,
    policies_of_proposals,
    policy,
    policy_by_id,
    policy_by_number,
    policy_for_claim,
    policy_of_payment,
    policy_of_reference,
    proposal,
    proposal_by_id,
    proposals_of_quotes,
    signature_of,
    suspended,
    written_in_year,
)
from baohe.rooms.policies.rules.endorsing import as_of, has_lower_sums
from baohe.rooms.policies.rules.giving_back import Paid, left_of_payments, spread
from baohe.rooms.policies.rules.signed_act import device_message
from baohe.rooms.policies.rules.strokes import readable as is_drawn_name
from baohe.rooms.policies.rules.sums import death_cover_fen, sum_insured_in_words

__all__ = [
    "as_of",
    "endorsement",
    "lower_choices",
    "reduce_cover",
    "suspended",
    "Paid",
    "left_of_payments",
    "spread",
    "paid_in_parts",
    "suspend",
    "resume",
    "receive",
    "lapse",
    "has_lower_sums",
    "hold",
    "hold_many",
    "end_by_claim",
    "end_lapsed",
    "ask_change",
    "asks_insured",
    "beneficiary_change",
    "keep_insured_consent",
    "refuse_change",
    "take_effect",
    "cancel",
    "cancelled",
    "confirm_paper",
    "covering",
    "covers_elsewhere",
    "covers_of",
    "death_cover_fen",
    "draft_proposal",
    "earned_on",
    "give_up",
    "in_force_of",
    "Indexed",
    "index_insured",
    "index_proposals",
    "is_drawn_name",
    "issue",
    "issue_many",
    "issue_together",
    "last_contract_end",
    "leaving",
    "lock_proposals",
    "mark_refunded",
    "minor_over_cap",
    "payment_closed",
    "payment_opened",
    "policies_by_ids",
    "policies_of",
    "policies_of_payment",
    "policies_of_proposals",
    "policy",
    "policy_by_id",
    "policy_by_number",
    "policy_for_claim",
    "policy_of_payment",
    "insured_of_order",
    "policy_of_reference",
    "policyholder",
    "proposal",
    "proposal_by_id",
    "proposals_of_quotes",
    "set_beneficiaries",
    "set_instalment",
    "device_message",
    "refuse_unsignable",
    "sign",
    "signature_findings",
    "signature_of",
    "start_paying",
    "sum_insured_in_words",
    "written_in_year",
]

"""The only door of the claims room.

Claimant:  understand (a sentence, before anything is kept) · events_of · first_notice · add_paper · remove_paper ·
           correct_fields · ask_person · withdraw · give_payee (of a claimant who comes by a link)
Partner:   notice_of_order (inside a transaction of `baohe.flows.report_by_partner`)
Caller:    notice_by_staff (inside a transaction of `baohe.flows.report_for_caller`)
Reads:     cover_left (limits and deductibles of a period) · claim · claims_of · claims_of_policy · claim_by_id ·
           policy_id_of · picture_of · paper_facts · photographs · payee_account · keeping · handed_in_after
Desk:      queue · queue_counts · file_of · find · picture_for_staff · workload · handlers · leaves · take_claim ·
           hand_over · set_leave · cancel_leave · told_by_hand
Clocks:    share_out · due_to_raise · raise_deadline · refusal_told · clock_name — called by `baohe.flows.keep_clocks`
           and `settle_claim`, which tell the claimant in the same transaction
Deciding:  submit · settle_event · lines_stand · proposal_stands · pay_by_person · propose_refusal ·
           confirm_refusal · return_refusal · keep_result · ask_for_papers · pay_again · payout_done · payout_failed
           — called by `baohe.flows.settle_claim` alone, which pays, posts and records in the same transaction;
           settle_events by `baohe.flows.settle_many`, which does so for many at once
Money:     propose_money_act · confirm_money_act · return_money_act · advances_due · raise_advance · reopen
           (inside a transaction of `baohe.flows.claim_money`) · money_of · waiting_acts · recoveries_of ·
           reserve_move · ends_contract
Bank:      receipts_on · receipts_by_numbers · receipts_by_references · RECOVERIES_AT (for `baohe.flows.reconcile`) ·
           recoveries_expecting (a hint beside money that named nobody)
Shares:    give_account (inside a transaction of `baohe.flows.pay_shares`) · share_of_payout · GUARDIAN_SAYS
Calls:     ask_call · end_call · call_of · call_asked · calls_asked (somebody asks to be called, without a claim) ·
           calls_over · forget_call (called by `baohe.flows.forget_calls`)
Talk:      kept_talk · keep_talk · end_talk · forget_talks (a conversation on its way to a claim)
Messages:  write_message · answer_message · messages_seen · put_messages_aside (inside a transaction of
           `baohe.flows.claim_messages`) · messages_of · messages_for_staff
Check:     problems
Worker:    paper_added (topic claims.paper_added) · RESERVE_MOVED is announced for the books
"""

from baohe.rooms.claims.actions.ask_call import ANSWERING, ask_call, end_call
from baohe.rooms.claims.actions.ask_for_papers import ask_for_papers
from baohe.rooms.claims.actions.ask_person import ask_person
from baohe.rooms.claims.actions.correct import correct_fields
from baohe.rooms.claims.actions.escalate import due_to_raise, raise_deadline
from baohe.rooms.claims.actions.first_notice import first_notice
from baohe.rooms.claims.actions.forget_call import forget_call
from baohe.rooms.claims.actions.give_account import GUARDIAN_SAYS, give_account
from baohe.rooms.claims.actions.give_payee import give_payee
from baohe.rooms.claims.actions.hand_over import hand_over, take_claim
from baohe.rooms.claims.actions.joint import confirm_refusal, keep_result, propose_refusal, return_refusal
from baohe.rooms.claims.actions.keep_talk import end_talk, forget_talks, keep_talk, kept_talk
from baohe.rooms.claims.actions.leave import cancel_leave, set_leave
from baohe.rooms.claims.actions.lines_stand import lines_stand, proposal_stands
from baohe.rooms.claims.actions.message import (
    answer_message,
    messages_seen,
    put_messages_aside,
    write_message,
)
from baohe.rooms.claims.actions.money_act import confirm_money_act, propose_money_act, return_money_act
from baohe.rooms.claims.actions.notice_by_staff import notice_by_staff
from baohe.rooms.claims.actions.notice_of_order import notice_of_order
from baohe.rooms.claims.actions.papers import PAPER_ADDED, add_paper, remove_paper
from baohe.rooms.claims.actions.pay import pay_again, payout_done, payout_failed
from baohe.rooms.claims.actions.pay_by_person import pay_by_person
from baohe.rooms.claims.actions.raise_advance import advances_due, raise_advance
from baohe.rooms.claims.actions.read_paper import paper_added, read_paper
from baohe.rooms.claims.actions.refusal_told import refusal_told, told_by_hand
from baohe.rooms.claims.actions.reopen import reopen
from baohe.rooms.claims.actions.settle_event import settle_event, settle_events
from baohe.rooms.claims.actions.share_out import share_out
from baohe.rooms.claims.actions.submit import submit
from baohe.rooms.claims.actions.withdraw import withdraw
from baohe.rooms.claims.check import problems
from baohe.rooms.claims.contracts import (
    CALL_OUTCOMES,
    CALL_REASONS,
    LONGEST_MESSAGE,
    Booking,
    CallAskedView,
    CallOverView,
    ClaimMoney,
    Done,
    ExpectedRecovery,
    KeptTalk,
    MessagePage,
    MessageView,
    MoneyActView,
    PayoutView,
    ReceiptView,
    RecoveryView,
    ShareAccount,
    ShareOrder,
    ShareView,
    Talk,
    Turn,
    Written,
)
from baohe.rooms.claims.cover import cover_left
from baohe.rooms.claims.desk import file_of, find, picture_for_staff, queue, queue_counts
from baohe.rooms.claims.facts import PaperFacts, handed_in_after, keeping, paper_facts, photographs
from baohe.rooms.claims.money import ends_contract, money_of, recoveries_of, reserve_move, waiting_acts
from baohe.rooms.claims.noticing import understand
from baohe.rooms.claims.payees import payee_account
from baohe.rooms.claims.queries.calls import call_asked, call_of, calls_asked, calls_over
from baohe.rooms.claims.queries.claim import (
    claim,
    claim_by_id,
    claims_of,
    claims_of_policy,
    events_of,
    picture_of,
    policy_id_of,
)
from baohe.rooms.claims.queries.clocks import clock_name, leaves
from baohe.rooms.claims.queries.messages import messages_for_staff, messages_of
from baohe.rooms.claims.receipts import PROVIDER as RECOVERIES_AT
from baohe.rooms.claims.receipts import receipts_by_numbers, receipts_by_references, receipts_on, recoveries_expecting
from baohe.rooms.claims.reserves import MOVED as RESERVE_MOVED
from baohe.rooms.claims.shapes.shares import share_of_payout
from baohe.rooms.claims.workload import handlers, workload

__all__ = [
    "ANSWERING",
    "CALL_OUTCOMES",
    "CALL_REASONS",
    "CallAskedView",
    "CallOverView",
    "KeptTalk",
    "Talk",
    "Turn",
    "calls_over",
    "end_talk",
    "forget_call",
    "forget_talks",
    "keep_talk",
    "kept_talk",
    "ask_call",
    "call_asked",
    "call_of",
    "calls_asked",
    "end_call",
    "LONGEST_MESSAGE",
    "MessagePage",
    "MessageView",
    "Written",
    "answer_message",
    "messages_for_staff",
    "messages_of",
    "messages_seen",
    "put_messages_aside",
    "write_message",
    "GUARDIAN_SAYS",
    "ShareAccount",
    "ShareOrder",
    "ShareView",
    "give_account",
    "share_of_payout",
    "PAPER_ADDED",
    "RESERVE_MOVED",
    "Booking",
    "ClaimMoney",
    "Done",
    "MoneyActView",
    "PayoutView",
    "RECOVERIES_AT",
    "ExpectedRecovery",
    "ReceiptView",
    "PaperFacts",
    "RecoveryView",
    "receipts_by_numbers",
    "receipts_by_references",
    "receipts_on",
    "recoveries_expecting",
    "advances_due",
    "confirm_money_act",
    "ends_contract",
    "money_of",
    "problems",
    "propose_money_act",
    "raise_advance",
    "recoveries_of",
    "reopen",
    "reserve_move",
    "return_money_act",
    "add_paper",
    "ask_for_papers",
    "ask_person",
    "cancel_leave",
    "claim",
    "claim_by_id",
    "claims_of",
    "claims_of_policy",
    "clock_name",
    "confirm_refusal",
    "correct_fields",
    "cover_left",
    "due_to_raise",
    "events_of",
    "file_of",
    "find",
    "first_notice",
    "hand_over",
    "handed_in_after",
    "handlers",
    "keep_result",
    "keeping",
    "leaves",
    "give_payee",
    "payee_account",
    "lines_stand",
    "proposal_stands",
    "notice_by_staff",
    "notice_of_order",
    "paper_added",
    "paper_facts",
    "pay_again",
    "pay_by_person",
    "payout_done",
    "payout_failed",
    "photographs",
    "picture_for_staff",
    "picture_of",
    "policy_id_of",
    "propose_refusal",
    "queue",
    "queue_counts",
    "raise_deadline",
    "read_paper",
    "refusal_told",
    "remove_paper",
    "return_refusal",
    "set_leave",
    "settle_event",
    "settle_events",
    "share_out",
    "submit",
    "understand",
    "waiting_acts",
    "take_claim",
    "told_by_hand",
    "withdraw",
    "workload",
]

"""The only door of the room.

Taking:    open_intent · cashier_url · intent · lines_of · intent_of_subject · close
Truth:     read_notification · ask_wallet · confirm · mark_surplus · record_callback · schedule_check
           (used by flows.settle_payment alone)
Giving:    request_refund · request_payout · refund · refunds_of · payout
Worker:    carry_out_refund · carry_out_payout (topics in baohe.config.wiring)
Operator:  check

Events, all with the natural key or id of their subject:
payments.paid · payments.closed                   {intent_id, subject_id, kind}
payments.refund_done · payments.refund_failed     {id, natural_key, subject_id, amount_fen}
payments.payout_done · payments.payout_failed     the same
payments.surplus_done · payments.surplus_failed   the same, for money that came without a cover
"""

from baohe.rooms.payments.actions.ask import ask_wallet, schedule_check
from baohe.rooms.payments.actions.cashier import cashier_url
from baohe.rooms.payments.actions.close import close
from baohe.rooms.payments.actions.confirm import confirm, mark_surplus
from baohe.rooms.payments.actions.hear import read_notification
from baohe.rooms.payments.actions.open_intent import open_intent
from baohe.rooms.payments.actions.payout import carry_out as carry_out_payout
from baohe.rooms.payments.actions.payout import request_payout
from baohe.rooms.payments.actions.record import record_callback
from baohe.rooms.payments.actions.refund import carry_out as carry_out_refund
from baohe.rooms.payments.actions.refund import request_refund
from baohe.rooms.payments.queries import check, intent, intent_of_subject, lines_of, payout, refund, refunds_of
from baohe.rooms.payments.rules import pause_seconds

__all__ = [
    "ask_wallet",
    "carry_out_payout",
    "carry_out_refund",
    "cashier_url",
    "check",
    "close",
    "confirm",
    "intent",
    "intent_of_subject",
    "lines_of",
    "mark_surplus",
    "open_intent",
    "pause_seconds",
    "payout",
    "read_notification",
    "record_callback",
    "refund",
    "refunds_of",
    "request_payout",
    "request_refund",
    "schedule_check",
]

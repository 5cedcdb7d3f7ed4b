"""The only door of the room.

Taking:     open_intent · cashier_url · intent · paid_at · lines_of · intent_of_subject · close
Deducting:  sign_agreement · refresh_agreement · agreements_of · end_agreement · open_charge
Truth:      read_notification · acknowledgement · ask_provider · carry_out_charge · confirm · mark_surplus ·
            record_callback · schedule_check (used by flows.settle_payment alone)
Giving:     request_refund · request_payout · request_payouts · refund · refunds_of · refused_refunds ·
            undecided_refunds · payout
Stopped:    stopped · stopped_since
Books:      first_day_paid · movements_on · movements_by_numbers (for the reconciliation with a provider's bill)
Worker:     carry_out_refund · carry_out_payout · check_agreement (topics in baohe.config.wiring) · janitor (a round)
Operator:   check

Events, all with the natural key or id of their subject; `provider` is wallet, deduction or transfer:
payments.paid                                     {intent_id, subject_id, kind, provider}
payments.closed                                   the same and {reason}: "" or why it can no longer be paid;
                                                  other_payer: paid by another, whose money goes back
payments.refund_done · payments.refund_failed     {id, natural_key, subject_id, amount_fen, provider}
payments.payout_done · payments.payout_failed     the same and {kind}
payments.surplus_done · payments.surplus_failed   as a refund, for money that came without a cover
"""

from baohe.rooms.payments.actions.agreement import (
    agreements_of,
    check_agreement,
    end_agreement,
    refresh_agreement,
    sign_agreement,
)
from baohe.rooms.payments.actions.ask import ask_provider, carry_out_charge
from baohe.rooms.payments.actions.cashier import cashier_url
from baohe.rooms.payments.actions.charge import CONSENT_WITHDRAWN, open_charge
from baohe.rooms.payments.actions.close import close
from baohe.rooms.payments.actions.confirm import confirm, mark_surplus
from baohe.rooms.payments.actions.hear import acknowledgement, read_notification
from baohe.rooms.payments.actions.janitor import janitor
from baohe.rooms.payments.actions.open_intent import open_intent
from baohe.rooms.payments.actions.payout import carry_out as carry_out_payout
from baohe.rooms.payments.actions.payout import request_payout, request_payouts
from baohe.rooms.payments.actions.record import record_callback
from baohe.rooms.payments.actions.refund import carry_out as carry_out_refund
from baohe.rooms.payments.actions.refund import request_refund
from baohe.rooms.payments.actions.schedule import schedule_check
from baohe.rooms.payments.movements import first_day_paid, movements_by_numbers, movements_on
from baohe.rooms.payments.queries import (
    check,
    intent,
    intent_of_subject,
    lines_of,
    paid_at,
    payout,
    refund,
    refunds_of,
    refused_refunds,
    stopped,
    stopped_since,
    undecided_refunds,
)
from baohe.rooms.payments.rules import OTHER_PAYER, pause_seconds

__all__ = [
    "CONSENT_WITHDRAWN",
    "OTHER_PAYER",
    "acknowledgement",
    "agreements_of",
    "ask_provider",
    "carry_out_charge",
    "carry_out_payout",
    "carry_out_refund",
    "cashier_url",
    "check",
    "check_agreement",
    "close",
    "confirm",
    "end_agreement",
    "first_day_paid",
    "intent",
    "intent_of_subject",
    "janitor",
    "lines_of",
    "mark_surplus",
    "movements_by_numbers",
    "movements_on",
    "open_charge",
    "open_intent",
    "paid_at",
    "pause_seconds",
    "payout",
    "read_notification",
    "record_callback",
    "refresh_agreement",
    "refund",
    "refunds_of",
    "refused_refunds",
    "request_payout",
    "request_payouts",
    "request_refund",
    "schedule_check",
    "sign_agreement",
    "stopped",
    "stopped_since",
    "undecided_refunds",
]

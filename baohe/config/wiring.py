"""Who handles which event: the one list the worker reads. Handlers are idempotent (see `plumbing.outbox`)."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.plumbing.outbox import Handler


def handlers() -> Mapping[str, Handler]:
    """Topic → handler, imported late so that Django's apps are ready."""
    from baohe.flows import cancel, deliver_policy, payment_closed, settle_claim, settle_payment
    from baohe.rooms.claims import facade as claims
    from baohe.rooms.notices import facade as notices
    from baohe.rooms.payments import facade as payments

    return {
        notices.TOPIC: notices.deliver,
        claims.PAPER_ADDED: claims.paper_added,
        "payments.payout_done": settle_claim.payout_done,
        "payments.payout_failed": settle_claim.payout_failed,
        deliver_policy.EVENT: deliver_policy.deliver_policy,
        "payments.closed": payment_closed.payment_closed,
        "payments.refund_done": cancel.refund_done,
        "payments.check_intent": settle_payment.check_intent,
        "payments.payout_check": payments.carry_out_payout,
        "payments.payout_requested": payments.carry_out_payout,
        "payments.refund_check": payments.carry_out_refund,
        "payments.refund_requested": payments.carry_out_refund,
        "payments.surplus_done": settle_payment.surplus_returned,
    }

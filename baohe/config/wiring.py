"""Who handles which event: the one list the worker reads. Handlers are idempotent (see `plumbing.outbox`)."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.plumbing.outbox import Event, Handler


def handlers() -> Mapping[str, Handler]:
    """Topic → handler, imported late so that Django's apps are ready."""
    from baohe.flows import cancel, deliver_policy, pay_settlement, purchase, settle_claim, settle_payment
    from baohe.rooms.claims import facade as claims
    from baohe.rooms.notices import facade as notices
    from baohe.rooms.payments import facade as payments

    return {
        notices.TOPIC: notices.deliver,
        claims.PAPER_ADDED: claims.paper_added,
        "payments.payout_done": _each(settle_claim.payout_done, pay_settlement.payout_done),
        "payments.payout_failed": _each(settle_claim.payout_failed, pay_settlement.payout_failed),
        deliver_policy.EVENT: deliver_policy.deliver_policy,
        "payments.closed": _each(purchase.payment_closed, pay_settlement.payment_closed),
        "payments.refund_done": cancel.refund_done,
        "payments.check_intent": settle_payment.check_intent,
        "payments.payout_check": payments.carry_out_payout,
        "payments.payout_requested": payments.carry_out_payout,
        "payments.refund_check": payments.carry_out_refund,
        "payments.refund_requested": payments.carry_out_refund,
        "payments.surplus_done": settle_payment.surplus_returned,
    }


def _each(*stories: Handler) -> Handler:
    """Several stories listen to one topic; each knows its own and leaves the others' alone."""

    def handle(event: Event) -> None:
        for story in stories:
            story(event)

    return handle

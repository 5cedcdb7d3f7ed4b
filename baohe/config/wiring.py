"""What the worker does: who handles which event, and what it does every so often. Handlers are idempotent (see
`plumbing.outbox`), and so are rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from baohe.plumbing.outbox import Event, Handler


def handlers() -> Mapping[str, Handler]:
    """Topic → handler, imported late so that Django's apps are ready."""
    from baohe.flows import (
        cancel,
        claim_money,
        claim_payouts,
        deliver_endorsement,
        deliver_policy,
        disburse,
        earn_commission,
        endorse,
        identify,
        keep_service_clocks,
        pay_settlement,
        payment_closed,
        settle_parametric,
        settle_payment,
        wait_for_data,
    )
    from baohe.rooms.claims import facade as claims
    from baohe.rooms.notices import facade as notices
    from baohe.rooms.payments import facade as payments
    from baohe.rooms.underwriting import facade as underwriting

    return {
        underwriting.PAPER_ADDED: underwriting.paper_added,
        underwriting.PASSED_ON: keep_service_clocks.referral_passed_on,
        notices.TOPIC: notices.deliver,
        claims.PAPER_ADDED: claims.paper_added,
        claims.RESERVE_MOVED: claim_money.reserve_moved,
        "payments.payout_done": _each(claim_payouts.payout_done, pay_settlement.payout_done, disburse.payout_done),
        "payments.payout_failed": _each(
            claim_payouts.payout_failed, pay_settlement.payout_failed, disburse.payout_failed
        ),
        deliver_policy.EVENT: _each(wait_for_data.policy_issued, deliver_policy.deliver_policy),
        settle_parametric.AGREED: settle_parametric.settle_agreed,
        "payments.closed": payment_closed.payment_closed,
        deliver_endorsement.EVENT: deliver_endorsement.deliver_endorsement,
        "payments.refund_done": _each(cancel.refund_done, endorse.refund_done),
        "payments.refund_failed": disburse.refund_refused,
        "payments.surplus_failed": disburse.refund_refused,
        "payments.agreement_check": payments.check_agreement,
        "payments.charge_requested": settle_payment.carry_out_charge,
        "payments.check_intent": settle_payment.check_intent,
        "payments.payout_check": payments.carry_out_payout,
        "payments.payout_requested": payments.carry_out_payout,
        "payments.refund_check": payments.carry_out_refund,
        "payments.refund_requested": payments.carry_out_refund,
        "payments.surplus_done": settle_payment.surplus_returned,
        "policies.suspended": earn_commission.cover_moved,
        "policies.reinstated": earn_commission.cover_moved,
        "policies.lapsed": _each(earn_commission.lapsed, identify.contract_ended),
        "policies.cancelled": identify.contract_ended,
    }


def rounds() -> Mapping[str, tuple[Callable[[], object], int]]:
    """Name → (work, every how many seconds), imported late. Each is idempotent and cheap when nothing is due; the
    worker runs one of a name at a time, whatever the number of workers."""
    from baohe.flows import (
        billing_round,
        call_back,
        claim_money,
        deliver_endorsement,
        deliver_policy,
        disburse,
        earn_commission,
        forget_calls,
        identify,
        introduce,
        keep_clocks,
        keep_marks,
        keep_service_clocks,
        reconcile,
        settle_parametric,
    )
    from baohe.rooms.claims import facade as claims
    from baohe.rooms.payments import facade as payments
    from baohe.rooms.recordings import facade as recordings
    from baohe.rooms.settlement import facade as settlement
    from baohe.rooms.underwriting import facade as underwriting

    return {
        "claims.desk": (keep_clocks.look, keep_clocks.EVERY_SECONDS),
        "call_backs": (call_back.look, call_back.EVERY_SECONDS),
        "claims.calls_retention": (forget_calls.retention, forget_calls.EVERY_SECONDS),
        "claims.forget_talks": (claims.forget_talks, 3_600),
        "claims.advances": (claim_money.look_for_advances, claim_money.EVERY_SECONDS),
        "commission": (earn_commission.round_, earn_commission.EVERY_SECONDS),
        "disbursements": (disburse.look, 3_600),
        "documents.late": (deliver_policy.late, 60),
        "documents.late_endorsements": (deliver_endorsement.late, 60),
        "introductions": (introduce.look, 600),
        "parametric": (settle_parametric.round_, settle_parametric.EVERY_SECONDS),
        "payments.janitor": (payments.janitor, 60),
        "underwriting.forget_answers": (underwriting.forget_answers, 3_600),
        "settlement.agree_by_silence": (settlement.agree_by_silence, 3_600),
        "reconcile.daily": (reconcile.daily_round, 600),
        "identification.rescreen": (identify.rescreen, 5),
        "identification.retention": (identify.retention, 3_600),
        "billing.day": (billing_round.today, 600),
        "fraud.retention": (keep_marks.retention, keep_marks.EVERY_SECONDS),
        "recordings.retention": (recordings.retention, 3_600),
        "service_clocks": (keep_service_clocks.look, keep_service_clocks.EVERY_SECONDS),
        "underwriting.deadlines": (underwriting.keep_deadlines, underwriting.DEADLINES_EVERY_SECONDS),
    }


def _each(*stories: Handler) -> Handler:
    """Several stories listen to one topic; each knows its own and leaves the others' alone."""

    def handle(event: Event) -> None:
        for story in stories:
            story(event)

    return handle

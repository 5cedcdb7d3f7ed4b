"""Leaving a policy: as short as joining it (SERV-2)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping
from baohe.kernel.money import yuan
from baohe.plumbing import clock, outbox
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.claims import facade as claims
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.notices import facade as notices
from baohe.rooms.payments import facade as payments
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import DEDUCTION, CancelledView, LeavingView

_AGREED = frozenset({"to_pay", "paying", "paid"})
_REFUND = "cancel:"
"""Natural key of the refund of a cancellation: `cancel:<policy id>`."""


def cancel_policy(
    account_id: UUID, policy_id: UUID, expected_refund_fen: int, idempotency_key: str, reason: str = ""
) -> CancelledView:
    """End the policy, book the refund with its claw-back, ask its provider to give it back: one transaction.

    Two cancellations at once, or a repeat under another key, end with one refund. Raises `RefundChanged`,
    `LeavingNotPossible`, `NotFound`, `KeyReused`.
    """
    request = {"policy": str(policy_id), "refund_fen": expected_refund_fen, "reason": reason}

    def act() -> Answer:
        cancelled = policies.cancel(account_id, policy_id, expected_refund_fen, claimed=has_claimed(policy_id))
        if not cancelled.already:
            _give_back(cancelled)
        return Answer(200, {"policy_id": str(policy_id)})

    answer_once(f"account:{account_id}:cancel", idempotency_key, request, act)
    return policies.cancelled(account_id, policy_id)


def leaving_today(account_id: UUID, policy_id: UUID) -> LeavingView:
    """What the policy page shows and `cancel_policy` gives. Raises `NotFound`."""
    return policies.leaving(account_id, policy_id, claimed=has_claimed(policy_id))


def has_claimed(policy_id: UUID) -> bool:
    """A claim was agreed or paid: the premium of a short contract is earned."""
    return any(claim.state in _AGREED for claim in claims.claims_of_policy(policy_id))


def refund_done(event: outbox.Event) -> None:
    """Handler of `payments.refund_done`: the policy page says refunded, and the customer hears of it once."""
    key = str(event.payload["natural_key"])
    if not key.startswith(_REFUND):
        return
    policy_id = UUID(key.removeprefix(_REFUND))
    with transaction.atomic():
        if policies.mark_refunded(policy_id):
            policy = policies.policy_by_id(policy_id)
            amount_fen = int(event.payload["amount_fen"])
            # an event that waited through the upgrade names no provider: it is the wallet's
            provider = str(event.payload.get("provider", "wallet"))
            bookkeeping.refund_done(policy.shard_key, key, amount_fen, provider, clock.today(), policy.number)
            _tell(policy.account_id, "payment_refunded", policy.number, policy.refund_fen or 0)


def _give_back(cancelled: CancelledView) -> None:
    policy = cancelled.policy
    consent.withdraw(policy.account_id, DEDUCTION, subject=str(policy.proposal_id))
    if cancelled.refund_fen and policy.payment_id is not None:
        bookkeeping.refund(policy, cancelled.refund_fen, f"{_REFUND}{policy.id}", clock.today())
        payments.request_refund(
            intent_id=policy.payment_id,
            natural_key=f"{_REFUND}{policy.id}",
            amount_fen=cancelled.refund_fen,
            reason=f"退保 {policy.number}",
            subject_id=policy.proposal_id,
        )
    evidence.append(
        "policy_cancelled",
        str(policy.id),
        {
            "number": policy.number,
            "cancelled_at": cancelled.cancelled_at.isoformat(),
            "refund_fen": cancelled.refund_fen,
        },
        policy.shard_key,
    )
    outbox.publish("policies.cancelled", policy.id, policy.shard_key, {"policy_id": str(policy.id)})
    _tell(policy.account_id, "policy_cancelled", policy.number, cancelled.refund_fen)


def _tell(account_id: UUID, template: str, number: str, amount_fen: int) -> None:
    phone = people.phone_of(account_id, "system:cancel", template)
    if phone is not None:
        notices.send(phone, template, {"number": number, "amount": yuan(amount_fen)}, account_id=account_id)

"""Leaving a policy: as short as joining it (SERV-2)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping, collect_instalment, spread_refund
from baohe.kernel.money import yuan
from baohe.plumbing import clock, outbox
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.claims import facade as claims
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import DEDUCTION, CancelledView, LeavingView, PolicyView
from baohe.rooms.policies.facade import Paid

_AGREED = frozenset({"to_pay", "paying", "paid"})
REFUND = "cancel:"
"""Natural key of the refund of a cancellation: `cancel:<policy id>` for the first payment, with the number of the
instalment behind it for a later one."""


def cancel_policy(
    account_id: UUID, policy_id: UUID, expected_refund_fen: int, idempotency_key: str, reason: str = ""
) -> CancelledView:
    """End the policy, book the refund with its claw-back, ask its provider to give it back: one transaction.

    Two cancellations at once, or a repeat under another key, end with one refund. Raises `RefundChanged`,
    `LeavingNotPossible`, `NotFound`, `KeyReused`.
    """
    request = {"policy": str(policy_id), "refund_fen": expected_refund_fen, "reason": reason}

    def act() -> Answer:
        policies.hold(policy_id)  # a claim agreed in this very moment queues here: it counts, or it sees the end
        cancelled = policies.cancel(account_id, policy_id, expected_refund_fen, claimed=has_claimed(policy_id))
        if not cancelled.already:
            give_back(cancelled, "cancelled")
        return Answer(200, {"policy_id": str(policy_id)})

    answer_once(f"account:{account_id}:cancel", idempotency_key, request, act)
    return policies.cancelled(account_id, policy_id)


def leaving_today(account_id: UUID, policy_id: UUID) -> LeavingView:
    """What the policy page shows and `cancel_policy` gives. Raises `NotFound`."""
    return policies.leaving(account_id, policy_id, claimed=has_claimed(policy_id))


def has_claimed(policy_id: UUID) -> bool:
    """A claim was agreed or paid, also in part and in advance: the premium of a short contract is earned."""
    return any(claim.state in _AGREED or claim.amount_fen for claim in claims.claims_of_policy(policy_id))


def refund_done(event: outbox.Event) -> None:
    """Handler of `payments.refund_done`: each part is booked, and when the last one is done the policy page says
    refunded and the customer hears of it once."""
    key = str(event.payload["natural_key"])
    if not key.startswith(REFUND):
        return
    with transaction.atomic():
        policy = policies.hold(UUID(key.removeprefix(REFUND).split(":")[0]))
        amount_fen = int(event.payload["amount_fen"])
        provider = str(event.payload.get("provider", "wallet"))  # one that waited through the upgrade
        bookkeeping.refund_done(policy.shard_key, key, amount_fen, provider, clock.today(), policy.number)
        close_if_all_back(policy, key)


def close_if_all_back(policy: PolicyView, key: str) -> None:
    """The part under `key` has reached the payer; with the last one the policy is refunded, and told once. Under the
    policy's lock."""
    keys = refund_keys(policy)
    others_back = all(spread_refund.is_back(other, policy.shard_key) for other in keys if other != key)
    if others_back and policies.mark_refunded(policy.id):
        _tell(policy.account_id, spread_refund.message(keys, policy.shard_key), policy.number, policy.refund_fen or 0)


def refund_keys(policy: PolicyView) -> list[str]:
    """The natural keys of what goes back of each payment at the policy's end."""
    return [spread_refund.key_of(f"{REFUND}{policy.id}", part) for part in _parts(policy)]


def give_back(cancelled: CancelledView, reason: str) -> None:
    """Everything that follows from an end with a refund: no more deductions, nothing receivable, the refund booked
    with its claw-back and asked of every payment that it is spread over (SALE-9), a leaf, an event, a message.
    `reason`: cancelled, lapsed."""
    policy = cancelled.policy
    consent.withdraw(policy.account_id, DEDUCTION, subject=str(policy.proposal_id))
    collect_instalment.drop(policy, clock.today())
    call_backs.drop(policy.id, policy.shard_key)
    if cancelled.refund_fen:
        bookkeeping.refund(
            policy,
            cancelled.refund_fen,
            f"{REFUND}{policy.id}",
            clock.today(),
            refunded_before_fen=policy.endorsed_fen,
            reason=reason,
        )
    spread_refund.ask(policy, f"{REFUND}{policy.id}", _parts(policy), "退保")
    bookkeeping.commission_ended(policy.id, reason, clock.today())
    evidence.append(
        f"policy_{reason}",
        str(policy.id),
        {
            "number": policy.number,
            "cancelled_at": cancelled.cancelled_at.isoformat(),
            "refund_fen": cancelled.refund_fen,
        },
        policy.shard_key,
    )
    outbox.publish(f"policies.{reason}", policy.id, policy.shard_key, {"policy_id": str(policy.id)})
    _tell(policy.account_id, "policy_cancelled", policy.number, cancelled.refund_fen)


def _parts(policy: PolicyView) -> tuple[Paid, ...]:
    """What goes back of each payment of the policy at its end, after what endorsements gave back of it."""
    return policies.spread(policy.refund_fen or 0, policies.left_of_payments(policy, policy.endorsed_fen))


def _tell(account_id: UUID, template: str, number: str, amount_fen: int) -> None:
    phone = people.phone_of(account_id, "system:cancel", template)
    if phone is not None:
        notices.send(phone, template, {"number": number, "amount": yuan(amount_fen)}, account_id=account_id)

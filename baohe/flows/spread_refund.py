"""A refund of a policy, spread over the payments that paid it (SALE-9): each part is asked for under a natural key of
its own, and reaches the payer the way it came or, refused there for good, by the word of two people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baohe.rooms.disbursements import facade as disbursements
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.facade import Paid


def key_of(refund: str, part: Paid) -> str:
    """`refund` is the natural key of the whole; a part of a later payment has the number of its instalment behind."""
    return refund if part.number == 1 else f"{refund}:{part.number}"


def ask(policy: PolicyView, refund: str, parts: Iterable[Paid], reason: str) -> None:
    """Ask every payment for its part, once; inside the transaction that books the refund."""
    for part in parts:
        payments.request_refund(
            intent_id=part.payment_id,
            natural_key=key_of(refund, part),
            amount_fen=part.amount_fen,
            reason=f"{reason} {policy.number}",
            subject_id=policy.proposal_id if part.number == 1 else None,
        )


def is_back(key: str, shard_key: int) -> bool:
    """The part has reached the payer, whichever way."""
    refund = payments.refund(key, shard_key)
    return (refund is not None and refund.state == "done") or disbursements.is_made_up(key, shard_key)


def message(keys: Sequence[str], shard_key: int) -> str:
    """The template that says how the money came: wholly the way it was paid, or partly by transfer."""
    by_hand = any(disbursements.is_made_up(key, shard_key) for key in keys)
    return "payment_refunded_by_transfer" if by_hand else "payment_refunded"

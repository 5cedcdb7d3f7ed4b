"""One fact settles many policies at once: the same claims, money, books and evidence as of each alone
(`flows.settle_claim`), in a number of statements that does not grow with them.

Inside the caller's transaction, which holds the policies: all of them are settled, or none.
"""

from __future__ import annotations

from collections.abc import Sequence

from baohe.flows import bookkeeping, settle_claim
from baohe.flows.settle_claim import EventSettled
from baohe.plumbing import clock, outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import DecisionView, EventNotice, PayOrder, Settled
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import PayoutAsked
from baohe.rooms.policies.contracts import PolicyView


def settle_many(held: Sequence[PolicyView], notice: EventNotice) -> list[EventSettled]:
    """In the order of `held`; once for (policy, event, reference). Tells nobody: that is the caller's to do, in its
    own words. Raises `InvalidInput`, `AmountRefused`."""
    settled = claims.settle_events(held, notice)
    decided = [(one, one.decision) for one in settled if one.fresh and one.decision is not None]
    _owe([one.order for one, _ in decided if one.order is not None])
    _record(decided)
    return [settle_claim.event_settled(one) for one in settled]


def _owe(orders: Sequence[PayOrder]) -> None:
    """Owed from now on, and on its way. An order is new with its claim, and so is its reference in the books."""
    today = clock.today()
    ledger.post_many(
        [
            bookkeeping.claim_owed(
                one.version_id,
                one.amount_fen,
                one.natural_key,
                one.shard_key,
                today,
                one.claim_number,
                before_fen=one.before_fen,
            )
            for one in orders
        ]
    )
    payments.request_payouts(
        [
            PayoutAsked(one.natural_key, one.claim_id, one.shard_key, one.payee_account_id, one.amount_fen, one.memo)
            for one in orders
        ]
    )


def _record(decided: Sequence[tuple[Settled, DecisionView]]) -> None:
    evidence.append_many([settle_claim.leaf_of(one, decision) for one, decision in decided])
    outbox.publish_many(
        settle_claim.DECIDED,
        [(one.claim_id, one.shard_key, settle_claim.decided_words(one, decision)) for one, decision in decided],
    )

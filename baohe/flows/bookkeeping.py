"""The entry of each fact of the business: which accounts it moves, under which reference, with its commission.

Every function posts inside the caller's transaction, and a repeat under the same reference changes nothing. Amounts
are fen; `on` is the business date in Shanghai; `provider` is who holds or moved the money.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from baohe.kernel.money import apply_bp
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.policies.contracts import PolicyView


def premium(policy: PolicyView, amount_fen: int, ref: str, provider: str, on: date) -> None:
    """A premium came in, and the platform earned its commission on it."""
    version = catalog.version(policy.version_id)
    ledger.post(
        ledger.Entry(
            kind="premium_received",
            ref=ref,
            shard_key=policy.shard_key,
            business_date=on,
            memo=policy.number,
            postings=ledger.joined(
                movements.premium_received(version.insurer.code, amount_fen, provider),
                movements.commission_accrued(version.insurer.code, apply_bp(amount_fen, version.commission_bp)),
            ),
        )
    )


def receivable(policy: PolicyView, amount_fen: int, ref: str, on: date, kind: str) -> None:
    """An instalment fell due (positive), or was paid or dropped (negative)."""
    insurer = catalog.version(policy.version_id).insurer.code
    ledger.post(
        ledger.Entry(kind, ref, policy.shard_key, on, policy.number, movements.receivable_due(insurer, amount_fen))
    )


def bulk_premium(
    partner: UUID, insurer: str, commission_bp: int, amount_fen: int, ref: str, shard_key: int, memo: str, on: date
) -> ledger.Entry:
    """The entry of one cover that a partner bought on account; the caller posts thousands of them at once."""
    return ledger.Entry(
        kind="bulk_premium",
        ref=ref,
        shard_key=shard_key,
        business_date=on,
        memo=memo,
        postings=ledger.joined(
            movements.bulk_premium(partner, insurer, amount_fen),
            movements.commission_accrued(insurer, apply_bp(amount_fen, commission_bp)),
        ),
    )


def refund(policy: PolicyView, amount_fen: int, ref: str, on: date, refunded_before_fen: int = 0) -> None:
    """A premium is to be given back, with the claw-back of its commission (OVER-2).

    The claw-back is the difference of two running totals, so a premium refunded in parts returns exactly the
    commission it earned.
    """
    version = catalog.version(policy.version_id)
    total_fen = refunded_before_fen + amount_fen
    clawed_fen = apply_bp(total_fen, version.commission_bp) - apply_bp(refunded_before_fen, version.commission_bp)
    ledger.post(
        ledger.Entry(
            kind="premium_refunded",
            ref=ref,
            shard_key=policy.shard_key,
            business_date=on,
            memo=policy.number,
            postings=ledger.joined(
                movements.refund_decided(version.insurer.code, amount_fen),
                movements.commission_clawed_back(version.insurer.code, clawed_fen),
            ),
        )
    )


def refund_done(shard_key: int, ref: str, amount_fen: int, provider: str, on: date, memo: str) -> None:
    """The provider gave the money back to the account that paid."""
    ledger.post(ledger.Entry("refund_done", ref, shard_key, on, memo, movements.refund_done(amount_fen, provider)))


def claim_agreed(insurer: str, amount_fen: int, ref: str, shard_key: int, on: date, memo: str) -> None:
    """A claim is agreed and owed. A payout that fails leaves it owed: nothing is reversed."""
    ledger.post(ledger.Entry("claim_agreed", ref, shard_key, on, memo, movements.claim_agreed(insurer, amount_fen)))


def claim_done(insurer: str, amount_fen: int, ref: str, shard_key: int, provider: str, on: date, memo: str) -> None:
    """The claimant has the money."""
    ledger.post(
        ledger.Entry("claim_paid", ref, shard_key, on, memo, movements.claim_done(insurer, amount_fen, provider))
    )

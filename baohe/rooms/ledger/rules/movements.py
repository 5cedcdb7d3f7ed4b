"""The postings of each fact of the business. Debit positive, credit negative; every result adds up to 0.

Commission is the platform's share of a premium in basis points, earned with it and clawed back with a refund.
Pure: the caller supplies reference, date and shard.
"""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.money import apply_bp
from baohe.rooms.ledger.contracts import Posting
from baohe.rooms.ledger.rules import chart


def premium_received(insurer: str, amount_fen: int, commission_bp: int = 0) -> tuple[Posting, ...]:
    """A premium paid through the wallet: the wallet holds it, the insurer earned it, the platform its commission."""
    return (
        Posting(chart.WALLET_CLEARING, amount_fen),
        Posting(chart.premium_income(insurer), -amount_fen),
        *_commission(insurer, apply_bp(amount_fen, commission_bp)),
    )


def bulk_premium_receivable(
    partner: UUID | str, insurer: str, amount_fen: int, commission_bp: int = 0
) -> tuple[Posting, ...]:
    """Cover bought by a partner on account: the partner owes it until the settlement."""
    return (
        Posting(chart.partner_receivable(partner), amount_fen),
        Posting(chart.premium_income(insurer), -amount_fen),
        *_commission(insurer, apply_bp(amount_fen, commission_bp)),
    )


def partner_settled(partner: UUID | str, amount_fen: int) -> tuple[Posting, ...]:
    """The partner paid what it owed."""
    return (Posting(chart.WALLET_CLEARING, amount_fen), Posting(chart.partner_receivable(partner), -amount_fen))


def premium_refunded(
    insurer: str, amount_fen: int, commission_bp: int = 0, refunded_before_fen: int = 0
) -> tuple[Posting, ...]:
    """A premium given back, with the claw-back of its commission (OVER-2).

    `refunded_before_fen` is what earlier refunds of the same premium gave back. The claw-back is the difference of
    two running totals, so a premium refunded in parts returns exactly the commission it earned.
    """
    total = refunded_before_fen + amount_fen
    clawed = apply_bp(total, commission_bp) - apply_bp(refunded_before_fen, commission_bp)
    return (
        Posting(chart.premium_refunded(insurer), amount_fen),
        Posting(chart.WALLET_CLEARING, -amount_fen),
        *_claw_back(insurer, clawed),
    )


def claim_paid(insurer: str, amount_fen: int) -> tuple[Posting, ...]:
    """A claim paid out through the wallet."""
    return (Posting(chart.claims_paid(insurer), amount_fen), Posting(chart.WALLET_CLEARING, -amount_fen))


def suspense_received(amount_fen: int) -> tuple[Posting, ...]:
    """Money that came without a cover it could pay for; a person or an automatic refund clears it."""
    return (Posting(chart.WALLET_CLEARING, amount_fen), Posting(chart.SUSPENSE, -amount_fen))


def suspense_returned(amount_fen: int) -> tuple[Posting, ...]:
    """The same money on its way back to the payer."""
    return (Posting(chart.SUSPENSE, amount_fen), Posting(chart.WALLET_CLEARING, -amount_fen))


def _commission(insurer: str, earned_fen: int) -> tuple[Posting, ...]:
    if earned_fen == 0:
        return ()  # a posting of 0 says nothing and the table refuses it
    return (
        Posting(chart.commission_expense(insurer), earned_fen),
        Posting(chart.COMMISSION_EARNED, -earned_fen),
    )


def _claw_back(insurer: str, clawed_fen: int) -> tuple[Posting, ...]:
    if clawed_fen == 0:
        return ()
    return (
        Posting(chart.COMMISSION_CLAWED_BACK, clawed_fen),
        Posting(chart.commission_expense(insurer), -clawed_fen),
    )

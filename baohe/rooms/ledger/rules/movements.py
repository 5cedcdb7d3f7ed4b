"""The postings of each fact of the business. Debit positive, credit negative; every result adds up to 0.

Pure: the caller supplies reference, date and shard, and joins movements of one fact with `entries.joined`. A movement
of 0 has no postings. All amounts are fen and positive unless said otherwise; `provider` is who holds the money.
"""

from __future__ import annotations

from uuid import UUID

from baohe.rooms.ledger.contracts import Posting
from baohe.rooms.ledger.rules import chart

Postings = tuple[Posting, ...]


def premium_received(insurer: str, amount_fen: int, provider: str = "wallet") -> Postings:
    """A premium that came in: the provider holds it, the platform owes it to the insurer."""
    return _move(chart.clearing(provider), chart.insurer(insurer, "premium_income"), amount_fen)


def bulk_premium(partner: UUID | str, insurer: str, amount_fen: int) -> Postings:
    """Cover bought by a partner on account: the partner owes it until the settlement."""
    return _move(chart.partner_receivable(partner), chart.insurer(insurer, "premium_income"), amount_fen)


def partner_settled(partner: UUID | str, amount_fen: int, provider: str = "transfer") -> Postings:
    """The partner paid what it owed."""
    return _move(chart.clearing(provider), chart.partner_receivable(partner), amount_fen)


def partner_paid(partner: UUID | str, amount_fen: int, provider: str = "transfer") -> Postings:
    """The platform paid a partner what it owed it."""
    return _move(chart.partner_payable(partner), chart.clearing(provider), amount_fen)


def refund_decided(insurer: str, amount_fen: int) -> Postings:
    """A premium is given back; until the provider has done it, the platform owes it to the payer."""
    return _move(chart.insurer(insurer, "premium_refunded"), chart.REFUNDS_PAYABLE, amount_fen)


def refund_done(amount_fen: int, provider: str = "wallet") -> Postings:
    """The refund left for the account that paid (SALE-9)."""
    return _move(chart.REFUNDS_PAYABLE, chart.clearing(provider), amount_fen)


def claim_agreed(insurer: str, amount_fen: int) -> Postings:
    """A claim is agreed: the insurer's loss, owed to the claimant."""
    return _move(chart.insurer(insurer, "claims_paid"), chart.insurer(insurer, "claims_payable"), amount_fen)


def claim_done(insurer: str, amount_fen: int, provider: str = "wallet") -> Postings:
    """The claimant has the money."""
    return _move(chart.insurer(insurer, "claims_payable"), chart.clearing(provider), amount_fen)


def claim_cost_agreed(insurer: str, amount_fen: int) -> Postings:
    """What looking into a claim cost: the insurer's, owed to who did the work."""
    return _move(chart.insurer(insurer, "claim_costs"), chart.insurer(insurer, "claims_payable"), amount_fen)


def claim_cost_done(insurer: str, amount_fen: int, provider: str = "transfer") -> Postings:
    """Who did the work has the money."""
    return _move(chart.insurer(insurer, "claims_payable"), chart.clearing(provider), amount_fen)


def claims_reserve_change(insurer: str, change_fen: int) -> Postings:
    """The reserve for claims outstanding grows by `change_fen` (or shrinks, when negative)."""
    return _move(chart.insurer(insurer, "claims_reserve_change"), chart.insurer(insurer, "claims_reserve"), change_fen)


def claim_corrected(insurer: str, amount_fen: int) -> Postings:
    """Of a paid claim `amount_fen` was not owed: the loss is reversed and the money asked back."""
    return _move(chart.insurer(insurer, "recoverable"), chart.insurer(insurer, "claims_paid"), amount_fen)


def recovery_opened(insurer: str, amount_fen: int) -> Postings:
    """Somebody else owes a part of a paid claim, or what is left of the thing is worth it."""
    return _move(chart.insurer(insurer, "recoverable"), chart.insurer(insurer, "recovered"), amount_fen)


def recovery_received(insurer: str, amount_fen: int, provider: str = "transfer") -> Postings:
    """It came in: the platform holds it, and owes it to the insurer."""
    return _move(chart.clearing(provider), chart.insurer(insurer, "recoverable"), amount_fen)


def recovery_written_off(insurer: str, amount_fen: int) -> Postings:
    """It will not come in."""
    return _move(chart.insurer(insurer, "recovery_written_off"), chart.insurer(insurer, "recoverable"), amount_fen)


def commission_accrued(insurer: str, amount_fen: int, deferred_fen: int = 0) -> Postings:
    """The platform's commission on a premium; `deferred_fen` of it is earned in later years (OVER-2)."""
    receivable = chart.insurer(insurer, "commission_expense")
    return _move(receivable, chart.COMMISSION_EARNED, amount_fen - deferred_fen) + _move(
        receivable, chart.COMMISSION_DEFERRED, deferred_fen
    )


def commission_due(amount_fen: int) -> Postings:
    """A deferred part of a commission is earned now."""
    return _move(chart.COMMISSION_DEFERRED, chart.COMMISSION_EARNED, amount_fen)


def commission_clawed_back(insurer: str, earned_fen: int, deferred_fen: int = 0) -> Postings:
    """Commission that goes back to the insurer (OVER-2): what was earned, and what never will be."""
    receivable = chart.insurer(insurer, "commission_expense")
    return _move(chart.COMMISSION_CLAWED_BACK, receivable, earned_fen) + _move(
        chart.COMMISSION_DEFERRED, receivable, deferred_fen
    )


def producer_owed(producer: UUID | str, amount_fen: int) -> Postings:
    """A registered person's part of a commission; negative takes it back."""
    return _move(chart.COMMISSION_COST, chart.commission_payable(producer), amount_fen)


def producer_paid(producer: UUID | str, amount_fen: int, provider: str = "transfer") -> Postings:
    return _move(chart.commission_payable(producer), chart.clearing(provider), amount_fen)


def insurer_settled(insurer: str, amount_fen: int, provider: str = "transfer") -> Postings:
    """The platform paid an insurer what it held for it."""
    return _move(chart.insurer(insurer, "settled"), chart.clearing(provider), amount_fen)


def receivable_due(insurer: str, amount_fen: int) -> Postings:
    """An instalment fell due and is not paid yet: shown gross, and owed to nobody until it comes in. Negative when
    it was paid or dropped."""
    return _move(chart.insurer(insurer, "premium_receivable"), chart.insurer(insurer, "premium_due"), amount_fen)


def referral(payer: str, receiver: str, amount_fen: int) -> Postings:
    """A fee between two insurers for a customer that one sent to the other."""
    return _move(chart.insurer(payer, "referral_expense"), chart.insurer(receiver, "referral_income"), amount_fen)


def unearned_change(insurer: str, change_fen: int) -> Postings:
    """The reserve for cover still to be given grows by `change_fen` (or shrinks, when negative)."""
    return _move(chart.insurer(insurer, "unearned_change"), chart.insurer(insurer, "unearned_premium"), change_fen)


def vat(amount_fen: int) -> Postings:
    """The tax inside the commission of a month; negative gives back what was clawed back."""
    return _move(chart.COMMISSION_EARNED, chart.OUTPUT_VAT, amount_fen)


def suspense_in(amount_fen: int, provider: str = "wallet") -> Postings:
    """Money that nobody can place; negative for money the books hold and the provider does not."""
    return _move(chart.clearing(provider), chart.suspense(provider), amount_fen)


def suspense_out(amount_fen: int, provider: str = "wallet") -> Postings:
    """The same money on its way back to the payer."""
    return _move(chart.suspense(provider), chart.clearing(provider), amount_fen)


def surplus_paid_out(amount_fen: int, provider: str, by: str = "transfer") -> Postings:
    """The same money, where `provider` refused its way back: another one pays it to the payer."""
    return _move(chart.suspense(provider), chart.clearing(by), amount_fen)


def _move(debit: str, credit: str, amount_fen: int) -> Postings:
    if amount_fen == 0:
        return ()  # a posting of 0 says nothing and the table refuses it
    return (Posting(debit, amount_fen), Posting(credit, -amount_fen))

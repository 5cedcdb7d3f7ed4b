"""The entry of each fact of the business: which accounts it moves, under which reference, with its commission.

Every function posts inside the caller's transaction, and a repeat under the same reference changes nothing. Amounts
are fen; `on` is the business date in Shanghai; `provider` is who holds or moved the money.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from baohe.kernel.money import apply_bp
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import EarnedPart, Sale
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.rating import facade as rating


def premium(policy: PolicyView, amount_fen: int, ref: str, provider: str, on: date, due_on: date | None = None) -> None:
    """A premium came in, with the commission on it: the platform's, spread where the pay term asks for it, and the
    producer's (OVER-2). `due_on` is a later instalment's own day."""
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
                _earned(policy, version, [(version.insurer.code, amount_fen)], ref, on, due_on),
            ),
        )
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


def refund(
    policy: PolicyView, amount_fen: int, ref: str, on: date, refunded_before_fen: int = 0, reason: str = "refunded"
) -> None:
    """A premium is to be given back, with the claw-back of its commission (OVER-2). `reason`: refunded, cancelled or
    endorsed (an endorsement that lowers the premium).

    The claw-back is the difference of two running totals, so a premium refunded in parts returns exactly the
    commission it earned.
    """
    if ledger.entry_of(policy.shard_key, "premium_refunded", ref) is not None:
        return  # the claw-back would run on from where the first one ended
    version = catalog.version(policy.version_id)
    ledger.post(
        ledger.Entry(
            kind="premium_refunded",
            ref=ref,
            shard_key=policy.shard_key,
            business_date=on,
            memo=policy.number,
            postings=ledger.joined(
                movements.refund_decided(version.insurer.code, amount_fen),
                _clawed_back(policy, version, [(version.insurer.code, amount_fen)], refunded_before_fen, reason, on),
            ),
        )
    )


def commission_ended(policy_id: UUID, reason: str, on: date) -> None:
    """The contract ended before its time (`reason`: cancelled, lapsed): what was deferred is never earned, and the
    schedule's table takes back its share of the rest."""
    for part in commission.on_end(policy_id, reason, on):
        _post_commission("commission_ended", part)


def commission_due(part: EarnedPart) -> None:
    """A deferred part of a commission is earned."""
    _post_commission("commission_due", part)


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


def _earned(
    policy: PolicyView,
    version: ProductVersion,
    carriers: Sequence[tuple[str, int]],
    ref: str,
    on: date,
    due_on: date | None,
) -> movements.Postings:
    """The commission on each carrier's part of a premium."""
    sale = Sale(
        policy_id=policy.id,
        number=policy.number,
        shard_key=policy.shard_key,
        proposal_id=policy.proposal_id,
        version_id=version.id,
        line=version.line,
        cap_bp=version.commission_bp,
        pay_years=rating.pay_term(version, policy.inputs, policy.instalment),
        start=policy.start,
    )
    booked = [commission.on_premium(sale, insurer, fen, ref, on, due_on).postings for insurer, fen in carriers]
    return ledger.joined(*booked)


def _clawed_back(
    policy: PolicyView,
    version: ProductVersion,
    carriers: Sequence[tuple[str, int]],
    before_fen: int,
    reason: str,
    on: date,
) -> movements.Postings:
    """What goes back of each carrier's part of a refund. A partner's cover has no rows in the room: its commission was
    earned at once at the filed rate, and goes back at it."""
    booked = [commission.on_refund(policy.id, insurer, fen, reason, on) for insurer, fen in carriers]
    if any(booked):
        return ledger.joined(*(one.postings for one in booked if one is not None))
    insurer, fen = carriers[0]
    before, after = (apply_bp(total, version.commission_bp) for total in (before_fen, before_fen + fen))
    return movements.commission_clawed_back(insurer, after - before)


def _post_commission(kind: str, part: EarnedPart) -> None:
    postings = ledger.joined(part.postings)
    if postings:  # a part that rounding left empty is earned without an entry
        ledger.post(ledger.Entry(kind, part.ref, part.shard_key, part.on, part.memo, postings))

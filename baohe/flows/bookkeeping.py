"""The entry of each fact of the business: which accounts it moves, under which reference, with its commission.

Every function posts inside the caller's transaction, and a repeat under the same reference changes nothing. Amounts
are fen; `on` is the business date in Shanghai; `provider` is who holds or moved the money. What a version's insurers
carry together is split over them here and nowhere else: `before_fen` is what was booked of the same thing earlier (of
one policy's premium, of one claim), so that parts re-add to each carrier's share of the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from baohe.kernel.money import apply_bp, split_after
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.policies.contracts import PolicyView

Postings = tuple[ledger.Posting, ...]


def by_carrier(version: ProductVersion, amount_fen: int, before_fen: int = 0) -> list[tuple[str, int]]:
    """Insurer code and its part of `amount_fen`, the lead first; parts add up to the amount."""
    if not version.coinsurance:
        return [(version.insurer.code, amount_fen)]
    parts = split_after(before_fen, amount_fen, [carrier.share_bp for carrier in version.coinsurance])
    return [(carrier.insurer.code, part) for carrier, part in zip(version.coinsurance, parts, strict=True)]


def shared(
    version: ProductVersion, amount_fen: int, movement: Callable[[str, int], Postings], before_fen: int = 0
) -> Postings:
    """The movement of every carrier's part."""
    return ledger.joined(*(movement(code, part) for code, part in by_carrier(version, amount_fen, before_fen)))


def premium(policy: PolicyView, amount_fen: int, ref: str, provider: str, on: date, before_fen: int = 0) -> None:
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
                shared(
                    version,
                    amount_fen,
                    lambda code, fen: movements.premium_received(code, fen, provider),
                    before_fen,
                ),
                _commission(version, amount_fen, movements.commission_accrued, before_fen),
            ),
        )
    )


def bulk_premium(
    partner: UUID, version: ProductVersion, amount_fen: int, ref: str, shard_key: int, memo: str, on: date
) -> ledger.Entry:
    """The entry of one cover that a partner bought on account; the caller posts thousands of them at once."""
    return ledger.Entry(
        kind="bulk_premium",
        ref=ref,
        shard_key=shard_key,
        business_date=on,
        memo=memo,
        postings=ledger.joined(
            shared(version, amount_fen, lambda code, fen: movements.bulk_premium(partner, code, fen)),
            _commission(version, amount_fen, movements.commission_accrued),
        ),
    )


def refund(policy: PolicyView, amount_fen: int, ref: str, on: date, refunded_before_fen: int = 0) -> None:
    """A premium is to be given back, with the claw-back of its commission (OVER-2).

    A premium refunded in parts returns exactly the commission it earned.
    """
    version = catalog.version(policy.version_id)
    ledger.post(
        ledger.Entry(
            kind="premium_refunded",
            ref=ref,
            shard_key=policy.shard_key,
            business_date=on,
            memo=policy.number,
            postings=ledger.joined(
                shared(version, amount_fen, movements.refund_decided, refunded_before_fen),
                _commission(version, amount_fen, movements.commission_clawed_back, refunded_before_fen),
            ),
        )
    )


def refund_done(shard_key: int, ref: str, amount_fen: int, provider: str, on: date, memo: str) -> None:
    """The provider gave the money back to the account that paid."""
    ledger.post(ledger.Entry("refund_done", ref, shard_key, on, memo, movements.refund_done(amount_fen, provider)))


def claim_agreed(
    version_id: str, amount_fen: int, ref: str, shard_key: int, on: date, memo: str, before_fen: int = 0
) -> None:
    """A claim is agreed and owed. A payout that fails leaves it owed: nothing is reversed."""
    postings = shared(catalog.version(version_id), amount_fen, movements.claim_agreed, before_fen)
    ledger.post(ledger.Entry("claim_agreed", ref, shard_key, on, memo, postings))


def claim_done(
    version_id: str,
    amount_fen: int,
    ref: str,
    shard_key: int,
    provider: str,
    on: date,
    memo: str,
    before_fen: int = 0,
) -> None:
    """The claimant has the money. With the `before_fen` of its agreement it leaves nobody owing a fen."""
    postings = shared(
        catalog.version(version_id),
        amount_fen,
        lambda code, fen: movements.claim_done(code, fen, provider),
        before_fen,
    )
    ledger.post(ledger.Entry("claim_paid", ref, shard_key, on, memo, postings))


def _commission(
    version: ProductVersion, amount_fen: int, movement: Callable[[str, int], Postings], before_fen: int = 0
) -> Postings:
    """Commission on a part of a premium: the difference of two running totals."""
    earlier_fen = apply_bp(before_fen, version.commission_bp)
    commission_fen = apply_bp(before_fen + amount_fen, version.commission_bp) - earlier_fen
    return shared(version, commission_fen, movement, earlier_fen)

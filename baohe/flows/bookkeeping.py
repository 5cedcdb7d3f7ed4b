"""The entry of each fact of the business: which accounts it moves, under which reference, with its commission.

Every function posts inside the caller's transaction, and a repeat under the same reference changes nothing. Amounts
are fen; `on` is the business date in Shanghai; `provider` is who holds or moved the money. What a version's insurers
carry together is split over them here and nowhere else: `before_fen` is what was booked of the same thing earlier (of
one policy's premium, of one claim), so that parts re-add to each carrier's share of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from baohe.kernel.money import apply_bp, split_after
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import EarnedPart, Sale
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.rating import facade as rating

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


def premium(
    policy: PolicyView,
    amount_fen: int,
    ref: str,
    provider: str,
    on: date,
    before_fen: int = 0,
    due_on: date | None = None,
) -> None:
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
                shared(
                    version,
                    amount_fen,
                    lambda code, fen: movements.premium_received(code, fen, provider),
                    before_fen,
                ),
                _earned(policy, version, by_carrier(version, amount_fen, before_fen), ref, on, due_on),
            ),
        )
    )


def receivable(policy: PolicyView, amount_fen: int, ref: str, on: date, kind: str) -> None:
    """An instalment fell due (positive), or was paid or dropped (negative)."""
    postings = shared(catalog.version(policy.version_id), amount_fen, movements.receivable_due)
    ledger.post(ledger.Entry(kind, ref, policy.shard_key, on, policy.number, postings))


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


def refund(
    policy: PolicyView, amount_fen: int, ref: str, on: date, refunded_before_fen: int = 0, reason: str = "refunded"
) -> None:
    """A premium is to be given back, with the claw-back of its commission (OVER-2). `reason`: refunded, cancelled or
    endorsed (an endorsement that lowers the premium).

    A premium refunded in parts returns exactly the commission it earned.
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
                shared(version, amount_fen, movements.refund_decided, refunded_before_fen),
                _clawed_back(policy, version, amount_fen, refunded_before_fen, reason, on),
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


def claim_agreed(
    version_id: str, amount_fen: int, ref: str, shard_key: int, on: date, memo: str, before_fen: int = 0
) -> None:
    """A claim is agreed and owed. A payout that fails leaves it owed: nothing is reversed."""
    ledger.post(claim_owed(version_id, amount_fen, ref, shard_key, on, memo, before_fen))


def claim_owed(
    version_id: str, amount_fen: int, ref: str, shard_key: int, on: date, memo: str, before_fen: int = 0
) -> ledger.Entry:
    """The entry of it; whoever agrees thousands of claims at once posts them together."""
    postings = shared(catalog.version(version_id), amount_fen, movements.claim_agreed, before_fen)
    return ledger.Entry("claim_agreed", ref, shard_key, on, memo, postings)


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


def claim_cost(
    version_id: str, amount_fen: int, ref: str, shard_key: int, on: date, memo: str, before_fen: int
) -> None:
    """A cost of a claim is agreed and owed; `before_fen` is what was booked of the same claim's costs."""
    postings = shared(catalog.version(version_id), amount_fen, movements.claim_cost_agreed, before_fen)
    ledger.post(ledger.Entry("claim_cost_agreed", ref, shard_key, on, memo, postings))


def claim_cost_done(
    version_id: str, amount_fen: int, ref: str, shard_key: int, on: date, memo: str, before_fen: int
) -> None:
    """It was paid. With the `before_fen` of its agreement no carrier owes a fen, in whatever order costs are paid."""
    postings = shared(catalog.version(version_id), amount_fen, movements.claim_cost_done, before_fen)
    ledger.post(ledger.Entry("claim_cost_paid", ref, shard_key, on, memo, postings))


def claim_reserve(
    version_id: str, change_fen: int, ref: str, shard_key: int, on: date, memo: str, before_fen: int
) -> None:
    """What is set aside for an open claim moves by `change_fen`; `before_fen` is what was set aside before, so that
    it comes back to 0 on every carrier's books."""
    postings = shared(catalog.version(version_id), change_fen, movements.claims_reserve_change, before_fen)
    if postings:  # a fen that no carrier's share feels
        ledger.post(ledger.Entry("claim_reserve", ref, shard_key, on, memo, postings))


def claim_corrected(
    version_id: str, amount_fen: int, ref: str, shard_key: int, on: date, memo: str, agreed_fen: int
) -> None:
    """Of `agreed_fen` paid, `amount_fen` was not owed: every carrier's part of the loss is what it is of the rest."""
    postings = shared(
        catalog.version(version_id),
        -amount_fen,
        lambda code, fen: movements.claim_corrected(code, -fen),
        agreed_fen,
    )
    ledger.post(ledger.Entry("claim_corrected", ref, shard_key, on, memo, postings))


def recovery(
    kind: str, version_id: str, amount_fen: int, ref: str, shard_key: int, on: date, memo: str, before_fen: int
) -> None:
    """`kind`: recovery_opened, recovery_received or recovery_written_off. `before_fen` is what was booked of the same
    recovery before, so that a settled one leaves no carrier with a fen to receive."""
    movement = {
        "recovery_opened": movements.recovery_opened,
        "recovery_received": movements.recovery_received,
        "recovery_written_off": movements.recovery_written_off,
    }[kind]
    postings = shared(catalog.version(version_id), amount_fen, lambda code, fen: movement(code, fen), before_fen)
    ledger.post(ledger.Entry(kind, ref, shard_key, on, memo, postings))


def _commission(
    version: ProductVersion, amount_fen: int, movement: Callable[[str, int], Postings], before_fen: int = 0
) -> Postings:
    """Commission on a part of a premium: the difference of two running totals."""
    earlier_fen = apply_bp(before_fen, version.commission_bp)
    commission_fen = apply_bp(before_fen + amount_fen, version.commission_bp) - earlier_fen
    return shared(version, commission_fen, movement, earlier_fen)


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
    policy: PolicyView, version: ProductVersion, amount_fen: int, before_fen: int, reason: str, on: date
) -> Postings:
    """What goes back of each carrier's part of a refund. A partner's cover has no rows in the room: its commission was
    earned at once at the filed rate, and goes back at it."""
    carriers = by_carrier(version, amount_fen, before_fen)
    booked = [commission.on_refund(policy.id, insurer, fen, reason, on) for insurer, fen in carriers]
    if not any(booked):
        return _commission(version, amount_fen, movements.commission_clawed_back, before_fen)
    return ledger.joined(*(one.postings for one in booked if one is not None))


def _post_commission(kind: str, part: EarnedPart) -> None:
    postings = ledger.joined(part.postings)
    if postings:  # a part that rounding left empty is earned without an entry
        ledger.post(ledger.Entry(kind, part.ref, part.shard_key, part.on, part.memo, postings))

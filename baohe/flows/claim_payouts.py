"""What the wallet or the bank said of a claim's payout: booked, told, and the end of what it was the last of. Each word
comes at least once and is handled once for a payout's natural key."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping, claimant, end_by_claim
from baohe.kernel.money import yuan
from baohe.plumbing import clock, outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import ClaimView
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies

_PREFIX = "claim:"


def payout_done(event: outbox.Event) -> None:
    """Handler of `payments.payout_done`: the claim is paid, and the claimant hears of it once."""

    def note(claim_id: UUID, key: str) -> None:
        if claims.ends_contract(claim_id):
            policies.hold(claims.policy_id_of(claim_id))  # before the claim, as everywhere
        if claims.payout_done(claim_id, key).fresh:
            claim, amount_fen = claims.claim_by_id(claim_id), int(event.payload["amount_fen"])
            share = claims.share_of_payout(claim_id, key)
            # an event that waited through the upgrade names no provider: it is the wallet's
            provider = str(event.payload.get("provider", "wallet"))
            bookkeeping.claim_done(
                claim.version_id,
                amount_fen,
                key,
                claim.shard_key,
                provider,
                clock.today(),
                claim.number,
                # shares arrive in any order; each is booked behind those before it
                before_fen=claim.paid_fen - amount_fen if share is None else share.before_fen,
            )
            _tell_paid(claim, amount_fen, share)
            if claim.state == "paid":  # an advance leaves it open, and so does a share that is not the last
                end_by_claim.finish(claim)
            elif share is not None:
                # the first share that arrives ends the contract: no premium is asked for while accounts are missing
                end_by_claim.end(claim)

    _on_payout(event, note)


def payout_failed(event: outbox.Event) -> None:
    """Handler of `payments.payout_failed`: the claim stays owed in the books and waits for a handler to pay again, a
    share for another account."""

    def note(claim_id: UUID, key: str) -> None:
        share = claims.share_of_payout(claim_id, key)
        if claims.payout_failed(claim_id, key).fresh and share is not None:
            claim = claims.claim_by_id(claim_id)
            facts = {"number": claim.number, "name": share.name, "amount": yuan(share.amount_fen)}
            claimant.tell(claim, "share_failed", facts)

    _on_payout(event, note)


def _tell_paid(claim: ClaimView, amount_fen: int, share: claims.ShareView | None) -> None:
    facts = {"number": claim.number, "amount": yuan(amount_fen)}
    if share is None:
        claimant.tell(claim, "paid", facts)
        return
    evidence.append(
        "claim_share_paid", str(share.id), {"number": claim.number, "amount_fen": amount_fen}, claim.shard_key
    )
    claimant.tell(claim, "share_paid", facts | {"name": share.name, "last_four": share.last_four})


def _on_payout(event: outbox.Event, note: Callable[[UUID, str], None]) -> None:
    key = str(event.payload["natural_key"])
    if key.startswith(_PREFIX):
        with transaction.atomic():
            note(UUID(str(event.payload["subject_id"])), key)

"""Rows of a death benefit's shares → contracts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from baohe.rooms.claims import share_sealing, shares
from baohe.rooms.claims.contracts import ShareView
from baohe.rooms.claims.models import Claim, ClaimPayment, ClaimShare
from baohe.rooms.claims.rules.sharing import WAITING_GUARDIAN
from baohe.rooms.policies import facade as policies


def share_views(row: Claim) -> tuple[ShareView, ...]:
    """All shares of a claim, in the order of its decisions."""
    return views_of(row, ClaimShare.objects.filter(claim=row).order_by("decision_number", "number"))


def views_of(row: Claim, found: Sequence[ClaimShare]) -> tuple[ShareView, ...]:
    """The contract is asked only while a minor's guardian is waited for."""
    waits = any(share.state == WAITING_GUARDIAN for share in found)
    policy = policies.policy_by_id(row.policy_id) if waits else None
    return tuple(_view(share, policy is not None and shares.is_claimants_child(share, policy)) for share in found)


def share_of_payout(claim_id: UUID, natural_key: str) -> ShareView | None:
    """The share that a payout of the claim pays; None for one that pays a claim whole."""
    payment = ClaimPayment.objects.filter(claim_id=claim_id, natural_key=natural_key).select_related("share").first()
    return None if payment is None or payment.share is None else _view(payment.share, False)


def _view(share: ClaimShare, claimant_is_guardian: bool) -> ShareView:
    return ShareView(
        id=share.id,
        name=share_sealing.name(share),
        percent=share.percent,
        amount_fen=share.amount_fen,
        before_fen=share.before_fen,
        state=share.state,
        minor=share.minor,
        guardian=share_sealing.guardian(share),
        claimant_is_guardian=claimant_is_guardian,
        bank=share.bank,
        last_four=share.last_four,
        attempt=share.attempt,
        paid_at=share.paid_at,
    )

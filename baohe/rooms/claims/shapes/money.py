"""Rows of a claim's money → contracts."""

from __future__ import annotations

from uuid import UUID

from baohe.rooms.claims import sealing
from baohe.rooms.claims.contracts import (
    AdvanceView,
    MoneyActView,
    PayoutView,
    RecoveryMoveView,
    RecoveryView,
    ReserveMoveView,
    checkers_of,
)
from baohe.rooms.claims.models import Advance, ClaimPayment, MoneyAct, Recovery, ReserveMove


def act_view(act: MoneyAct) -> MoneyActView:
    recovery, share = act.facts.get("recovery"), act.facts.get("share")
    return MoneyActView(
        id=act.id,
        claim_id=act.claim_id,
        kind=act.kind,
        amount_fen=act.amount_fen,
        reason=sealing.act_reason(act),
        state="done" if act.confirmed_at else "returned" if act.returned_at else "waiting",
        maker_id=act.maker_id,
        maker_name=act.maker_name,
        checker_name=act.checker_name,
        proposed_at=act.proposed_at,
        recovery_id=UUID(recovery) if recovery else None,
        bank_reference=act.facts.get("bank_reference", ""),
        checkers=checkers_of(act.kind),
        how=act.facts.get("how", ""),
        share_id=UUID(share) if share else None,
        to_check=() if act.confirmed_at or act.returned_at else tuple(sealing.act_sealed(act).values()),
    )


def reserve_view(move: ReserveMove) -> ReserveMoveView:
    return ReserveMoveView(
        id=move.id,
        claim_id=move.claim_id,
        claim_number=move.claim.number,
        version_id=move.claim.version_id,
        shard_key=move.shard_key,
        number=move.number,
        at=move.at,
        cause=move.cause,
        before_fen=move.before_fen,
        amount_fen=move.amount_fen,
    )


def payout_view(row: ClaimPayment) -> PayoutView:
    state = "done" if row.done_at else "failed" if row.failed_at else "asked"
    moment = row.done_at or row.failed_at or row.requested_at
    return PayoutView(row.natural_key, row.decision_number, row.amount_fen, state, moment, row.advance)


def advance_view(row: Advance) -> AdvanceView:
    return AdvanceView(row.raised_at, row.certain_fen, row.ordered_at, row.amount_fen)


def recovery_view(row: Recovery) -> RecoveryView:
    """`row` comes with its moves prefetched."""
    moves = sorted(row.moves.all(), key=lambda move: move.id)
    return RecoveryView(
        id=row.id,
        number=row.number,
        kind=row.kind,
        debtor=sealing.debtor(row),
        expected_fen=row.expected_fen,
        opened_at=row.opened_at,
        moves=tuple(RecoveryMoveView(m.what, m.amount_fen, m.bank_reference, m.at) for m in moves),
    )

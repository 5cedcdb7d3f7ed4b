"""Rows into contracts."""

from __future__ import annotations

from baohe.rooms.reconciliation.contracts import BookingView, ItemView, Party, RunView, Side
from baohe.rooms.reconciliation.models import Booking, Item, Run


def run_view(row: Run) -> RunView:
    return RunView(
        id=row.id,
        provider=row.provider,
        day=row.day,
        edition=row.edition,
        bill_digest=row.bill_digest,
        bill=Side(row.lines, row.bill_in_fen, row.bill_out_fen),
        ours=Side(row.ours, row.ours_in_fen, row.ours_out_fen),
        differences=row.differences,
        asked=row.asked,
        crossed=row.crossed,
        closed_at=row.closed_at,
        is_current=row.superseded_at is None,
    )


def item_view(row: Item) -> ItemView:
    return ItemView(
        id=row.id,
        provider=row.provider,
        day=row.day,
        difference=row.difference,
        movement=row.movement,
        number=row.number,
        trade_no=row.trade_no,
        bill_fen=row.bill_fen,
        bill_currency=row.bill_currency,
        bill_at=row.bill_at,
        ours_fen=row.ours_fen,
        ours_currency=row.ours_currency,
        ours_at=row.ours_at,
        ours_state=row.ours_state,
        diff_fen=row.diff_fen,
        standing_fen=row.standing_fen,
        state=row.state,
        owner=None if row.owner_id is None else Party(row.owner_id, row.owner_name),
        deadline=row.deadline,
        found_at=row.found_at,
        ended_at=row.ended_at,
        resolution=row.resolution,
    )


def booking_view(row: Booking) -> BookingView:
    return BookingView(
        id=row.id,
        item_id=row.item_id,
        amount_fen=row.amount_fen,
        reason=row.reason,
        made_by=Party(row.made_by, row.made_by_name),
        made_at=row.made_at,
        decided_by=row.decided_by_name,
        decided_at=row.decided_at,
        outcome=row.outcome,
    )

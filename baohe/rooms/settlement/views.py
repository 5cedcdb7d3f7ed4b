"""Rows into contracts. Account numbers leave as four digits."""

from __future__ import annotations

from baohe.rooms.settlement.contracts import (
    UNDECIDED,
    AccountView,
    BatchView,
    CollectionView,
    DisputeStep,
    DisputeView,
    ItemView,
)
from baohe.rooms.settlement.models import BankAccount, Batch, BatchItem, Collection, Dispute
from baohe.rooms.settlement.queries import party_view


def dispute_view(row: Dispute) -> DisputeView:
    steps = sorted(row.steps.all(), key=lambda step: step.id)
    return DisputeView(
        id=row.id,
        statement_id=row.statement_id,
        statement_number=row.statement.number,
        party=party_view(row.party),
        reference=row.reference,
        reason=row.reason,
        lines=tuple(row.line_numbers),
        held_fen=row.held_fen if row.state in UNDECIDED else 0,
        state=row.state,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        due_at=row.due_at,
        answer=row.answer,
        steps=tuple(DisputeStep(step.at, step.action, step.by_name, step.text) for step in steps),
    )


def account_view(row: BankAccount) -> AccountView:
    return AccountView(
        id=row.id,
        party=party_view(row.party),
        bank=row.bank,
        holder=row.holder,
        number_masked=f"**** {row.last_four}",
        state=row.state,
        set_by=row.set_by,
        set_by_name=row.set_by_name,
        set_at=row.set_at,
        decided_by_name=row.decided_by_name,
        decided_at=row.decided_at,
        usable_from=row.usable_from,
        reason=row.reason,
    )


def batch_view(row: Batch) -> BatchView:
    return BatchView(
        id=row.id,
        number=row.number,
        month=row.month,
        state=row.state,
        items=row.count,
        total_fen=row.total_fen,
        done=getattr(row, "done", 0),
        failed=getattr(row, "failed", 0),
        made_by=row.made_by,
        made_by_name=row.made_by_name,
        made_at=row.made_at,
        decided_by_name=row.decided_by_name,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def item_view(row: BatchItem) -> ItemView:
    return ItemView(
        id=row.id,
        batch_id=row.batch_id,
        statement_id=row.statement_id,
        statement_number=row.statement.number,
        party=party_view(row.party),
        amount_fen=row.amount_fen,
        held_fen=row.held_fen,
        bank=row.account.bank,
        holder=row.account.holder,
        number_masked=f"**** {row.account.last_four}",
        state=row.state,
        reason=row.reason,
        natural_key=row.natural_key,
        done_on=row.done_on,
    )


def collection_view(row: Collection) -> CollectionView:
    return CollectionView(
        id=row.id,
        statement_id=row.statement_id,
        statement_number=row.statement.number,
        party=party_view(row.party),
        amount_fen=row.amount_fen,
        held_fen=row.held_fen,
        state=row.state,
        remark=row.remark,
        made_at=row.made_at,
        paid_on=row.paid_on,
    )

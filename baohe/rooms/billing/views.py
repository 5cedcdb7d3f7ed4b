"""Rows into contracts."""

from __future__ import annotations

from baohe.plumbing import vault
from baohe.rooms.billing.contracts import InstalmentView, ReinstatementView
from baohe.rooms.billing.models import Instalment, Reinstatement

STATEMENT = "billing_reinstatement.statement"


def instalment_view(row: Instalment) -> InstalmentView:
    return InstalmentView(
        id=row.id,
        shard_key=row.shard_key,
        policy_id=row.policy_id,
        account_id=row.account_id,
        number=row.number,
        due_on=row.due_on,
        grace_ends=row.grace_ends,
        amount_fen=row.amount_fen,
        state=row.state,
        payment_id=row.payment_id,
        provider=row.provider,
        tries=row.tries,
        next_try_on=row.next_try_on,
        reason=row.reason,
        paid_on=row.paid_on,
    )


def reinstatement_view(row: Reinstatement) -> ReinstatementView:
    return ReinstatementView(
        id=row.id,
        shard_key=row.shard_key,
        policy_id=row.policy_id,
        account_id=row.account_id,
        state=row.state,
        asked_at=row.asked_at,
        health_unchanged=row.health_unchanged,
        statement=vault.unseal(STATEMENT, row.id, bytes(row.statement_sealed)),
        decided_by_name=row.decided_by_name,
        decided_at=row.decided_at,
        note=row.note,
        allowed_until=row.allowed_until,
        payment_id=row.payment_id,
    )

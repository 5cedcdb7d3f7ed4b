"""Rows into contracts."""

from __future__ import annotations

from baohe.rooms.payments import models
from baohe.rooms.payments.contracts import AgreementView, IntentView, LineView, PayoutView, RefundView


def intent_view(row: models.PaymentIntent) -> IntentView:
    return IntentView(
        id=row.id,
        provider=row.provider,
        agreement_id=row.agreement_id,
        order_number=row.order_number,
        kind=row.kind,
        subject_id=row.subject_id,
        shard_key=row.shard_key,
        account_id=row.account_id,
        payee=row.payee,
        payee_name=row.payee_name,
        amount_fen=row.amount_fen,
        currency=row.currency,
        description=row.description,
        state=row.state,
        surplus=row.surplus,
        close_reason=row.close_reason,
        trade_no=row.trade_no,
        paid_at=row.paid_at,
        paid_from=row.paid_from,
        refunded_fen=row.refund_reserved_fen,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def line_view(row: models.PaymentLine) -> LineView:
    return LineView(
        intent_id=row.intent_id,
        subject_id=row.subject_id,
        payee=row.payee,
        payee_name=row.payee_name,
        amount_fen=row.amount_fen,
        refunded_fen=row.refund_reserved_fen,
    )


def refund_view(row: models.Refund) -> RefundView:
    return RefundView(
        id=row.id,
        provider=row.provider,
        intent_id=row.intent_id,
        natural_key=row.natural_key,
        subject_id=row.intent.subject_id if row.line is None else row.line.subject_id,
        shard_key=row.shard_key,
        amount_fen=row.amount_fen,
        reason=row.reason,
        state=row.state,
        requested_at=row.requested_at,
        done_at=row.done_at,
    )


def payout_view(row: models.Payout) -> PayoutView:
    return PayoutView(
        id=row.id,
        provider=row.provider,
        kind=row.kind,
        natural_key=row.natural_key,
        subject_id=row.subject_id,
        shard_key=row.shard_key,
        payee_account_id=row.payee_account_id,
        amount_fen=row.amount_fen,
        memo=row.memo,
        state=row.state,
        requested_at=row.requested_at,
        done_at=row.done_at,
    )


def agreement_view(row: models.Agreement) -> AgreementView:
    return AgreementView(
        id=row.id,
        account_id=row.account_id,
        state=row.state,
        account_masked=row.account_masked,
        bank=row.bank,
        signed_at=row.signed_at,
        ended_at=row.ended_at,
    )

"""Let a provider's verified words change a payment, once."""

from __future__ import annotations

from django.db import connection, transaction

from baohe.plumbing import clock
from baohe.rooms.payments import gateway, models, rules
from baohe.rooms.payments.actions.close import announce
from baohe.rooms.payments.contracts import ConfirmResult, IntentView, Notification
from baohe.rooms.payments.sealing import payer_of
from baohe.rooms.payments.views import intent_view


def confirm(told: Notification) -> ConfirmResult:
    """Inside the flow's transaction: lock the intent, compare app, currency, payee and amount, mark it paid once.

    `late` means paid after it was closed, `foreign` paid by another than the one who must pay: both are marked paid
    and surplus, to be given back, and a foreign one is closed for its subject. `refused` and `noted` change nothing.
    The caller settles the subject in the same transaction when the outcome is `paid`.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("confirm belongs in the transaction of the settlement")
    row = _locked(told)
    app_id, most_fen = gateway.app_of(told.provider), rules.limits_on(clock.today()).most_in_fen
    if row is None:
        meant = rules.meaning_without_order(app_id, told, most_fen)
        return ConfirmResult(meant.outcome, meant.reason, None, meant.suspense)
    meant = rules.meaning(intent_view(row), payer_of(row), app_id, told, most_fen)
    if meant.outcome in ("paid", "late"):
        _mark_paid(row, told, surplus=meant.outcome == "late")
        announce("paid", row)
    if meant.outcome == "foreign":
        row.close_reason = rules.OTHER_PAYER
        _mark_paid(row, told, surplus=True)
        announce("closed", row, reason=row.close_reason)
    return ConfirmResult(meant.outcome, meant.reason, intent_view(row), meant.suspense)


def mark_surplus(intent: IntentView) -> None:
    """Money that came and has no cover to pay for: it frees the subject and will go back."""
    models.PaymentIntent.objects.filter(id=intent.id, state="paid").update(surplus=True)
    models.PaymentLine.objects.filter(intent_id=intent.id).update(live=False)


def _locked(told: Notification) -> models.PaymentIntent | None:
    """The intent of the number, at the provider that speaks: one of them must not settle another's money."""
    shard_key = rules.shard_of_order(told.order_number)
    if shard_key is None:
        return None
    mine = models.PaymentIntent.objects.select_for_update()
    return mine.filter(shard_key=shard_key, order_number=told.order_number, provider=told.provider).first()


def _mark_paid(row: models.PaymentIntent, told: Notification, *, surplus: bool) -> None:
    moment = clock.now()
    row.state = "paid"
    row.surplus = surplus
    row.trade_no = told.trade_no
    # The provider's clock may run ahead of ours; a policy must not be issued in the future.
    row.paid_at = min(told.paid_at or moment, moment)
    row.paid_from = told.payer_account[-4:]
    row.save(update_fields=["state", "surplus", "close_reason", "trade_no", "paid_at", "paid_from"])

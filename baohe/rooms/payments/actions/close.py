"""Close a payment that certainly was not made."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock, outbox
from baohe.rooms.payments import gateway, models
from baohe.rooms.payments.queries import intent_row


def close(intent_id: UUID) -> bool:
    """Ask the provider to close an unpaid payment; whether it is closed now. Calls it: not in a transaction.

    False when it was paid meanwhile or the answer is unknown: the checks go on.
    """
    with transaction.atomic():
        row = intent_row(intent_id, lock=True)
        if row.state in models.OPEN and row.sent_at is None:
            # Under the lock: a cashier page given out in this moment would be paid after the payment was closed.
            close_row(row)
    if row.state not in models.OPEN:
        return row.state == "closed"
    answer = gateway.call(
        row.provider, "intent", row.id, row.shard_key, "close", lambda provider: provider.close(row.order_number)
    )
    # Also "no such trade" is not closed: the customer may be opening the cashier page this very moment.
    return answer.word == "closed" and mark_closed(intent_id)


def mark_closed(intent_id: UUID, reason: str = "") -> bool:
    """Close an open intent after the provider's certain word; whether it is closed now."""
    with transaction.atomic():
        row = models.PaymentIntent.objects.select_for_update().get(id=intent_id)
        if row.state in models.OPEN:
            close_row(row, reason)
        return row.state == "closed"


def close_row(row: models.PaymentIntent, reason: str = "") -> None:
    """Inside a transaction that holds the row's lock. An agreement that the bank calls ended is ended here too."""
    row.state, row.close_reason = "closed", reason[:40]
    row.save(update_fields=["state", "close_reason"])
    if reason == "agreement_ended":
        moment = clock.now()
        models.Agreement.objects.filter(id=row.agreement_id, state="active").update(
            state="ended", ended_at=moment, told_at=moment
        )
    models.PaymentLine.objects.filter(intent_id=row.id).update(live=False)
    announce("closed", row, reason=row.close_reason)


def announce(what: str, row: models.PaymentIntent, **more: str) -> None:
    """`payments.paid` or `payments.closed`, in the transaction of the fact."""
    facts = {
        "intent_id": str(row.id),
        "subject_id": str(row.subject_id),
        "kind": row.kind,
        "provider": row.provider,
    }
    outbox.publish(f"payments.{what}", row.id, row.shard_key, {**facts, **more})

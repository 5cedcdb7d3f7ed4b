"""Close a payment that certainly was not made."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import outbox
from baohe.rooms.payments import gateway, models
from baohe.rooms.payments.queries import intent_row


def close(intent_id: UUID) -> bool:
    """Ask the wallet to close an unpaid payment; whether it is closed now. Calls the wallet: not in a transaction.

    False when it was paid meanwhile or the wallet's answer is unknown: the checks go on.
    """
    row = intent_row(intent_id)
    if row.state == "closed" or row.state == "paid":
        return row.state == "closed"
    if row.sent_at is not None:
        reply = gateway.call("intent", row.id, row.shard_key, "close", lambda wallet: wallet.close(row.order_number))
        if reply.outcome != "ok":
            # Also for "no such trade": the customer may be opening the cashier page this very moment.
            return False
    return mark_closed(intent_id)


def mark_closed(intent_id: UUID) -> bool:
    """Close an open intent after the wallet's certain word; whether it is closed now."""
    with transaction.atomic():
        row = models.PaymentIntent.objects.select_for_update().get(id=intent_id)
        if row.state in models.OPEN:
            close_row(row)
        return row.state == "closed"


def close_row(row: models.PaymentIntent) -> None:
    """Inside a transaction that holds the row's lock."""
    row.state = "closed"
    row.save(update_fields=["state"])
    models.PaymentLine.objects.filter(intent_id=row.id).update(live=False)
    outbox.publish(
        "payments.closed",
        row.id,
        row.shard_key,
        {"intent_id": str(row.id), "subject_id": str(row.subject_id), "kind": row.kind},
    )

"""Send the customer to the wallet."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.adapters.wallet import client, keys
from baohe.plumbing import clock
from baohe.rooms.payments import models
from baohe.rooms.payments.actions.ask import schedule_check
from baohe.rooms.payments.errors import AlreadyPaid, PaymentClosed, WalletAway
from baohe.rooms.payments.queries import intent_row


def cashier_url(intent_id: UUID, return_url: str) -> str:
    """The signed address where the customer pays; `return_url` is where the wallet sends the phone afterwards.

    From here on the payment may happen at any time, so the state becomes checking and the checks begin. Past
    its time the wallet's page says so itself. Raises `NotFound`, `AlreadyPaid`, `PaymentClosed` (409) and
    `WalletAway` (503) when this installation has no keys of its wallet yet.
    """
    try:
        wallet = client.from_settings()
    except keys.WalletKeyMissing as missing:
        raise WalletAway() from missing
    with transaction.atomic():
        row = intent_row(intent_id, lock=True)
        if row.state == "paid":
            raise AlreadyPaid()
        if row.state == "closed":
            raise PaymentClosed()
        if row.sent_at is None:
            models.PaymentIntent.objects.filter(id=row.id).update(state="checking", sent_at=clock.now())
            schedule_check(row.id, row.shard_key, round_=2)
    order = client.Order(
        order_number=row.order_number,
        amount_fen=row.amount_fen,
        subject=row.description,
        payee=row.payee,
        payee_name=row.payee_name,
        expires_at=row.expires_at,
    )
    return wallet.cashier_url(order, return_url)

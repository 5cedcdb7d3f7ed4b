"""Send the customer to the provider's cashier."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.adapters.providers.port import Order, ProviderNotSetUp
from baohe.adapters.providers.registry import provider
from baohe.plumbing import clock
from baohe.rooms.payments import models
from baohe.rooms.payments.actions.schedule import schedule_check
from baohe.rooms.payments.errors import AlreadyPaid, PaymentClosed, ProviderAway
from baohe.rooms.payments.queries import intent_row
from baohe.rooms.payments.sealing import payer_of


def cashier_url(intent_id: UUID, return_url: str) -> str:
    """The address where the customer pays; `return_url` is where the provider sends the phone afterwards. That return
    decides nothing.

    From here on the payment may happen at any time, so the state becomes checking and the checks begin. Past
    its time the provider's page says so itself. Raises `NotFound`, `AlreadyPaid`, `PaymentClosed` (409) and
    `ProviderAway` (503) when this installation has no keys of its provider yet.
    """
    row = intent_row(intent_id)
    _refuse_ended(row)
    try:
        address = provider(row.provider).cashier_url(order_of(row), return_url)
    except ProviderNotSetUp as missing:
        raise ProviderAway() from missing
    with transaction.atomic():
        row = intent_row(intent_id, lock=True)
        _refuse_ended(row)
        if row.sent_at is None:
            models.PaymentIntent.objects.filter(id=row.id).update(state="checking", sent_at=clock.now())
            schedule_check(row.id, row.shard_key, round_=2)
    return address


def order_of(row: models.PaymentIntent) -> Order:
    """The intent as providers know it."""
    return Order(
        number=row.order_number,
        amount_fen=row.amount_fen,
        currency=row.currency,
        subject=row.description,
        payee=row.payee,
        payee_name=row.payee_name,
        expires_at=row.expires_at,
        payer=payer_of(row),
    )


def _refuse_ended(row: models.PaymentIntent) -> None:
    if row.state == "paid":
        raise AlreadyPaid()
    if row.state == "closed":
        raise PaymentClosed()

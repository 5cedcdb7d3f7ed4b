"""Deduct under an agreement: opened in a transaction, sent by the worker, one number for ever."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from baohe.adapters.providers.port import Answer, Charge
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, outbox
from baohe.rooms.payments import gateway, models, rules
from baohe.rooms.payments.actions.cashier import order_of
from baohe.rooms.payments.actions.close import close_row
from baohe.rooms.payments.actions.open_intent import Terms, open_one
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.payments.errors import AgreementNotActive
from baohe.rooms.payments.queries import intent_row
from baohe.rooms.payments.views import intent_view

CONSENT_WITHDRAWN = "consent_withdrawn"


def open_charge(
    *,
    kind: str,
    subject_id: UUID,
    shard_key: int,
    account_id: UUID,
    payee: str,
    payee_name: str,
    amount_fen: int,
    description: str,
    payer: str,
    agreement_id: UUID,
) -> IntentView:
    """An intent that the worker deducts under the agreement; it ends paid (settled by the settler of its `kind`) or
    closed (`payments.closed` with the bank's reason).

    Asked again for the same subject it is the same intent while that one is open, whatever became of its answer: money
    whose fate is unknown is never asked for under another number. After a certain refusal a new one may be opened.
    Raises `NotFound` for another account's agreement, `AgreementNotActive` (409), `AmountRefused` (422),
    `PaymentInProgress` (409), `AlreadyPaid` (409), `ProviderAway` (503).
    """
    if not models.Agreement.objects.filter(id=agreement_id, account_id=account_id).exists():
        raise NotFound(what="代扣签约")
    terms = Terms(
        kind=kind,
        subject_id=subject_id,
        shard_key=shard_key,
        account_id=account_id,
        payee=payee,
        payee_name=payee_name,
        amount_fen=amount_fen,
        description=description[:120],
        provider="deduction",
        payer=payer,
        agreement_id=agreement_id,
    )
    with transaction.atomic():
        opened = open_one(terms, ())
        # After the intent, as everywhere: a refusal here takes the intent back with it.
        if models.Agreement.objects.select_for_update().get(id=agreement_id).state != "active":
            raise AgreementNotActive()
        if opened.fresh:
            outbox.publish("payments.charge_requested", opened.row.id, shard_key, {"intent_id": str(opened.row.id)})
        return intent_view(opened.row)


MaySend = Callable[[IntentView], bool]
"""Whether the customer still agrees to this charge; asked outside of a transaction, or in one that holds the intent."""


def begin(intent_id: UUID, may_send: MaySend) -> bool:
    """Mark the charge as sent before it is; whether this call is the first. Afterwards it may have happened.

    A charge whose agreement or consent ended before it was sent is closed: the customer's word comes first.
    """
    with transaction.atomic():
        row = intent_row(intent_id, lock=True)
        if row.state != "created" or row.agreement_id is None:
            return False
        if not models.Agreement.objects.filter(id=row.agreement_id, state="active").exists():
            close_row(row, "agreement_ended")
            return False
        if not may_send(intent_view(row)):
            close_row(row, CONSENT_WITHDRAWN)
            return False
        row.state, row.sent_at = "checking", clock.now()
        row.save(update_fields=["state", "sent_at"])
        return True


def send(row: models.PaymentIntent) -> Answer:
    """Outside of any transaction. Nothing is sent any more under an agreement that has ended; what was sent before
    may still be on its way, so that alone is no refusal."""
    agreement = models.Agreement.objects.get(id=row.agreement_id)
    if agreement.state != "active":
        return Answer("absent", "agreement_ended")
    wanted = Charge(order_of(row), agreement.agreement_no)
    return gateway.call_bank("intent", row.id, row.shard_key, "charge", lambda bank: bank.charge(wanted))


def can_no_longer_arrive(row: models.PaymentIntent) -> bool:
    """Whether the bank will certainly take no charge of this intent any more, unless it has it already: it knows of
    the agreement's end, or nothing was sent for longer than a request travels. Look before the bank is asked: between
    its "never seen" and a later look the charge could have arrived."""
    agreement = models.Agreement.objects.filter(id=row.agreement_id, state="ended").first()
    if agreement is None or agreement.ended_at is None:
        return False
    return agreement.told_at is not None or clock.now() >= agreement.ended_at + rules.CHARGE_TRAVELS

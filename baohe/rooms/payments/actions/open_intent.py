"""Open the one payment of a subject."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.adapters.wallet import keys
from baohe.plumbing import clock
from baohe.rooms.payments import models, rules
from baohe.rooms.payments.actions.close import close_row
from baohe.rooms.payments.contracts import IntentView, LineTerms
from baohe.rooms.payments.errors import AlreadyPaid, PaymentInProgress
from baohe.rooms.payments.views import intent_view


def open_intent(
    *,
    kind: str,
    subject_id: UUID,
    shard_key: int,
    account_id: UUID,
    payee: str,
    amount_fen: int,
    description: str,
    payee_name: str = "",
    lines: Sequence[LineTerms] = (),
) -> IntentView:
    """The open payment of (`kind`, `subject_id`); asked again with the same terms it is the same intent.

    A payment for several things names them in `lines`, which add up to `amount_fen`; its `subject_id` is new every
    time and each line's own subject is what can stand in one open or paid payment only.

    `payee` is the insurer's code, `description` (≤ 120) and `payee_name` are shown on the cashier page. A payment
    with other terms that no cashier page has seen is closed and replaced. Raises `PaymentInProgress` (409) while
    one with other terms may still be paid, `AlreadyPaid` (409).
    """
    with transaction.atomic():
        earlier = _current(kind, subject_id, shard_key)
        if earlier is None:
            try:
                with transaction.atomic():
                    row = _create(kind, subject_id, shard_key, account_id, payee, payee_name, amount_fen, description)
                    _write_lines(row, lines)
                    return intent_view(row)
            except IntegrityError:
                # Another request opened it between our look and our insert; its intent is the answer.
                earlier = _current(kind, subject_id, shard_key)
                if earlier is None and lines:
                    # A line's subject stands in another payment, which may still be made.
                    raise PaymentInProgress() from None
                if earlier is None:
                    raise
        if earlier.state == "paid":
            raise AlreadyPaid()
        terms = (earlier.amount_fen, earlier.payee, earlier.account_id)
        if terms == (amount_fen, payee, account_id) and clock.now() < earlier.expires_at:
            return intent_view(earlier)
        if earlier.sent_at is not None:
            raise PaymentInProgress()
        close_row(earlier)
        return intent_view(_create(kind, subject_id, shard_key, account_id, payee, payee_name, amount_fen, description))


def _current(kind: str, subject_id: UUID, shard_key: int) -> models.PaymentIntent | None:
    return (
        models.PaymentIntent.objects.select_for_update()
        .filter(shard_key=shard_key, kind=kind, subject_id=subject_id, surplus=False)
        .exclude(state="closed")
        .first()
    )


def _write_lines(row: models.PaymentIntent, lines: Sequence[LineTerms]) -> None:
    models.PaymentLine.objects.bulk_create(
        models.PaymentLine(
            id=clock.new_id(),
            shard_key=row.shard_key,
            intent=row,
            subject_id=line.subject_id,
            payee=line.payee,
            payee_name=line.payee_name,
            amount_fen=line.amount_fen,
        )
        for line in sorted(lines, key=lambda line: line.subject_id)
    )


def _create(
    kind: str,
    subject_id: UUID,
    shard_key: int,
    account_id: UUID,
    payee: str,
    payee_name: str,
    amount_fen: int,
    description: str,
) -> models.PaymentIntent:
    id_, moment = clock.new_id(), clock.now()
    return models.PaymentIntent.objects.create(
        id=id_,
        shard_key=shard_key,
        order_number=rules.order_number(shard_key, id_),
        kind=kind,
        subject_id=subject_id,
        account_id=account_id,
        payee=payee,
        payee_name=payee_name or payee,
        description=description[:120],
        amount_fen=amount_fen,
        app_id=keys.app_id(),
        created_at=moment,
        expires_at=moment + rules.OPEN_FOR,
    )

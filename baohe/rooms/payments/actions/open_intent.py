"""Open the one payment of a subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.kernel.money import refuse_amount
from baohe.plumbing import clock
from baohe.rooms.payments import gateway, models, rules
from baohe.rooms.payments.actions.close import close_row
from baohe.rooms.payments.contracts import IntentView, LineTerms
from baohe.rooms.payments.errors import AlreadyPaid, PaymentInProgress
from baohe.rooms.payments.sealing import seal_payer
from baohe.rooms.payments.views import intent_view


@dataclass(frozen=True, slots=True)
class Terms:
    """What never changes of an intent."""

    kind: str
    subject_id: UUID
    shard_key: int
    account_id: UUID
    payee: str
    payee_name: str
    amount_fen: int
    description: str
    provider: str
    payer: str
    agreement_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """`fresh` when the intent was made just now."""

    row: models.PaymentIntent
    fresh: bool


def open_intent(
    *,
    kind: str,
    subject_id: UUID,
    shard_key: int,
    account_id: UUID,
    payee: str,
    amount_fen: int,
    description: str,
    payer: str,
    payee_name: str = "",
    lines: Sequence[LineTerms] = (),
    provider: str = "wallet",
) -> IntentView:
    """The open payment of (`kind`, `subject_id`); asked again with the same terms it is the same intent.

    A payment for several things names them in `lines`, which add up to `amount_fen`; its `subject_id` is new every
    time and each line's own subject is what can stand in one open or paid payment only.

    `payee` is the insurer's code, `description` (≤ 120) and `payee_name` are shown on the cashier page, `provider` is
    wallet or transfer. `payer` is the name of the one who must pay (SALE-9): money of anybody else goes back; "" takes
    anybody's. A payment with other terms that no cashier page has seen is closed and replaced. Raises
    `AmountRefused` (422), `PaymentInProgress` (409) while one with other terms may still be paid, `AlreadyPaid` (409),
    `ProviderAway` (503).
    """
    if provider not in ("wallet", "transfer"):
        raise ValueError(f"no cashier at {provider}")
    terms = Terms(
        kind=kind,
        subject_id=subject_id,
        shard_key=shard_key,
        account_id=account_id,
        payee=payee,
        payee_name=payee_name or payee,
        amount_fen=amount_fen,
        description=description[:120],
        provider=provider,
        payer=payer,
    )
    with transaction.atomic():
        return intent_view(open_one(terms, lines).row)


def open_one(terms: Terms, lines: Sequence[LineTerms]) -> Opened:
    """Inside a transaction. Raises what `open_intent` raises."""
    most_fen = rules.limits_on(clock.today()).most_in_fen
    for amount_fen in (terms.amount_fen, *(line.amount_fen for line in lines)):
        refuse_amount(amount_fen, "amount", most_fen)
    earlier = _current(terms)
    if earlier is None:
        try:
            with transaction.atomic():
                row = _create(terms)
                _write_lines(row, lines)
                return Opened(row, True)
        except IntegrityError:
            # Another request opened it between our look and our insert; its intent is the answer.
            earlier = _current(terms)
            if earlier is None and lines:
                # A line's subject stands in another payment, which may still be made.
                raise PaymentInProgress() from None
            if earlier is None:
                raise
    if earlier.state == "paid":
        raise AlreadyPaid()
    if _same(earlier, terms):
        return Opened(earlier, False)
    if earlier.sent_at is not None:
        raise PaymentInProgress()
    close_row(earlier, "replaced")
    return Opened(_create(terms), True)


def _same(earlier: models.PaymentIntent, terms: Terms) -> bool:
    """A charge has no page that could be late: while it is undecided it stays the answer, whatever the hour."""
    then = (earlier.amount_fen, earlier.payee, earlier.account_id, earlier.provider, earlier.agreement_id)
    now = (terms.amount_fen, terms.payee, terms.account_id, terms.provider, terms.agreement_id)
    return then == now and (terms.agreement_id is not None or clock.now() < earlier.expires_at)


def _current(terms: Terms) -> models.PaymentIntent | None:
    return (
        models.PaymentIntent.objects.select_for_update()
        .filter(shard_key=terms.shard_key, kind=terms.kind, subject_id=terms.subject_id, surplus=False)
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


def _create(terms: Terms) -> models.PaymentIntent:
    id_, moment = clock.new_id(), clock.now()
    return models.PaymentIntent.objects.create(
        id=id_,
        shard_key=terms.shard_key,
        provider=terms.provider,
        agreement_id=terms.agreement_id,
        order_number=rules.order_number(terms.shard_key, id_),
        kind=terms.kind,
        subject_id=terms.subject_id,
        account_id=terms.account_id,
        payee=terms.payee,
        payee_name=terms.payee_name,
        description=terms.description,
        payer_sealed=seal_payer(id_, terms.payer),
        amount_fen=terms.amount_fen,
        app_id=gateway.app_of(terms.provider),
        created_at=moment,
        expires_at=moment + rules.open_for(terms.provider),
    )

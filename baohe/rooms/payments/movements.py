"""Our side of a provider's bill: what came in, went back and left, one row at a time from the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Min

from baohe.kernel.dates import SHANGHAI, business_date
from baohe.rooms.payments import models, rules
from baohe.rooms.payments.contracts import MovementView

_CHUNK = 2000  # rows that a server-side cursor brings at once: memory stays the same for a million


def movements_on(provider: str, day: date) -> Iterator[MovementView]:
    """What our tables say happened at the provider on a Shanghai day: payments by the provider's own moment, refunds
    and payouts by the moment we learned that they were done, which may be a day later than the bill's."""
    begin = datetime.combine(day, time(), SHANGHAI)
    end = begin + timedelta(days=1)
    paid = models.PaymentIntent.objects.filter(provider=provider, state="paid", paid_at__gte=begin, paid_at__lt=end)
    back = models.Refund.objects.filter(provider=provider, state="done", done_at__gte=begin, done_at__lt=end)
    left = models.Payout.objects.filter(provider=provider, state="done", done_at__gte=begin, done_at__lt=end)
    yield from map(_of_intent, paid.order_by("paid_at", "id").iterator(_CHUNK))
    yield from map(_of_refund, back.select_related("intent").order_by("done_at", "id").iterator(_CHUNK))
    yield from map(_of_payout, left.order_by("done_at", "id").iterator(_CHUNK))


def first_day_paid(provider: str) -> date | None:
    """The Shanghai day of the oldest payment that came in at the provider."""
    paid = models.PaymentIntent.objects.filter(provider=provider, state="paid").aggregate(at=Min("paid_at"))["at"]
    return None if paid is None else business_date(paid)


def movements_by_numbers(provider: str, numbers: Iterable[str]) -> list[MovementView]:
    """Whatever we know by these numbers at the provider, in any state; numbers that are not ours are left out. For a
    batch of some thousands: every number holds the primary key of its row."""
    asked = set(numbers)
    ids = [id_ for id_ in map(rules.id_in, asked) if id_ is not None]
    found = [
        *map(_of_intent, models.PaymentIntent.objects.filter(id__in=ids, provider=provider)),
        *map(_of_refund, models.Refund.objects.filter(id__in=ids, provider=provider).select_related("intent")),
        *map(_of_payout, models.Payout.objects.filter(id__in=ids, provider=provider)),
    ]
    return [movement for movement in found if movement.number in asked]


def _of_intent(row: models.PaymentIntent) -> MovementView:
    return MovementView(
        kind="payment",
        id=row.id,
        provider=row.provider,
        number=row.order_number,
        trade_no=row.trade_no or "",
        amount_fen=row.amount_fen,
        currency=row.currency,
        at=row.paid_at or row.created_at,
        state=row.state,
        subject_id=row.subject_id,
        subject_kind=row.kind,
        natural_key=row.order_number,
        shard_key=row.shard_key,
    )


def _of_refund(row: models.Refund) -> MovementView:
    return MovementView(
        kind="refund",
        id=row.id,
        provider=row.provider,
        number=row.id.hex,
        trade_no=row.intent.trade_no or "",
        amount_fen=row.amount_fen,
        currency=row.intent.currency,
        at=row.done_at or row.requested_at,
        state=row.state,
        subject_id=row.intent.subject_id,
        subject_kind=row.intent.kind,
        natural_key=row.natural_key,
        shard_key=row.shard_key,
    )


def _of_payout(row: models.Payout) -> MovementView:
    return MovementView(
        kind="payout",
        id=row.id,
        provider=row.provider,
        number=row.id.hex,
        trade_no="",
        amount_fen=row.amount_fen,
        currency="CNY",
        at=row.done_at or row.requested_at,
        state=row.state,
        subject_id=row.subject_id,
        subject_kind=row.kind,
        natural_key=row.natural_key,
        shard_key=row.shard_key,
    )

"""Reads of the room."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.payments import models
from baohe.rooms.payments.contracts import IntentView, LineView, PayoutView, RefundView
from baohe.rooms.payments.rules import PAYER_UNKNOWN
from baohe.rooms.payments.views import intent_view, line_view, payout_view, refund_view

LIMBO_AFTER = timedelta(hours=1)
STOPPED = ("settlement_failed", PAYER_UNKNOWN)
"""Reasons for which money that truly came pays for nothing until a person looks."""


def intent_row(intent_id: UUID, *, lock: bool = False) -> models.PaymentIntent:
    """For the room's own actions. Raises `NotFound`."""
    found = models.PaymentIntent.objects.select_for_update() if lock else models.PaymentIntent.objects
    row = found.filter(id=intent_id).first()
    if row is None:
        raise NotFound(what="付款")
    return row


def intent(intent_id: UUID) -> IntentView:
    """Raises `NotFound`. The caller checks whose it is (`account_id`)."""
    return intent_view(intent_row(intent_id))


def paid_at(intent_id: UUID) -> datetime | None:
    """When the money left the payer, by the provider's own clock; None where nothing was paid."""
    return models.PaymentIntent.objects.filter(id=intent_id).values_list("paid_at", flat=True).first()


def intent_of_subject(kind: str, subject_id: UUID) -> IntentView | None:
    """The latest intent of a subject."""
    row = models.PaymentIntent.objects.filter(kind=kind, subject_id=subject_id).order_by("-created_at").first()
    return None if row is None else intent_view(row)


def lines_of(intent_id: UUID) -> tuple[LineView, ...]:
    """The lines of a payment for several things, in the order of their subjects; none for a single sale."""
    return tuple(
        line_view(row) for row in models.PaymentLine.objects.filter(intent_id=intent_id).order_by("subject_id")
    )


def refund(natural_key: str, shard_key: int) -> RefundView | None:
    row = (
        models.Refund.objects.select_related("intent", "line")
        .filter(shard_key=shard_key, natural_key=natural_key)
        .first()
    )
    return None if row is None else refund_view(row)


def refunds_of(intent_id: UUID) -> list[RefundView]:
    """All refunds of a payment, oldest first; there are never more than its fen."""
    rows = (
        models.Refund.objects.select_related("intent", "line")
        .filter(intent_id=intent_id)
        .order_by("requested_at", "id")
    )
    return [refund_view(row) for row in rows]


def payout(natural_key: str, shard_key: int) -> PayoutView | None:
    row = models.Payout.objects.filter(shard_key=shard_key, natural_key=natural_key).first()
    return None if row is None else payout_view(row)


def check() -> list[str]:
    """What is wrong with the payments, in sentences; empty when all is well."""
    live = Coalesce(Sum("refunds__amount_fen", filter=~Q(refunds__state="failed")), 0)
    wrong_sums = models.PaymentIntent.objects.annotate(live=live).exclude(refund_reserved_fen=F("live"))
    problems = [f"refunds do not add up: {row.order_number}" for row in wrong_sums[:20]]
    of_lines = models.PaymentLine.objects.annotate(live_fen=live).exclude(refund_reserved_fen=F("live_fen"))
    problems += [f"refunds of a line do not add up: {row.id}" for row in of_lines[:20]]
    limit = clock.now() - LIMBO_AFTER
    open_too_long = models.PaymentIntent.objects.filter(state__in=models.OPEN, expires_at__lt=limit)
    problems += [f"payment open too long: {row.order_number}" for row in open_too_long[:20]]
    for name, table in (("refund", models.Refund), ("payout", models.Payout)):
        stuck = table.objects.filter(state__in=models.UNDECIDED, requested_at__lt=limit)
        problems += [f"{name} undecided too long: {row.natural_key}" for row in stuck[:20]]
    refused = (f"refund refused for good, its money is still here: {row.natural_key}" for row in _refused()[:20])
    return [*problems, *refused]


def refused_refunds() -> list[RefundView]:
    """Refunds that a provider refused for good and nothing made up for yet, the oldest first: few, each a person's."""
    return [refund_view(row) for row in _refused().select_related("intent", "line")]


def undecided_refunds(before: datetime, after: UUID | None = None, most: int = 200) -> list[RefundView]:
    """Refunds that were asked for before that moment and of which no provider has said yes or no, by id after
    `after`."""
    rows = models.Refund.objects.filter(state__in=models.UNDECIDED, requested_at__lt=before).order_by("id")
    if after is not None:
        rows = rows.filter(id__gt=after)
    return [refund_view(row) for row in rows.select_related("intent", "line")[:most]]


def stopped(after: UUID | None = None, most: int = 200) -> list[tuple[UUID, str]]:
    """(id, kind) of the payments that came and were not settled: the settlement broke, or nobody knows who paid. By
    id after `after`."""
    told = models.CallbackRecord.objects.filter(order_number=OuterRef("order_number"), reason__in=STOPPED)
    rows = models.PaymentIntent.objects.filter(Exists(told), state__in=models.OPEN).order_by("id")
    if after is not None:
        rows = rows.filter(id__gt=after)
    return list(rows.values_list("id", "kind")[:most])


def stopped_since(intent_id: UUID) -> datetime | None:
    """When we first heard of the money of a payment that was not settled then; None where none was heard of."""
    number = models.PaymentIntent.objects.filter(id=intent_id).values("order_number")
    told = models.CallbackRecord.objects.filter(order_number__in=number, reason__in=STOPPED)
    return told.order_by("received_at").values_list("received_at", flat=True).first()


def _refused() -> QuerySet[models.Refund]:
    """Refunds that failed and that neither a later one of the same thing nor a payout by people, whose subject is the
    refund, made up for. A later refund of another line of the payment makes up for nothing."""
    by_hand = models.Payout.objects.filter(subject_id=OuterRef("id"), kind="disbursement", state="done")
    later = models.Refund.objects.filter(intent=OuterRef("intent"), requested_at__gt=OuterRef("requested_at"))
    again = later.filter(Q(line=OuterRef("line")) | Q(line=None)).exclude(state="failed")
    return models.Refund.objects.filter(~Exists(again), ~Exists(by_hand), state="failed").order_by("requested_at")

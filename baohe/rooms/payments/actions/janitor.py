"""No money in limbo: whatever is undecided and has no check to come gets one.

Every undecided intent, refund, payout and agreement queues its own next check. This looks for those whose check was
parked or lost, and asks nobody itself: the checks do, and they ask before they send anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import structlog
from django.db import models as orm
from django.db import transaction
from django.db.models import Q

from baohe.plumbing import clock, outbox
from baohe.rooms.payments import models, rules
from baohe.rooms.payments.actions import agreement, payout, refund
from baohe.rooms.payments.actions.close import close_row
from baohe.rooms.payments.actions.schedule import schedule_check
from baohe.rooms.payments.queries import intent_row

log = structlog.get_logger()

_BATCH = 500
Row = TypeVar("Row", bound=orm.Model)
_Schedule = Callable[[UUID, int], None]


def janitor() -> int:
    """Close what nobody was ever sent away with, and queue a check for everything that is undecided without one;
    returns how many it mended. A round of the worker: cheap when nothing is wrong."""
    before = clock.now() - rules.JANITOR_GRACE
    _close_unseen(before)
    return (
        _mend("payment", _open_intents(before), ("payments.check_intent",), _check_intent)
        + _mend("charge", _unsent_charges(before), ("payments.charge_requested",), _charge)
        + _mend(
            "refund",
            models.Refund.objects.filter(state__in=models.UNDECIDED, requested_at__lt=before).order_by("requested_at"),
            ("payments.refund_requested", "payments.refund_check"),
            lambda id_, shard_key: refund.schedule(id_, shard_key, 1, 0),
        )
        + _mend(
            "payout",
            models.Payout.objects.filter(state__in=models.UNDECIDED, requested_at__lt=before).order_by("requested_at"),
            ("payments.payout_requested", "payments.payout_check"),
            lambda id_, shard_key: payout.schedule(id_, shard_key, 1, 0),
        )
        + _mend(
            "agreement",
            models.Agreement.objects.filter(
                Q(state="waiting") | Q(state="ended", told_at=None), created_at__lt=before
            ).order_by("created_at"),
            ("payments.agreement_check",),
            lambda id_, shard_key: agreement.schedule(id_, shard_key, 0, 0),
        )
    )


def _open_intents(before: datetime) -> orm.QuerySet[models.PaymentIntent]:
    return models.PaymentIntent.objects.filter(state__in=models.OPEN, sent_at__lt=before).order_by("expires_at")


def _unsent_charges(before: datetime) -> orm.QuerySet[models.PaymentIntent]:
    unsent = models.PaymentIntent.objects.filter(state="created", sent_at=None, agreement__isnull=False)
    return unsent.filter(created_at__lt=before).order_by("expires_at")


def _mend(about: str, rows: orm.QuerySet[Row], topics: tuple[str, ...], schedule: _Schedule) -> int:
    """Page by page: rows whose check is pending must not hide the one behind them that has none."""
    mended = 0
    for page in _pages(rows):
        waited_for = outbox.pending(topics, [id_ for id_, _ in page])
        lost = [(id_, shard_key) for id_, shard_key in page if str(id_) not in waited_for]
        with transaction.atomic():
            for id_, shard_key in lost:
                log.warning("check_was_lost", about=about, id=str(id_))
                schedule(id_, shard_key)
        mended += len(lost)
    return mended


def _pages(rows: orm.QuerySet[Row]) -> Iterable[list[tuple[UUID, int]]]:
    page: list[tuple[UUID, int]] = []
    for found in rows.values_list("id", "shard_key").iterator(_BATCH):
        page.append(found)
        if len(page) == _BATCH:
            yield page
            page = []
    if page:
        yield page


def _check_intent(intent_id: UUID, shard_key: int) -> None:
    schedule_check(intent_id, shard_key, 4, delay_seconds=0)


def _charge(intent_id: UUID, shard_key: int) -> None:
    outbox.publish("payments.charge_requested", intent_id, shard_key, {"intent_id": str(intent_id)})


def _close_unseen(before: datetime) -> None:
    """A payment past its time whose cashier page nobody was given cannot be paid: its subject is free again."""
    unseen = models.PaymentIntent.objects.filter(
        state="created", sent_at=None, agreement=None, expires_at__lt=before - rules.LATE_MARGIN
    )
    for intent_id in unseen.order_by("expires_at").values_list("id", flat=True)[:_BATCH]:
        with transaction.atomic():
            row = intent_row(intent_id, lock=True)
            if row.state == "created" and row.sent_at is None:
                close_row(row, "expired")

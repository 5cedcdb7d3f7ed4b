"""Reads for the desk and for flows, which checked who asks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.fraud import sealing
from baohe.rooms.fraud.contracts import (
    CLEARED,
    CONFIRMED,
    STRONG,
    FeedbackView,
    Pointer,
    Precision,
    Signal,
    SignalFile,
    Signalled,
    Unanswered,
)
from baohe.rooms.fraud.models import Feedback, KnownClaim, KnownPicture, Look, RaisedSignal
from baohe.rooms.fraud.rules.keeping import kept_until
from baohe.rooms.fraud.rules.precision import wilson_bp
from baohe.rooms.fraud.rules.signals import signals
from baohe.rooms.fraud.rules.titles import TITLES

_MEASURED_DAYS = 365
_ANSWER_DAYS = 90
_MOST_FEEDBACK = 20
_LONGEST_PAGE = 50
_MOST_SIGNALLED = 5_000


def signals_of(claim_id: UUID) -> SignalFile:
    """The latest look at a claim with what people found; `signals` is None when nobody looked."""
    look = Look.objects.filter(claim_id=claim_id).order_by("-looked_at", "-id").first()
    said = tuple(_feedback(row) for row in _latest_feedback(Q(claim_id=claim_id)))
    if look is None:
        return SignalFile(claim_id, None, "", None, said)
    rows = look.signals.order_by("-weight", "code")
    return SignalFile(claim_id, tuple(map(_signal, rows)), look.rule_version, look.looked_at, said)


def unanswered(page: int = 1, size: int = 20) -> tuple[list[Unanswered], int]:
    """One page of the claims with a strong signal of the last 90 days of which nobody said anything, the newest
    first, and how many there are."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    rows = (
        RaisedSignal.objects.filter(raised_at__gte=clock.now() - timedelta(days=_ANSWER_DAYS), weight__gte=STRONG)
        .exclude(Exists(Feedback.objects.filter(claim_id=OuterRef("claim_id"))))
        .values("claim_id")
        .annotate(newest=Max("raised_at"), codes=ArrayAgg("code", distinct=True, order_by="code"))
    )
    found = rows.order_by("-newest", "claim_id")[(page - 1) * size : page * size]
    return [Unanswered(row["claim_id"], row["newest"], tuple(row["codes"])) for row in found], rows.count()


def signalled(code: str = "", strong: bool = False) -> Signalled:
    """Which claims have a signal: any, one of this code, or a strong one. At most 5,000, the newest."""
    latest = Look.objects.filter(claim_id=OuterRef("claim_id")).order_by("-looked_at", "-id").values("id")[:1]
    rows = RaisedSignal.objects.filter(
        raised_at__gte=clock.now() - timedelta(days=_MEASURED_DAYS), look_id=Subquery(latest)
    )
    if code:
        rows = rows.filter(code=code)
    if strong:
        rows = rows.filter(weight__gte=STRONG)
    claims = rows.values("claim_id").annotate(newest=Max("raised_at")).order_by("-newest", "claim_id")
    found = [row["claim_id"] for row in claims[: _MOST_SIGNALLED + 1]]
    return Signalled(frozenset(found[:_MOST_SIGNALLED]), len(found) <= _MOST_SIGNALLED)


def last_feedback(size: int = 10) -> tuple[FeedbackView, ...]:
    """The newest of all claims."""
    return tuple(_feedback(row) for row in _latest_feedback(Q())[: max(1, min(size, _MOST_FEEDBACK))])


def precision() -> tuple[Precision, ...]:
    """Every signal with what became of it within a year; a claim counts once, with its latest feedback."""
    latest = Feedback.objects.filter(claim_id=OuterRef("claim_id")).order_by("-at", "-id").values("verdict")[:1]
    since = clock.now() - timedelta(days=_MEASURED_DAYS)
    rows = (
        RaisedSignal.objects.filter(raised_at__gte=since)
        .annotate(verdict=Subquery(latest))
        .values("code")
        .annotate(
            raised=Count("claim_id", distinct=True),
            confirmed=Count("claim_id", distinct=True, filter=Q(verdict=CONFIRMED)),
            cleared=Count("claim_id", distinct=True, filter=Q(verdict=CLEARED)),
        )
    )
    counts = {row["code"]: (row["raised"], row["confirmed"], row["cleared"]) for row in rows}
    return tuple(
        Precision(code, title, *counts.get(code, (0, 0, 0)), *wilson_bp(*counts.get(code, (0, 0, 0))[1:]))
        for code, title in TITLES.items()
    )


def pictures_known(claim_id: UUID) -> frozenset[UUID]:
    """The papers of a claim whose picture was remembered."""
    return frozenset(KnownPicture.objects.filter(claim_id=claim_id).values_list("paper_id", flat=True))


def known(claim_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these claims whose facts are remembered."""
    return frozenset(KnownClaim.objects.filter(claim_id__in=claim_ids).values_list("claim_id", flat=True))


def is_over(noticed_on: date, contract_end: date) -> bool:
    """Whether the marks of such a claim would have ended by now."""
    return clock.today() > kept_until(noticed_on, contract_end)


def replay(claim_id: UUID) -> tuple[tuple[Signal, ...], tuple[Signal, ...]]:
    """(stored, found again) of the latest look, from what it saw. Raises `NotFound`.

    They differ when today's rules are not those of the look, whose version it names.
    """
    look = Look.objects.filter(claim_id=claim_id).order_by("-looked_at", "-id").first()
    if look is None:
        raise NotFound(what="这件理赔的信号")
    stored = tuple(map(_signal, look.signals.order_by("-weight", "code")))
    return stored, signals(sealing.seen(look.id, bytes(look.seen_sealed)))


def _latest_feedback(whose: Q) -> list[Feedback]:
    return list(Feedback.objects.filter(whose).order_by("-at", "-id")[:_MOST_FEEDBACK])


def _signal(row: RaisedSignal) -> Signal:
    points = tuple(Pointer(**point) for point in row.points_to)
    return Signal(row.code, row.weight, sealing.text(row.id, bytes(row.text_sealed)), points)


def _feedback(row: Feedback) -> FeedbackView:
    return FeedbackView(row.claim_id, row.staff_name, row.verdict, sealing.note(row.id, bytes(row.note_sealed)), row.at)

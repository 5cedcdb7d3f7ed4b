"""Reads. Who may ask is the faces' matter; a claim's owner is checked by the claims room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q

from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.parametric import shapes, triggers
from baohe.rooms.parametric.contracts import (
    BreakerView,
    DisputeView,
    ObservationBrief,
    ObservationView,
    Page,
    Promise,
    SourceView,
)
from baohe.rooms.parametric.models import Breaker, Dispute, Observation, RefusedReport, Settlement, Source
from baohe.rooms.parametric.rules import clocks
from baohe.rooms.parametric.rules.words import promise

_LONGEST_PAGE = 50
_MOST_BREAKERS = 50


def observation(observation_id: UUID) -> ObservationView:
    """Raises `NotFound`."""
    row = Observation.objects.filter(id=observation_id).first()
    if row is None:
        raise NotFound(what="这次观测")
    return shapes.observation_view(row)


def observation_of(claim_id: UUID) -> ObservationView | None:
    """What a claim rests on; None for a claim that no trigger settled."""
    settled = Settlement.objects.filter(claim_id=claim_id).select_related("watch__observation").order_by("-id").first()
    return shapes.observation_view(settled.watch.observation) if settled else None


def promises(version: ProductVersion, inputs: Mapping[str, str], sum_insured_fen: int) -> tuple[Promise, ...]:
    """What a contract pays by itself, in plain words, before anything happens."""
    return tuple(
        Promise(
            trigger=one.code,
            name=one.name,
            what=_where(one.circle.by_value[inputs[one.circle.input]].name, one.circle.radius_km)
            if one.circle
            else one.name,
            lines=tuple(promise(one, band, sum_insured_fen) for band in one.bands),
            sources=tuple(shapes.source_names(list(one.sources))),
            need=one.need,
            clause=one.clause,
            dispute_days=one.dispute_days,
        )
        for one in version.triggers
    )


def observations(page: int = 1, size: int = 20, state: str = "people") -> Page[ObservationBrief]:
    """Of one state; those that wait for a person by their clock, others the newest first."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    rows = Observation.objects.filter(state=state).order_by(*(["answer_by"] if state == "people" else ["-id"]), "id")
    found = [shapes.brief(row) for row in rows[(page - 1) * size : page * size]]
    return Page(found, rows.count(), page, size)


def disputes(page: int = 1, size: int = 20) -> Page[tuple[DisputeView, Text]]:
    """Open ones with what they are about, the nearest clock first."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    rows = Dispute.objects.filter(answered_at=None).select_related("observation").order_by("answer_by", "id")
    found = []
    for row in rows[(page - 1) * size : page * size]:
        trigger = triggers.of(row.observation)
        found.append((shapes.dispute_view(row, trigger), shapes.what(row.observation, trigger)))
    return Page(found, rows.count(), page, size)


def breakers() -> tuple[BreakerView, ...]:
    """The open ones, the nearest clock first."""
    rows = Breaker.objects.filter(reopened_at=None).order_by("answer_by", "id")[:_MOST_BREAKERS]
    return tuple(
        BreakerView(
            row.id, row.scope, _scope_name(row.scope), row.reason, row.tripped_at, row.answer_by, row.asked_by,
            row.asked_name,
        )
        for row in rows
    )  # fmt: skip


def sources() -> tuple[SourceView, ...]:
    """All of them; there are a few dozen at most."""
    now = clock.now()
    refused: Mapping[str, int] = dict(
        RefusedReport.objects.filter(received_at__gt=now - timedelta(days=1))
        .values_list("source")
        .annotate(count=Count("id"))
    )
    rows = list(Source.objects.order_by("code"))
    why = dict(
        Breaker.objects.filter(scope__in=[r.code for r in rows], reopened_at=None).values_list("scope", "reason")
    )
    return tuple(
        SourceView(
            code=row.code,
            name=Text(row.name_zh, row.name_en),
            measures=tuple(row.measures),
            heard_at=row.heard_at,
            heartbeat_seconds=row.heartbeat_seconds,
            stale=clocks.is_stale(row.heard_at, now, row.heartbeat_seconds),
            stopped=why.get(row.code, ""),
            refused=refused.get(row.code, 0),
        )
        for row in rows
    )


def source_codes() -> tuple[str, ...]:
    return tuple(Source.objects.order_by("code").values_list("code", flat=True))


def waiting() -> tuple[int, datetime | None]:
    """How much waits for people at the desk, and the nearest clock."""
    lists = (
        Observation.objects.filter(state="people"),
        Dispute.objects.filter(answered_at=None),
        Breaker.objects.filter(reopened_at=None),
    )
    found = [rows.aggregate(count=Count("id"), nearest=Min("answer_by")) for rows in lists]
    clocks_ = [one["nearest"] for one in found if one["nearest"] is not None]
    return sum(one["count"] for one in found), min(clocks_, default=None)


def problems() -> list[str]:
    """What no clock brings to an end by itself: overdue answers, observations that nobody has looked at."""
    now = clock.now()
    late = Q(answer_by__lt=now)
    found = []
    if count := Observation.objects.filter(late, state="people").count():
        found.append(f"{count} observations wait for people past their clock")
    if count := Dispute.objects.filter(late, answered_at=None).count():
        found.append(f"{count} disputes are past their clock")
    if count := Observation.objects.filter(look_at__lt=now - timedelta(hours=1)).count():
        found.append(f"{count} observations are due for more than an hour")
    return found


def _where(name: Text, radius_km: int) -> Text:
    return Text(f"{name.zh}周围 {radius_km} 公里", f"Within {radius_km} km of {name.en}")


def _scope_name(scope: str) -> Text:
    version_id, _, code = scope.partition("#")
    return triggers.filed(version_id, code).name if code else shapes.source_names([scope])[0]

"""Ask a source for what is new, and keep it: what is believed, and what is not with the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from baohe.kernel.dates import business_date
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.catalog.contracts import MEASURES
from baohe.rooms.parametric import locks, ports
from baohe.rooms.parametric.actions.breakers import trip
from baohe.rooms.parametric.models import Observation, RefusedReport, Report, Source, SourceKey

_CLOCKS_DIFFER = timedelta(minutes=5)
_LONGEST_REFUSED = 2_000


@dataclass(frozen=True, slots=True)
class Heard:
    kept: int
    refused: int
    away: str = ""
    """Why there was no answer; empty = there was one."""


def listen(code: str) -> Heard:
    """One question to the source, outside of any transaction, then one transaction for all it said. Observations it
    speaks of are due to be looked at, with the same commit. Raises `NotFound`."""
    source = Source.objects.filter(code=code).first()
    try:
        news = ports.news(source.address, code, source.position) if source else None
    except ports.SourceAway as away:
        return Heard(0, 0, str(away))
    with transaction.atomic():
        row = locks.source(code)
        return _keep(row, news) if news else Heard(0, 0)


def _keep(row: Source, news: ports.News) -> Heard:
    keys = {key.key: key for key in row.keys.all()}
    kept = refused = 0
    for position, signed in news.reports:
        if position <= row.position:
            continue  # another worker was faster
        row.position = position
        why = _doubt(row, keys, signed)
        if why:
            _refuse(row, signed, why)
            refused += 1
        else:
            kept += _store(ports.read(signed.content), signed)
    row.heard_at = max(row.heard_at, _sign_of_life(row, keys, news.heartbeat) or row.heard_at)
    row.save(update_fields=["position", "heard_at"])
    return Heard(kept, refused)


def _doubt(row: Source, keys: Mapping[str, SourceKey], signed: ports.Signed) -> str:
    """Why a report is not believed; empty = it is."""
    try:
        report = ports.read(signed.content)
    except ports.BadReport:
        return "unreadable"
    if report.source != row.code or report.measure not in row.measures:
        return "another's"
    if max(report.issued_at, report.observed_at) > clock.now() + _CLOCKS_DIFFER:
        return "future"
    if isinstance(report.value, str) and report.value not in MEASURES[report.measure].states:
        return "unknown word"
    return _key_doubt(keys, signed, report)


def _key_doubt(keys: Mapping[str, SourceKey], signed: ports.Signed, report: ports.Report) -> str:
    key = keys.get(signed.key)
    if key is None:
        return "unknown key"
    if not key.valid_from <= report.issued_at < key.valid_until:
        return "outdated key"
    return "" if ports.is_signed(signed, ports.public_key(key.public_pem)) else "wrong signature"


def _store(report: ports.Report, signed: ports.Signed) -> int:
    """1 when it is new. Two contents under one sequence stop the source (equivocation)."""
    same = Report.objects.filter(source=report.source, measure=report.measure, subject=report.subject)
    others = list(same.filter(sequence=report.sequence).values_list("digest", flat=True))
    if signed.digest in others:
        return 0
    Report.objects.create(
        shard_key=shard_of(report.subject),
        source=report.source,
        measure=report.measure,
        subject=report.subject,
        sequence=report.sequence,
        day=business_date(report.observed_at),
        digest=signed.digest,
        content=dict(signed.content),
        key=signed.key,
        signature=signed.signature,
        received_at=clock.now(),
    )
    if others:
        trip(report.source, "equivocates")
    _mark(report)
    return 1


def _mark(report: ports.Report) -> None:
    """Whatever the report may decide is due to be looked at."""
    rows = Observation.objects.filter(measure=report.measure)
    if MEASURES[report.measure].at_a_place:
        day, around = business_date(report.observed_at), timedelta(days=1)
        rows = rows.filter(day__range=(day - around, day + around))
    else:
        rows = rows.filter(subject=report.subject)
    rows.update(look_at=clock.now())


def _refuse(row: Source, signed: ports.Signed, why: str) -> None:
    """As text, cut: whatever it holds, it must not keep the rest of the list from being read."""
    RefusedReport.objects.create(
        source=row.code,
        content=json.dumps(dict(signed.content))[:_LONGEST_REFUSED],
        key=signed.key.replace("\x00", ""),
        signature=signed.signature.replace("\x00", ""),
        why=why,
        received_at=clock.now(),
    )


def _sign_of_life(row: Source, keys: Mapping[str, SourceKey], heartbeat: ports.Signed) -> datetime | None:
    """The moment of a heartbeat that is truly the source's; None otherwise."""
    try:
        at = ports.moment(heartbeat.content.get("issued_at"), "issued_at")
    except ports.BadReport:
        return None
    key = keys.get(heartbeat.key)
    true = key is not None and key.valid_from <= at < key.valid_until and heartbeat.content.get("source") == row.code
    genuine = true and key is not None and ports.is_signed(heartbeat, ports.public_key(key.public_pem))
    return at if genuine and at <= clock.now() + _CLOCKS_DIFFER else None

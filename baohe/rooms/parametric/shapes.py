"""Rows → contracts. Nothing is decided here."""

from __future__ import annotations

from datetime import datetime

from baohe.kernel.dates import day_begins
from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Trigger
from baohe.rooms.parametric import believing, triggers
from baohe.rooms.parametric.contracts import (
    DisputeView,
    ObservationBrief,
    ObservationView,
    OutcomeView,
    ReportView,
    RulingView,
)
from baohe.rooms.parametric.models import Dispute, Observation, Report, Source
from baohe.rooms.parametric.rules import clocks, subjects
from baohe.rooms.parametric.rules.agreeing import NOTHING, event_of
from baohe.rooms.parametric.rules.words import band_in_words, value_in_words

MOST_SHOWN = 60
"""Reports of one page; the newest first."""
NOTHING_PAID = Text("没有达到赔付条件", "Nothing is to be paid")


def what(row: Observation, trigger: Trigger) -> Text:
    point = triggers.point_of(row, trigger)
    return subjects.in_words(trigger, row.subject, point.name if point else None)


def occurred_at(row: Observation, trigger: Trigger) -> datetime:
    """When it was seen by those who agreed; a moment of its day where people decided."""
    last = row.outcomes.filter(maker_id=None).order_by("number").last()
    told = Report.objects.filter(source__in=trigger.sources, digest__in=last.reports if last else [])
    seen = [believing.said(one).observed_at for one in told if one.source in (last.agreeing if last else [])]
    if trigger.circle is not None or not seen:
        return day_begins(row.day)
    return max(seen)


def agreeing_names(row: Observation) -> Text | None:
    """“A、B 两家数据一致”; None where people decided."""
    last = row.outcomes.filter(number=row.number).first()
    if last is None or last.maker_id is not None:
        return None
    names = source_names(last.agreeing)
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return Text(f"{zh} {len(names)} 家数据一致", f"{en} agree")


def source_names(codes: list[str]) -> list[Text]:
    known = {row.code: Text(row.name_zh, row.name_en) for row in Source.objects.filter(code__in=codes)}
    return [known.get(code, Text(code, code)) for code in codes]


def brief(row: Observation) -> ObservationBrief:
    trigger = triggers.of(row)
    return ObservationBrief(row.id, what(row, trigger), trigger.name, row.state, row.why, row.answer_by)


def observation_view(row: Observation) -> ObservationView:
    trigger = triggers.of(row)
    band = trigger.band(row.event)
    ruling = row.rulings.filter(confirmed_at=None, returned_at=None).first()
    return ObservationView(
        id=row.id,
        shard_key=row.shard_key,
        version_id=row.version_id,
        trigger=row.trigger,
        name=trigger.name,
        measure=row.measure,
        subject=row.subject,
        what=what(row, trigger),
        day=row.day,
        state=row.state,
        why=row.why,
        event=row.event,
        band=band_in_words(row.measure, band) if band else NOTHING_PAID if row.state == "nothing" else None,
        clause=trigger.clause,
        need=trigger.need,
        among=len(trigger.sources),
        closes_at=row.closes_at,
        decided_at=row.decided_at,
        correctable_until=clocks.correctable_until(trigger, row.decided_at) if row.decided_at else None,
        reports=_reports(row, trigger),
        outcomes=tuple(
            OutcomeView(
                one.number,
                one.event,
                one.digest,
                one.decided_at,
                (one.maker_name, one.checker_name) if one.maker_id else (),
            )
            for one in row.outcomes.order_by("number")
        ),
        ruling=RulingView(ruling.id, ruling.event, ruling.note, ruling.maker_id, ruling.maker_name, ruling.proposed_at)
        if ruling
        else None,
        disputes=tuple(dispute_view(one, trigger) for one in row.disputes.order_by("opened_at")[:MOST_SHOWN]),
        choices=(
            *((one.event, band_in_words(row.measure, one)) for one in trigger.bands),
            (NOTHING, NOTHING_PAID),
        ),
    )


def dispute_view(row: Dispute, trigger: Trigger) -> DisputeView:
    band = trigger.band(row.event)
    other = band_in_words(trigger.measure, band) if band else NOTHING_PAID
    name = source_names([row.source])[0] if row.source else Text("", "")
    said = {
        "customer": Text("客户认为数据不对", "The customer says the data is wrong"),
        "late": Text(f"{name.zh}事后上报：{other.zh}", f"{name.en} told later: {other.en}"),
        "correction": Text(f"数据源更正后一致为：{other.zh}", f"Corrected, the sources agree on: {other.en}"),
    }[row.kind]
    return DisputeView(
        row.id,
        row.observation_id,
        row.kind,
        said,
        row.opened_at,
        row.answer_by,
        row.answered_at,
        row.stands,
        row.claim_id,
    )


def _reports(row: Observation, trigger: Trigger) -> tuple[ReportView, ...]:
    counts = {digest for one in believing.believed(row, trigger).values() for digest in one.digests}
    told = list(believing.reports_of(row, trigger).order_by("-id")[:MOST_SHOWN])
    names = dict(zip(trigger.sources, source_names(list(trigger.sources)), strict=True))
    views = []
    for one in told:
        report = believing.said(one)
        with_it = event_of(trigger, report.value) == row.event if row.decided_at and trigger.circle is None else None
        views.append(
            ReportView(
                source=one.source,
                source_name=names[one.source],
                value=value_in_words(row.measure, report.value),
                observed_at=report.observed_at,
                issued_at=believing.issued_at(one),
                received_at=one.received_at,
                sequence=one.sequence,
                digest=one.digest,
                counts=one.digest in counts,
                with_it=with_it,
            )
        )
    return tuple(views)

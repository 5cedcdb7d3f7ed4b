"""Work a machine's decision out again, from the stored signed reports alone."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.rooms.parametric import believing, ports, triggers
from baohe.rooms.parametric.contracts import Replay
from baohe.rooms.parametric.models import Observation, Outcome, Report, SourceKey
from baohe.rooms.parametric.rules import recording
from baohe.rooms.parametric.rules.agreeing import agree


def replay(observation_id: UUID) -> tuple[Replay, ...]:
    """Every outcome of the machine, oldest first; those of people have names instead. Raises `NotFound`."""
    row = Observation.objects.filter(id=observation_id).first()
    if row is None:
        raise NotFound(what="这次观测")
    return tuple(_replayed(row, one) for one in row.outcomes.filter(maker_id=None).order_by("number"))


def _replayed(row: Observation, one: Outcome) -> Replay:
    trigger = triggers.of(row)
    told = [
        report
        for report in Report.objects.filter(source__in=trigger.sources, digest__in=one.reports)
        if _is_genuine(report)
    ]
    said = believing.what(row, trigger, told)
    found = agree(trigger, {source: it.value for source, it in said.items()}, one.closed)
    digest = recording.of_outcome(
        row.version_id, trigger, row.subject, one.closed, [report.digest for report in told], found
    )
    same = found.outcome == "agreed" and (found.event, digest) == (one.event, one.digest)
    return Replay(row.id, one.number, found.event, digest, one.digest, len(told), same)


def _is_genuine(report: Report) -> bool:
    """Signed by its source, and still the bytes that were signed."""
    key = SourceKey.objects.filter(source_id=report.source, key=report.key).first()
    signed = ports.Signed(report.content, report.key, report.signature)
    return (
        key is not None and signed.digest == report.digest and ports.is_signed(signed, ports.public_key(key.public_pem))
    )

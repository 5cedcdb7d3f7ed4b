"""One run of a provider's day, once for ever: the staged sides are matched, differences become items."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection, transaction

from baohe.adapters.providers import registry
from baohe.adapters.providers.port import BillBroken, BillLine, BillNotReady
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.reconciliation.actions import matching, staging
from baohe.rooms.reconciliation.actions.find_items import keep_differences, keep_lost, next_day_has_spoken
from baohe.rooms.reconciliation.actions.staging import Staged
from baohe.rooms.reconciliation.actions.suspense import Adopted, hold
from baohe.rooms.reconciliation.contracts import RunView
from baohe.rooms.reconciliation.errors import NotBilled
from baohe.rooms.reconciliation.models import Run
from baohe.rooms.reconciliation.views import run_view

SHARD = 0
"""A provider's day belongs to no policy."""


@contextlib.contextmanager
def held(provider: str, day: date) -> Iterator[None]:
    """One run of a provider's day at a time, across processes. Held by the session, not by a transaction: in between
    the bill is fetched and payments are asked about."""
    key = f"reconciliation:{provider}:{day}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


@contextlib.contextmanager
def bill_of(provider: str, day: date) -> Iterator[Iterable[BillLine]]:
    """The verified bill. Raises `NotBilled` when there is none that may be used, `ProviderNotSetUp`."""
    try:
        with registry.provider(provider).bill(day) as lines:
            yield lines
    except BillNotReady:
        raise NotBilled(provider=provider, day=f"{day}", broken=False, **NotBilled.NOT_READY) from None
    except BillBroken as broken:
        said = {"reason_zh": f"有损坏（{broken}）", "reason_en": f"is broken ({broken})"}
        raise NotBilled(provider=provider, day=f"{day}", broken=True, **said) from broken


def conclude(staged: Staged, adopted: Adopted) -> RunView:
    """Match what was staged in this session and close the run, in one transaction: run, items with what they put on
    suspense, crossings, evidence leaf. An earlier edition of the day is superseded; its items stay or are explained."""
    provider, day = staged.provider, staged.day
    with transaction.atomic():
        earlier = Run.objects.select_for_update().filter(provider=provider, day=day, superseded_at=None).first()
        matched = matching.match(provider, day)
        if earlier is not None:
            Run.objects.filter(id=earlier.id).update(superseded_at=clock.now())
        bill, ours = matching.bill_side(), matching.our_side(day)
        hold(provider)
        differences = keep_differences(provider, day, adopted)
        keep_lost(provider, day, matched.lost, adopted)
        row = Run.objects.create(
            id=clock.new_id(),
            provider=provider,
            day=day,
            edition=1 if earlier is None else earlier.edition + 1,
            bill_digest=staged.bill_digest,
            lines=bill.count,
            bill_in_fen=bill.in_fen,
            bill_out_fen=bill.out_fen,
            ours=ours.count,
            ours_in_fen=ours.in_fen,
            ours_out_fen=ours.out_fen,
            differences=differences,
            asked=staged.asked,
            crossed=matched.crossed,
            closed_at=clock.now(),
        )
        next_day_has_spoken(provider, day)
        facts = {
            "bill": staged.bill_digest,
            "day": f"{day}",
            "differences": differences,
            "edition": row.edition,
            "lines": bill.count,
            "provider": provider,
        }
        evidence.append("day_reconciled", str(row.id), facts, SHARD)
        staging.leave()
    return run_view(row)

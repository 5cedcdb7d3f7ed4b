"""The clocks of a claim follow its story: a milestone begins them, stops them, lets them run on, or ends them.

Called with the claim's row locked, by `records.milestone` and by nothing else but the word that a refusal was told.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, QuerySet

from baohe.kernel import escalation
from baohe.kernel.dates import business_date
from baohe.kernel.day_counts import runs_on
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims.models import Claim, Deadline
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.claims.rules.escalating import LEVELS

_BEGINNINGS = frozenset({"notice", "refused", *deadlines.WITH_PERSON, "agreed_by_rules", "agreed_by_person"})
_ENDINGS = deadlines.CONCLUDED | {"asked", "list_given", "paid", "shares_paid", "refusal_told", "advance_paid"}
_KNOWN = _BEGINNINGS | _ENDINGS | {deadlines.ASKED_CLAIMANT}


def follow(row: Claim, code: str) -> None:
    """What the milestone `code` does to the clocks, and with them to `due_at`, also of the row in hand."""
    if code not in _KNOWN or (code in deadlines.REOPENED and row.state == "draft"):
        return
    now = clock.now()
    line = catalog.version(row.version_id).line
    moved = _end(row, code, line, now)
    if code == deadlines.PAPERS_BACK:
        moved += _run_on(row, line, now)
    moved += _begin(row, code, line, now)
    if code == deadlines.ASKED_CLAIMANT:
        moved += _stop(row, line, now)
    if code == "notice" and moved and row.event != "other":
        moved += _end(row, "list_given", line, now)  # the claimant sees the one list with the draft itself
    if moved:
        row.due_at = _running(row).aggregate(nearest=Min("falls_at"))["nearest"]
        Claim.objects.filter(id=row.id).update(due_at=row.due_at)


def first(row: Claim, code: str) -> list[Deadline]:
    """The same for a claim that has no clocks yet: what `code` begins, not saved, with `due_at` of the row in hand."""
    begun = _begun(row, code, catalog.version(row.version_id).line, clock.now())
    row.due_at = min((stored.falls_at for stored in begun), default=None)
    return begun


def plan(stored: Deadline, reached: int) -> None:
    """Set which level comes next, and when; not saved."""
    following = escalation.next_level(LEVELS, stored.falls_at, reached, stored.runs_since)
    stored.level, stored.raise_at = reached, following[1] if following else None


def _begin(row: Claim, code: str, line: str, now: datetime) -> int:
    begun = _begun(row, code, line, now)
    running = set(row.deadlines.filter(ended_at=None).values_list("code", flat=True)) if begun else set()
    fresh = [stored for stored in begun if stored.code not in running]
    for stored in fresh:
        stored.save(force_insert=True)
    return len(fresh)


def _begun(row: Claim, code: str, line: str, now: datetime) -> list[Deadline]:
    """The clocks that a milestone begins, not saved."""
    if code not in _BEGINNINGS:
        return []
    simple = bool(row.calculated_fen) and not row.review_open
    begun = []
    for one in deadlines.clocks_for(line, simple, business_date(now)):
        if code not in one.begins:
            continue
        stored = Deadline(
            claim=row,
            shard_key=row.shard_key,
            code=one.code,
            rule=one.rule,
            source=one.source,
            begun_at=now,
            runs_since=now,
            falls_at=deadlines.falls_at(one, now),
        )
        plan(stored, 0)
        begun.append(stored)
    return begun


def _end(row: Claim, code: str, line: str, now: datetime) -> int:
    """A withdrawn claim has no clock at all."""
    if code not in _ENDINGS and code not in (deadlines.ASKED_CLAIMANT, *deadlines.WITH_PERSON):
        return 0
    ended = 0
    for stored in row.deadlines.filter(ended_at=None):
        if code == "withdrawn" or code in deadlines.named(stored.code, line).ends:
            stored.ended_at, stored.ended_by, stored.raise_at = now, code, None
            stored.save()
            ended += 1
    return ended


def _stop(row: Claim, line: str, now: datetime) -> int:
    """Only once: papers asked for a second time stop nothing."""
    stopped = 0
    for stored in row.deadlines.filter(ended_at=None, stands_since=None, stood=False):
        if deadlines.named(stored.code, line).stands_still:
            stored.stands_since, stored.stood, stored.raise_at = now, True, None
            stored.save()
            stopped += 1
    return stopped


def _run_on(row: Claim, line: str, now: datetime) -> int:
    resumed = 0
    for stored in row.deadlines.filter(ended_at=None, stands_since__isnull=False):
        kind, stood_from = deadlines.named(stored.code, line), stored.stands_since
        if stood_from is not None:
            before = stored.falls_at
            stored.falls_at = runs_on(before, stood_from, now, kind.working)
            stored.stands_since, stored.runs_since = None, now
            # a moment that did not move keeps what was raised for it; a moved one is planned anew
            plan(stored, stored.level if stored.falls_at == before else 0)
            stored.save()
            resumed += 1
    return resumed


def _running(row: Claim) -> QuerySet[Deadline]:
    return row.deadlines.filter(ended_at=None, stands_since=None)

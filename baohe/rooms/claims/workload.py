"""The picture of the desk: who has how much, how old it is, what falls when, how fast it is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Aggregate, Count, DateTimeField, DurationField, ExpressionWrapper, F, FloatField, Q
from django.db.models.functions import Coalesce, TruncDate

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.day_counts import end_of
from baohe.kernel.work_calendar import is_working_day, unknown_year, working_days_after
from baohe.plumbing import clock
from baohe.rooms.claims import moves
from baohe.rooms.claims.contracts import AGES, NOBODY, HandlerLoad, Workload
from baohe.rooms.claims.models import OPEN, Claim, Leave
from baohe.rooms.claims.rules.authority import GRADE_NAMES
from baohe.rooms.claims.rules.sharing_work import Hand

_AHEAD = 10
_LOOK_BACK = timedelta(days=30)


class _Median(Aggregate):
    """The middle value of an interval in seconds; PostgreSQL's own percentile, so no row is carried out."""

    function = "PERCENTILE_CONT"
    template = "EXTRACT(EPOCH FROM %(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s))"
    output_field = FloatField()


def workload() -> Workload:
    """In a fixed number of queries, whatever the number of claims and handlers. The face checked who asks."""
    today = clock.today()
    hands, away, ages, loads = moves.hands(), moves.away_on(today), _ages(), moves.loads()
    late, due = _due(today)
    decided, by_rules, median = _decided()
    return Workload(
        handlers=tuple(_load(hand, away, ages, loads) for hand in hands),
        nobody=HandlerLoad(NOBODY, "", None, None, sum(ages[None]), 0, ages[None]),
        late=late,
        due=due,
        decided=decided,
        straight_through_bp=by_rules * 10_000 // decided if decided else None,
        median_seconds=median,
        unknown_year=unknown_year(today),
    )


def handlers() -> tuple[HandlerLoad, ...]:
    """Everybody a claim may be handed to, with leave and load."""
    hands, away, ages, loads = moves.hands(), moves.away_on(clock.today()), _ages(), moves.loads()
    return tuple(_load(hand, away, ages, loads) for hand in hands)


def _load(
    hand: Hand, away: Mapping[UUID, Leave], ages: Mapping[UUID | None, tuple[int, ...]], loads: Mapping[UUID, int]
) -> HandlerLoad:
    leave, mine = away.get(hand.id), ages.get(hand.id, (0,) * len(AGES))
    until = leave.last_day if leave else None
    return HandlerLoad(hand.id, hand.name, GRADE_NAMES[hand.grade], until, sum(mine), loads.get(hand.id, 0), mine)


def _ages() -> dict[UUID | None, tuple[int, ...]]:
    """Open claims by handler and age band."""
    now, counts, youngest = clock.now(), {}, 0
    since = Coalesce("submitted_at", "created_at", output_field=DateTimeField())
    for number, (last, _) in enumerate(AGES):
        begins, ends = now - timedelta(days=last), now - timedelta(days=youngest)
        counts[f"band{number}"] = Count("id", filter=Q(since__gt=begins, since__lte=ends))
        youngest = last
    rows = Claim.objects.filter(OPEN).annotate(since=since).values("handler_id").annotate(**counts)
    found: dict[UUID | None, tuple[int, ...]] = {
        row["handler_id"]: tuple(row[f"band{number}"] for number in range(len(AGES))) for row in rows
    }
    found.setdefault(None, (0,) * len(AGES))
    return found


def _due(today: date) -> tuple[int, tuple[tuple[date, int], ...]]:
    """Open claims by the day of their nearest deadline; one on a day off counts with the working day before it, on
    which it has to be done."""
    last = working_days_after(today, _AHEAD)
    open_claims = Claim.objects.filter(OPEN)
    late = open_claims.filter(due_at__lte=end_of(today - timedelta(days=1))).count()
    rows = (
        open_claims.filter(due_at__gt=end_of(today - timedelta(days=1)), due_at__lte=end_of(last))
        .annotate(day=TruncDate("due_at", tzinfo=SHANGHAI))
        .values("day")
        .annotate(count=Count("id"))
    )
    counted: Counter[date] = Counter()
    for row in rows:
        counted[_worked_on(row["day"], today)] += row["count"]
    days = [today + timedelta(days=step) for step in range((last - today).days + 1)]
    return late, tuple((day, counted[day]) for day in days if day == today or is_working_day(day))


def _worked_on(day: date, today: date) -> date:
    while day > today and not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _decided() -> tuple[int, int, int | None]:
    """Of the last 30 days: how many, how many by rules alone, and the median from complete papers to the decision."""
    took = ExpressionWrapper(F("decided_at") - F("submitted_at"), output_field=DurationField())
    found = (
        Claim.objects.filter(decided_at__gte=clock.now() - _LOOK_BACK, reference="")
        .annotate(took=took)
        .aggregate(all=Count("id"), by_rules=Count("id", filter=Q(decided_by=None)), median=_Median("took"))
    )
    median = found["median"]
    return found["all"], found["by_rules"], None if median is None else round(median)

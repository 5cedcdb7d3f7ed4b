"""When a deadline is raised before it falls, and to whom (SERV-4). Pure; whose levels they are is the caller's.

`levels` are numbered from 1 in the order in which they are raised; the last one is never left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from baohe.kernel.dates import SHANGHAI, business_date
from baohe.kernel.decisions import Text
from baohe.kernel.work_calendar import closing, working_day_before

_MORNING = time(9)
_STILL_TODAY = time(12)


@dataclass(frozen=True, slots=True)
class Level:
    """Raised at 09:00 of the `before`-th working day before the deadline, to `role`."""

    number: int
    role: str
    before: int
    name: Text


def raised_at(level: Level, falls: datetime) -> datetime:
    """09:00 of its working day. A deadline on a day off is raised on the working days before it."""
    return datetime.combine(working_day_before(business_date(falls), level.before), _MORNING, SHANGHAI)


def next_level(
    levels: Sequence[Level], falls: datetime, reached: int, begun_at: datetime
) -> tuple[Level, datetime] | None:
    """What is raised next after level `reached`, and when; None after the last.

    A level whose moment lay before the clock began is left out: a deadline of one day would reach three people at
    once. The last is never left out; it comes with the beginning, if its morning is over.
    """
    for level in levels[reached:]:
        moment = raised_at(level, falls)
        if moment > begun_at or level.number == levels[-1].number:
            return level, max(moment, begun_at)
    return None


def due_levels(
    levels: Sequence[Level], falls: datetime, reached: int, begun_at: datetime, now: datetime
) -> tuple[tuple[Level, datetime], ...]:
    """Every level whose moment has come and that was not raised yet: more than one after the worker was down."""
    found = []
    following = next_level(levels, falls, reached, begun_at)
    while following is not None and following[1] <= now:
        found.append(following)
        following = next_level(levels, falls, following[0].number, begun_at)
    return tuple(found)


def new_promise(now: datetime) -> datetime:
    """When whoever has it after the last level answers the customer: by 18:00 today if raised before noon, else by
    18:00 of the next day. Never a moment that is over already, also when the worker comes back late."""
    local = now.astimezone(SHANGHAI)
    day = local.date() + timedelta(days=0 if local.time() <= _STILL_TODAY else 1)
    return closing(day)

"""Where a clock stands after the turns of its subject: when it falls, whether it stands still or ended. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from baohe.kernel.dates import business_date
from baohe.kernel.day_counts import falls_after, runs_on
from baohe.rooms.service_clocks.contracts import OURS, OVER, THEIRS, Turn
from baohe.rooms.service_clocks.rules.clocks import in_force


@dataclass(frozen=True, slots=True)
class Run:
    """`runs_since` is when it began, or ran on after it stood still: what lay before is not raised."""

    begun_at: datetime
    runs_since: datetime
    falls_at: datetime
    stands_since: datetime | None = None
    ended_at: datetime | None = None


def run(code: str, turns: Sequence[Turn]) -> Run | None:
    """None while it was never our turn. What comes after the end counts no more.

    A clock that stood still falls as many working days later as it stood; also one that ends while the customer had
    their turn, so that an answer they take long over is not our delay.
    """
    ours = next((place for place, turn in enumerate(turns) if turn.whose == OURS), None)
    if ours is None:
        return None
    begun = since = turns[ours].at
    falls = falls_after(begun, in_force(code, business_date(begun)).working_days, working=True)
    stands: datetime | None = None
    for turn in turns[ours + 1 :]:
        if turn.whose == THEIRS:
            stands = stands or turn.at
            continue
        if stands is not None:
            falls, stands, since = runs_on(falls, stands, turn.at, working=True), None, turn.at
        if turn.whose == OVER:
            return Run(begun, since, falls, None, turn.at)
    return Run(begun, since, falls, stands)

"""How often a link and its code may be sent, and for how long a link works. Times are aware moments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

LINK_LIFE = timedelta(hours=72)
RESEND_PAUSE = timedelta(seconds=60)
LINKS_PER_DAY = 10
"""To one telephone, and about one subject: nobody is pestered into consent."""

CODES_PER_LINK = 10
_DAY = timedelta(days=1)


def seconds_to_wait(sent: Sequence[datetime], now: datetime, again: bool) -> int:
    """0 when another link may be sent, else whole seconds until it may. `sent` is newest first, of the last day;
    `again`: the newest still waits and asks the same, so there is no hurry."""
    waits = [timedelta()]
    if sent and again:
        waits.append(sent[0] + RESEND_PAUSE - now)
    if len(sent) >= LINKS_PER_DAY:
        waits.append(sent[LINKS_PER_DAY - 1] + _DAY - now)
    return max(0, math.ceil(max(waits).total_seconds()))

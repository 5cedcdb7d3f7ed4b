"""How fast one side may write on one claim: enough for any conversation, too little to flood a file. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

PACE: tuple[tuple[timedelta, int], ...] = ((timedelta(minutes=10), 10), (timedelta(days=1), 60))
"""Span and how many messages fit into it."""
MOST = max(count for _, count in PACE)


def wait_seconds(newest_first: Sequence[datetime], now: datetime) -> int:
    """0 when one more may be sent; otherwise whole seconds until it may. `newest_first` are the moments of what this
    side sent, at least the last `MOST`."""
    waits = [newest_first[count - 1] + span - now for span, count in PACE if len(newest_first) >= count]
    return max(0, *(ceil(wait.total_seconds()) for wait in waits)) if waits else 0

"""The state of a policy is a fact of its days and its end, never stored beside them."""

from __future__ import annotations

from datetime import date, datetime

OPEN_STATES = frozenset({"cooling_off", "in_force", "not_started"})


def policy_state(
    start: date, end: date, cooling_off_ends: date | None, cancelled_at: datetime | None, today: date
) -> str:
    """cancelled | ended | cooling_off | not_started | in_force, the first that holds.

    Cooling-off comes before not_started: what the customer can do (leave in full) matters more than the wait.
    """
    if cancelled_at is not None:
        return "cancelled"
    if today >= end:
        return "ended"
    if cooling_off_ends is not None and today <= cooling_off_ends:
        return "cooling_off"
    return "not_started" if today < start else "in_force"

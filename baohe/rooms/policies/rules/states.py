"""The state of a policy is a fact of its days and its end, never stored beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from baohe.rooms.policies.contracts import NoCover

OPEN_STATES = frozenset({"cooling_off", "in_force", "not_started"})


def policy_state(
    start: date,
    end: date,
    cooling_off_ends: date | None,
    cancelled_at: datetime | None,
    today: date,
    lapsed_on: date | None = None,
    suspensions: Sequence[NoCover] = (),
    ended_by_claim_on: date | None = None,
) -> str:
    """lapsed | cancelled | ended | suspended | cooling_off | not_started | in_force, the first that holds.

    Cooling-off comes before not_started: what the customer can do (leave in full) matters more than the wait. A
    contract that lapsed and gave back its cash value is lapsed, not left: the customer did not end it.
    """
    if lapsed_on is not None and today >= lapsed_on:
        return "lapsed"
    if cancelled_at is not None:
        return "cancelled"
    if today >= end or (ended_by_claim_on is not None and today >= ended_by_claim_on):
        return "ended"
    if any(time.since <= today and (time.until is None or today < time.until) for time in suspensions):
        return "suspended"
    if cooling_off_ends is not None and today <= cooling_off_ends:
        return "cooling_off"
    return "not_started" if today < start else "in_force"

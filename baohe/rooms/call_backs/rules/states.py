"""The state of a call-back on a day. Pure."""

from __future__ import annotations

from datetime import date

from baohe.rooms.call_backs.contracts import DONE, DROPPED, OPEN, OVERDUE, TO_EXPLAIN, UNCLEAR, UNDERSTOOD, URGENT


def state_of(ended: bool, outcomes: tuple[str, ...], escalate_on: date, last_day: date, today: date) -> str:
    """`outcomes` are those answered so far, oldest first. A deadline that passed weighs more than an explanation."""
    if ended:
        return DONE if UNDERSTOOD in outcomes else DROPPED
    if today > last_day:
        return OVERDUE
    if outcomes and outcomes[-1] == UNCLEAR:
        return TO_EXPLAIN
    return URGENT if today >= escalate_on else OPEN

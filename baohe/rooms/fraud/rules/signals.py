"""All rules over what was seen. They find signals; there is no answer among them that decides. Pure."""

from __future__ import annotations

from collections.abc import Callable

from baohe.rooms.fraud.contracts import Signal
from baohe.rooms.fraud.rules import links, providers, repeats, timing
from baohe.rooms.fraud.rules.seen import Seen

RULES = "signals-2026-12"

MANY_POINTS = 100
"""Weak signals that together ask for a person."""

_ALL: tuple[Callable[[Seen], Signal | None], ...] = (
    repeats.invoice_repeated,
    repeats.picture_similar,
    links.linked,
    timing.claims_frequent,
    providers.unusual,
    timing.after_waiting,
    timing.bought_shortly_before,
    timing.raised_shortly_before,
    timing.before_end,
    timing.free_day,
)


def signals(seen: Seen) -> tuple[Signal, ...]:
    """The heaviest first."""
    found = [signal for rule in _ALL if (signal := rule(seen)) is not None]
    return tuple(sorted(found, key=lambda signal: (-signal.weight, signal.code)))


def asks_for_person(found: tuple[Signal, ...]) -> bool:
    """Whether a person looks before the machine pays. That is all a signal can do."""
    return any(signal.strong for signal in found) or sum(signal.weight for signal in found) >= MANY_POINTS

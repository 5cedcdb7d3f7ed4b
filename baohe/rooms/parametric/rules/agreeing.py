"""M of N: what the sources agree on. Pure; the order in which reports came makes no difference.

Each source has one value (`rules.counting`). Nothing is averaged: a value falls into a band, and a band holds when
enough different sources stand in it. Numbers beside the edge of a band, within the tolerance, count for it only when
no more reports are waited for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from baohe.rooms.catalog.contracts import MEASURES, Band, Trigger

NOTHING = ""
"""The event of an agreement that nothing is to be paid: below every band."""

Value = int | str


@dataclass(frozen=True, slots=True)
class Agreement:
    """`outcome`: agreed (on `event`), waiting, apart (all have spoken and differ) or silent (too few have spoken)."""

    outcome: str
    event: str = NOTHING
    agreeing: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


def agree(trigger: Trigger, values: Mapping[str, Value], closed: bool, deaf: int = 0) -> Agreement:
    """`closed`: the window is over, no report is waited for any more. `deaf`: so many sources are not listened to, and
    their silence says nothing."""
    counted = {source: value for source, value in values.items() if source in trigger.sources}
    strict = {source: event_of(trigger, value) for source, value in counted.items()}
    events = [NOTHING, *(band.event for band in trigger.bands)]
    for event in events:
        if sum(found == event for found in strict.values()) >= trigger.need:
            return _agreed(event, {source: found == event for source, found in strict.items()})
    if closed and not counted and _nothing_happened(trigger, deaf):
        return Agreement("agreed", NOTHING)
    if not closed and len(counted) < len(trigger.sources):
        return Agreement("waiting")
    near = [event for event in events if _stands_beside(trigger, counted, strict, event)]
    if near:
        # of two that hold equally well the one that pays more: a doubt goes to the insured
        best = max(near, key=lambda event: (sum(found == event for found in strict.values()), worth(trigger, event)))
        return _agreed(best, {source: _near(trigger, value, best) for source, value in counted.items()})
    differing = tuple(sorted(counted))
    return Agreement("apart" if len(counted) >= trigger.need else "silent", differing=differing)


def _nothing_happened(trigger: Trigger, deaf: int) -> bool:
    """Where sources speak only if something happens, silence is their word: of as many as must agree."""
    return MEASURES[trigger.measure].only_if_happens and len(trigger.sources) - deaf >= trigger.need


def event_of(trigger: Trigger, value: Value) -> str | None:
    """The event that a value stands for; None for a word that the measure does not know."""
    band = trigger.band_of(value)
    if band is not None:
        return band.event
    known = isinstance(value, int) or value in MEASURES[trigger.measure].states
    return NOTHING if known else None


def worth(trigger: Trigger, event: str) -> tuple[int, int]:
    """What an event pays, to be compared within one trigger."""
    band = trigger.band(event)
    return (band.share_bp, band.amount_fen) if band else (0, 0)


def _agreed(event: str, with_it: Mapping[str, bool]) -> Agreement:
    agreeing = tuple(sorted(source for source, yes in with_it.items() if yes))
    return Agreement("agreed", event, agreeing, tuple(sorted(set(with_it) - set(agreeing))))


def _stands_beside(trigger: Trigger, values: Mapping[str, Value], strict: Mapping[str, str | None], event: str) -> bool:
    enough = sum(_near(trigger, value, event) for value in values.values()) >= trigger.need
    return enough and event in strict.values()


def _near(trigger: Trigger, value: Value, event: str) -> bool:
    if event_of(trigger, value) == event:
        return True
    if isinstance(value, str):
        return False
    numbers = [band for band in trigger.bands if not band.state]
    if event == NOTHING:
        return bool(numbers) and value < numbers[0].low + trigger.tolerance
    return any(_beside(band, value, trigger.tolerance) for band in numbers if band.event == event)


def _beside(band: Band, value: int, tolerance: int) -> bool:
    return band.low - tolerance <= value and (band.high is None or value < band.high + tolerance)

"""Collecting what is wrong with a package, so that its author hears of everything at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from baohe.rooms.catalog.errors import NotPublishable

MOST = 100
"""Faults told at once; a table with ten thousand broken rows is one mistake, not ten thousand."""
_T = TypeVar("_T")


class Faults:
    """The faults found so far, in order, one a field and line. Beyond `MOST` they are only counted."""

    def __init__(self) -> None:
        self.found: list[NotPublishable] = []
        self.untold = 0
        self._seen: set[tuple[object, object]] = set()

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, fault: NotPublishable) -> None:
        place = fault.facts["field"], fault.facts["line"]
        if place in self._seen:
            return
        if len(self.found) >= MOST:
            self.untold += 1
            return
        self._seen.add(place)
        self.found.append(fault)

    def take(self, build: Callable[[], _T], instead: _T) -> _T:
        """What `build` makes; when it meets a fault it cannot read past, `instead`, and the fault is kept."""
        try:
            return build()
        except NotPublishable as fault:
            self.add(fault)
            return instead

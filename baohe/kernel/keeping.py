"""Keeping what was costly to make, within a bound on its size: the least recently used goes first."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Thing = TypeVar("_Thing")


class Kept(Generic[_Key, _Thing]):
    """At most `room` bytes by the weights given to `put`, and always the newest thing. Safe between threads."""

    def __init__(self, room: int) -> None:
        self._room, self._taken = room, 0
        self._things: OrderedDict[_Key, tuple[_Thing, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: _Key) -> _Thing | None:
        with self._lock:
            found = self._things.get(key)
            if found is None:
                return None
            self._things.move_to_end(key)
            return found[0]

    def put(self, key: _Key, thing: _Thing, weight: int) -> None:
        """Keep `thing` of `weight` bytes; the least recently used things leave for it."""
        with self._lock:
            _, before = self._things.pop(key, (None, 0))
            self._things[key] = (thing, weight)
            self._taken += weight - before
            while self._taken > self._room and len(self._things) > 1:
                _, (_, gone) = self._things.popitem(last=False)
                self._taken -= gone

    def clear(self) -> None:
        with self._lock:
            self._things.clear()
            self._taken = 0

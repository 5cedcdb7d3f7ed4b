"""Periodic work: what is due is done, by one worker at a time.

A round holds an advisory lock of its name for as long as it runs, so a second worker passes it by instead of doing it
twice. The lock belongs to the connection: a worker that dies lets go of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import structlog

log = structlog.get_logger()

Rounds = Mapping[str, tuple[Callable[[], object], int]]


class Clockwork:
    """Remembers when each round of this process was last begun. The database remembers what each has done."""

    def __init__(self, rounds: Rounds, now: Callable[[], float] = time.monotonic) -> None:
        self._rounds = rounds
        self._now = now
        self._due = dict.fromkeys(rounds, now())

    def tick(self) -> int:
        """Do what is due. An error of one round is told and leaves the others alone; it comes again at its time."""
        for name, (work, every_seconds) in self._rounds.items():
            if self._now() < self._due[name]:
                continue
            self._due[name] = self._now() + every_seconds
            try:
                with _alone(name) as mine:
                    if mine:
                        work()
            except Exception as failure:  # noqa: BLE001 - the boundary of a round: the others must still have their turn
                log.exception("round_failed", round=name, error=repr(failure))
                _drop_connection()
        return 0  # never again at once: the pause of the loop is soon enough


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """Whether this process holds the round; by session, because a round has transactions of its own."""
    from django.db import connection

    key = f"round.{name}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def _drop_connection() -> None:
    """With it goes the lock, and whatever state the failure left the connection in."""
    from django.db import connection

    connection.close()

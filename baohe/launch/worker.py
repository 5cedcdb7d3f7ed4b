"""The worker: delivers events from the outbox, integrates evidence leaves, and does what comes round.
`python -m baohe.launch.worker`

It polls. NOTIFY would wake it sooner, but takes a lock that all commits of the database queue for; a fifth of a
second is soon enough for a document or a message.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable

import django
import structlog

_POLL_SECONDS = 0.2
_SEQUENCER_SECONDS = 0.3
_ROUNDS_SECONDS = 1.0
_AFTER_FAILURE_SECONDS = 1.0
_BATCH = 8  # a lease covers the whole batch, and one photo of an invoice may take seconds

log = structlog.get_logger()

Round = Callable[[], int]


def main() -> int:
    django.setup()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    loops = [
        threading.Thread(target=_loop, args=("outbox", deliver_round(), _POLL_SECONDS, stop)),
        threading.Thread(target=_loop, args=("sequencer", integrate_round(), _SEQUENCER_SECONDS, stop)),
        threading.Thread(target=_loop, args=("rounds", periodic_rounds(), _ROUNDS_SECONDS, stop)),
    ]
    for loop in loops:
        loop.start()
    stop.wait()
    for loop in loops:
        loop.join(timeout=3)
    # A handler in the middle of a slow call is cut off: its lease runs out and another worker repeats the event.
    os._exit(0)


def deliver_round() -> Round:
    """One claim from the outbox with all its handlers."""
    from baohe.config import wiring
    from baohe.plumbing import outbox

    handlers = wiring.handlers()
    return lambda: outbox.work_once(handlers, batch=_BATCH)


def integrate_round() -> Round:
    """One integration of new leaves and, when there were any, a signed checkpoint."""
    evidence = importlib.import_module("baohe.rooms.evidence.facade")

    def integrate() -> int:
        evidence.integrate()
        return 0  # never again at once: the pause bounds the checkpoints

    return integrate


def periodic_rounds() -> Round:
    """Whatever of the periodic work is due."""
    from baohe.config import wiring
    from baohe.launch.rounds import Clockwork

    return Clockwork(wiring.rounds()).tick


def _loop(name: str, work: Round, pause_seconds: float, stop: threading.Event) -> None:
    from django.db import close_old_connections

    while not stop.is_set():
        try:
            close_old_connections()
            busy = work()
        except Exception as failure:  # noqa: BLE001 - the boundary of the loop: it outlives a database that restarts
            log.warning("worker_round_failed", loop=name, error=repr(failure))
            _drop_connection()
            stop.wait(_AFTER_FAILURE_SECONDS)
        else:
            if not busy:
                stop.wait(pause_seconds)


def _drop_connection() -> None:
    from django.db import connection

    connection.close()


if __name__ == "__main__":
    sys.exit(main())

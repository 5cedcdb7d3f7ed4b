"""How a fix is undone in a test, and how two hands are made to meet at the worst moment.

What is undone lives as long as the test: a patched function, or a constraint or trigger dropped in the test's own
transaction, which is rolled back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from baohe.adapters.providers.port import Answer

BROKEN_AFTER_SECONDS = 30
"""A barrier that never fills is a mistake in the test; it breaks then, and nothing is measured by it."""


def without_constraint(table: str, name: str) -> None:
    """Checked so far what is deferred, then the constraint is gone until the test's transaction is rolled back."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")  # noqa: S608 - names of the test
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def without_trigger(table: str, name: str) -> None:
    """The trigger is gone until the test's transaction is rolled back."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TRIGGER {name} ON {table}")  # noqa: S608 - names of the test
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def meeting(callers: int, act: Callable[..., Any]) -> Callable[..., Any]:
    """`act`, after whose first call in its thread everybody waits until all `callers` have done it.

    Only for an `act` that takes no lock the others want: what the fix takes would never let the second one come.
    """
    gate, here = threading.Barrier(callers), threading.local()

    def met(*args: Any, **named: Any) -> Any:
        result = act(*args, **named)
        if not hasattr(here, "met"):
            here.met = True
            gate.wait(BROKEN_AFTER_SECONDS)
        return result

    return met


def sent_again(*, asked_before: bool, ask: Callable[[], Answer], act: Callable[[], Answer]) -> str:
    """In place of `outgoing.resolve`: nobody asks what became of it, it is simply sent again."""
    return "done" if act().word == "done" else "checking"


def elsewhere(act: Callable[[], Any]) -> Any:
    """Do it now, on a connection of its own: outside of whatever transaction the caller is in."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return results[0]

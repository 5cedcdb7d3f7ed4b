"""Who comes second waits for the commit of the first; nobody waits in a circle, and nobody for another word."""

from __future__ import annotations

from collections.abc import Callable
from queue import Queue
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from baohe.plumbing.queues import queue_behind

pytestmark = pytest.mark.django_db(transaction=True)
SOON, LONG = 0.5, 20.0
"""Seconds: within which whoever may pass has passed, and after which a thread hangs for ever."""


def started(act: Callable[[], None]) -> Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_the_second_waits_until_the_first_has_committed_and_others_do_not() -> None:
    passed, other = Event(), Event()

    def second() -> None:
        with transaction.atomic():
            queue_behind("a room", ["word"])
            passed.set()

    def beside() -> None:
        with transaction.atomic():
            queue_behind("a room", ["another word"])
            queue_behind("another room", ["word"])
            other.set()

    with transaction.atomic():
        queue_behind("a room", [b"word", "word"])
        threads = [started(second), started(beside)]
        assert other.wait(LONG)
        assert not passed.wait(SOON)
    assert passed.wait(LONG)
    for thread in threads:
        thread.join(LONG)


def test_two_who_want_the_same_words_in_another_order_both_get_through() -> None:
    rounds, words = 20, [f"word {number}" for number in range(50)]
    gate, done = Barrier(2), Queue[bool]()

    def want(in_their_order: list[str]) -> None:
        for _ in range(rounds):
            gate.wait(LONG)
            with transaction.atomic():
                queue_behind("a room", in_their_order)
            done.put(True)

    threads = [started(lambda: want(words)), started(lambda: want(words[::-1]))]
    for thread in threads:
        thread.join(LONG)
    assert done.qsize() == 2 * rounds


def test_outside_of_a_transaction_it_is_refused_where_it_would_hold_nothing() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        queue_behind("a room", ["word"])

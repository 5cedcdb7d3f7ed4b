"""Periodic work: each at its time, one worker at a time, and one that fails does not take the others with it."""

from __future__ import annotations

import threading

import pytest

from baohe.config import wiring
from baohe.launch.rounds import Clockwork
from tests.payments.conftest import together

pytestmark = pytest.mark.django_db(transaction=True)


class Hours:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_each_round_comes_at_its_own_time_and_an_error_stops_no_other() -> None:
    done: list[str] = []

    def broken() -> None:
        done.append("broken")
        raise RuntimeError("fell over")

    hours = Hours()
    clockwork = Clockwork({"broken": (broken, 10), "slow": (lambda: done.append("slow"), 60)}, hours)
    for hours.now in (0.0, 5.0, 10.0, 59.0, 60.0):
        clockwork.tick()
    assert done == ["broken", "slow", "broken", "broken", "slow"]


def test_two_workers_do_a_round_once() -> None:
    """The second comes while the first is at work: it passes the round by."""
    begun, let_go, done = threading.Event(), threading.Event(), []

    def work() -> None:
        done.append(1)
        begun.set()
        let_go.wait(20)

    def first() -> None:
        Clockwork({"one": (work, 60)}).tick()

    def second() -> None:
        begun.wait(20)
        Clockwork({"one": (work, 60)}).tick()
        let_go.set()

    assert together(first, second) == [None, None]
    assert done == [1]
    Clockwork({"one": (work, 60)}).tick()
    assert done == [1, 1]


def test_every_round_of_the_house_is_idle_on_an_empty_database() -> None:
    for work, every_seconds in wiring.rounds().values():
        work()
        assert every_seconds > 0

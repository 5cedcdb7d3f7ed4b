"""Every test stands on Sunday 22 November 2026, 14:06 in Shanghai. The engine is a double that says what the test
wants, except where a test reads real pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from baohe.config.wiring import handlers
from baohe.plumbing import clock, outbox
from baohe.rooms.underwriting import ports
from tests.sale import world as sale_world
from tests.sale.world import Customer
from tests.shelf import put_on_sale
from tests.underwriting import world
from tests.underwriting.world import Desk


@pytest.fixture
def now() -> Iterator[None]:
    with clock.travel(sale_world.NOW):
        yield


@pytest.fixture
def lin(db: None, now: None) -> Customer:
    put_on_sale()
    return world.adult()


@pytest.fixture
def who(lin: Customer) -> Desk:
    return world.desk()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`reads(height="170")`: from now on the engine reads this; `reads(None)` reads nothing."""

    def says(nothing: object = (), **values: str) -> None:
        found = world.report(**values)
        if nothing is None:
            found = type(found)((), ())
        monkeypatch.setattr(ports, "read_report", lambda jpeg, today: found)

    says()
    return says


@pytest.fixture
def work(reads: Callable[..., None]) -> Callable[[], None]:
    """The worker."""

    def run() -> None:
        while outbox.work_once(handlers()):
            pass

    return run

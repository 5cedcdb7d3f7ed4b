"""Every test stands on 22 November 2026, 19:42 in Shanghai, beside twelve simulated sources on a real line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.plumbing import clock
from baohe.rooms.people.contracts import StaffView
from tests.claims import world as claimed
from tests.claims.conftest import now, on_sale, wallet_says  # noqa: F401 - fixtures are found by their names here
from tests.parametric import world
from tests.shelf import put_on_sale


@pytest.fixture
def sky(tmp_path: Path, on_sale: None) -> Iterator[OraclesSimulator]:  # noqa: F811
    simulator = OraclesSimulator(path=tmp_path / "oracles.sqlite")
    simulator.start()
    world.register(simulator.address)
    yield simulator
    simulator.stop()


@pytest.fixture
def racing_sky(tmp_path: Path, transactional_db: None) -> Iterator[OraclesSimulator]:
    """The same under real transactions."""
    with clock.travel(claimed.NOW):
        put_on_sale()
        simulator = OraclesSimulator(path=tmp_path / "oracles.sqlite")
        simulator.start()
        world.register(simulator.address)
        yield simulator
        simulator.stop()


@pytest.fixture
def seller(sky: OraclesSimulator) -> UUID:
    return uuid4()


@pytest.fixture
def handlers(sky: OraclesSimulator) -> tuple[StaffView, StaffView]:
    return claimed.handler("one", "顾安"), claimed.handler("two", "沈宁")

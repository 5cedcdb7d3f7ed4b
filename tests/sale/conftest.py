"""Every test of the sale stands on 22 November 2026, 14:06 in Shanghai, with the products on sale."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from baohe.adapters.wallet import keys
from baohe.plumbing import clock
from tests.sale import world
from tests.sale.world import Customer
from tests.shelf import put_on_sale


@pytest.fixture
def now() -> Iterator[None]:
    with clock.travel(world.NOW):
        yield


@pytest.fixture(scope="session")
def wallet_keys() -> None:
    """The keys that the wallet's simulator makes at its first start: without them no cashier can be opened."""
    keys.simulator_key(), keys.app_id()


@pytest.fixture
def lin(db: None, now: None, wallet_keys: None) -> Customer:
    """A customer of 34 with the products before her."""
    put_on_sale()
    return world.customer()

"""A customer with a policy paid in parts, and a bank that deducts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from baohe.plumbing import clock
from tests.billing.bank import Bank
from tests.sale import world
from tests.sale.world import Customer
from tests.shelf import put_on_sale


@pytest.fixture
def now() -> Iterator[None]:
    with clock.travel(world.NOW):
        yield


@pytest.fixture
def lin(db: None, now: None) -> Customer:
    put_on_sale()
    return world.customer()


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Bank:
    """Stands where the adapter stands."""
    standing = Bank()
    module = ModuleType("baohe.adapters.deduction.provider")
    module.provider = lambda: standing  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "baohe.adapters.deduction.provider", module)
    return standing

"""Money meets the real simulators and the real sale."""

from __future__ import annotations

import pytest

from tests.billing.conftest import bank  # noqa: F401 - stands where the card network stands
from tests.money.providers import Providers
from tests.payments.conftest import (  # noqa: F401 - fixtures are found by their names here
    cover,
    deliver,
    network,
    open_payment,
    queued,
    wallet,
    work,
)
from tests.sale.conftest import lin, now, wallet_keys  # noqa: F401
from tests.simulators import Serving


@pytest.fixture
def providers(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> Providers:
    return Providers(serving, monkeypatch)

"""Every test stands on Sunday 22 November 2026, 14:06 in Shanghai, with the products on sale and people at the desk."""

from __future__ import annotations

import pytest

from tests.billing.conftest import bank as deducting_bank  # noqa: F401 - fixtures are found by their names here
from tests.payments.conftest import bank, deliver, queued, wallet, work  # noqa: F401 - fixtures
from tests.sale.conftest import lin, now, wallet_keys  # noqa: F401 - fixtures
from tests.service_clocks import steps
from tests.service_clocks.steps import House


@pytest.fixture
def house(lin) -> House:  # noqa: F811 - the fixture
    return steps.house()

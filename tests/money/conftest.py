"""Money meets the real simulators and the real sale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.billing.conftest import bank  # noqa: F401 - stands where the card network stands
from tests.money.providers import Providers, make_keys, running
from tests.payments.conftest import (  # noqa: F401 - fixtures are found by their names here
    bank_keys,
    cover,
    deliver,
    made_bank_keys,
    made_keys,
    network,
    open_payment,
    queued,
    wallet,
    work,
)
from tests.sale.conftest import lin, now  # noqa: F401


@pytest.fixture(scope="session")
def provider_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of the three providers, made once."""
    return make_keys(tmp_path_factory.mktemp("providers"))


@pytest.fixture
def providers(tmp_path: Path, provider_keys: Path, settings) -> Iterator[Providers]:
    with running(tmp_path, provider_keys, settings) as three:
        yield three

"""Keys of the three providers, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.money.providers import Providers, make_keys, running


@pytest.fixture(scope="session")
def provider_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_keys(tmp_path_factory.mktemp("providers"))


@pytest.fixture
def providers(tmp_path: Path, provider_keys: Path, settings) -> Iterator[Providers]:
    with running(tmp_path, provider_keys, settings) as three:
        yield three

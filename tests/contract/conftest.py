"""The products on sale. Parsed by the first test only: the others put its rows back, a second each quicker."""

from __future__ import annotations

import pytest

from tests.shelf import put_on_sale


@pytest.fixture
def on_sale(transactional_db: None) -> None:
    put_on_sale()

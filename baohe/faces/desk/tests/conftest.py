"""The desk on 22 November 2026, with one referral and one claim on it, and the two people of the studio."""

from __future__ import annotations

import pytest
from django.test import Client

from baohe.faces.desk.tests.desk_world import browser, member
from tests.claims.conftest import now, on_sale, reads, work  # noqa: F401 - fixtures are found by their names here


@pytest.fixture
def gu(on_sale: None) -> Client:  # noqa: F811 - the fixture itself
    return browser(member("product_manager", name="顾言"))


@pytest.fixture
def wen(on_sale: None) -> Client:  # noqa: F811 - the fixture itself
    return browser(member("actuary", name="温岚"))

"""Races stand on the day of the sale's tests."""

from __future__ import annotations

from tests.sale.conftest import now  # noqa: F401 - fixtures are found by their names here

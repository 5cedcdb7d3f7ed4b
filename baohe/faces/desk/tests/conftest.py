"""The desk on 22 November 2026, with one referral and one claim on it."""

from __future__ import annotations

from tests.claims.conftest import now, on_sale, reads, work  # noqa: F401 - fixtures are found by their names here

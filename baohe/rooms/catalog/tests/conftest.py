from __future__ import annotations

import copy
from pathlib import Path

import pytest
from django.conf import settings

from baohe.rooms.catalog import facade
from baohe.rooms.catalog.rules.package import Raw

MEDICAL = "haijia-medical-a"


def read(code: str) -> Raw:
    return facade.read_package(next(p for p in facade.packages_below(Path(settings.BAOHE_PRODUCTS)) if code in str(p)))


@pytest.fixture
def raw() -> Raw:
    """The medical package as its files say it, to be changed by a test."""
    return copy.deepcopy(read(MEDICAL))


@pytest.fixture
def published(db: None) -> list[str]:
    return facade.sync_packages(Path(settings.BAOHE_PRODUCTS))

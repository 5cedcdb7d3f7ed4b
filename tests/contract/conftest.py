"""The products on sale. Parsed by the first test only: the others put its rows back, a second each quicker."""

from __future__ import annotations

import itertools

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from baohe.rooms.catalog import facade as catalog

_SYNCED: list[Model] = []


@pytest.fixture
def on_sale(transactional_db: None) -> None:
    if not _SYNCED:
        catalog.sync_packages(settings.BAOHE_PRODUCTS)
        _SYNCED.extend(row for model in apps.get_app_config("catalog").get_models() for row in model.objects.all())
        return
    for model, rows in itertools.groupby(_SYNCED, type):
        model.objects.bulk_create(rows)

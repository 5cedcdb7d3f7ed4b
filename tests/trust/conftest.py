"""Each test has a data folder of its own: keys, files and the checkpoint that lies outside of the database."""

from __future__ import annotations

import shutil

import pytest
from django.test import override_settings

from baohe.adapters.signing import authority
from baohe.adapters.timestamp import keys as timestamp_keys
from baohe.plumbing import vault


@pytest.fixture(scope="session")
def authority_keys(tmp_path_factory):
    """The roots, made once."""
    folder = tmp_path_factory.mktemp("authority")
    with override_settings(BAOHE_DATA=folder):
        authority.root(), timestamp_keys.simulated_stamper()
    return folder / "keys"


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path, authority_keys):
    shutil.copytree(authority_keys, tmp_path / "keys")
    settings.BAOHE_DATA = tmp_path
    vault._ring.cache_clear()
    yield tmp_path
    vault._ring.cache_clear()

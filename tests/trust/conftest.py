"""Each test has a data folder of its own: keys, files and the checkpoint that lies outside of the database."""

from __future__ import annotations

import shutil

import pytest
from django.test import override_settings

from baohe.adapters.signing import authority
from baohe.plumbing import vault


@pytest.fixture(scope="session")
def authority_keys(tmp_path_factory):
    """Root and time stamper, made once: an RSA key takes a quarter of a second."""
    folder = tmp_path_factory.mktemp("authority")
    with override_settings(BAOHE_DATA=folder):
        authority.time_stamper()
    return folder / "keys" / "insurers"


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path, authority_keys):
    shutil.copytree(authority_keys, tmp_path / "keys" / "insurers")
    settings.BAOHE_DATA = tmp_path
    vault._ring.cache_clear()
    yield tmp_path
    vault._ring.cache_clear()

"""Each test has a data folder of its own: keys, files and the checkpoint that lies outside of the database."""

from __future__ import annotations

import shutil

import pytest
from django.test import Client, override_settings

from baohe.adapters.signing import authority
from baohe.adapters.timestamp import keys as timestamp_keys
from baohe.plumbing import vault
from baohe.rooms.documents import facade as documents
from baohe.rooms.evidence import facade as evidence
from tests.trust.papers import policy_document


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


@pytest.fixture
def web():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def issued():
    """A document on record, as the flow leaves it."""
    view = documents.issue_policy_document(policy_document())
    facts = {"document_sha256": view.sha256, "document_id": str(view.id)}
    evidence.append_once("document_issued", str(view.policy_id), facts, 3)
    evidence.integrate()
    return view

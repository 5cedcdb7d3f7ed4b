"""The vault: sealed to its row, opened by its key alone."""

import json
import stat

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from baohe.plumbing import vault
from baohe.plumbing.vault import KeyRing, SealedDataUnreadable, blind_index, make_keys, seal, unseal


@pytest.mark.rule("DATA-4")
@given(st.text())
def test_what_is_sealed_opens_in_its_own_row_only(text):
    sealed = seal("people.name", 7, text)
    assert unseal("people.name", 7, sealed) == text
    for column, row in (("people.name", 8), ("people.phone", 7)):
        with pytest.raises(SealedDataUnreadable):
            unseal(column, row, sealed)


@pytest.mark.rule("DATA-4")
def test_any_changed_byte_closes_it():
    sealed = seal("people.name", 7, "林知夏")
    assert "林知夏".encode() not in sealed
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(SealedDataUnreadable):
            unseal("people.name", 7, bytes(changed))


def test_truncated_and_empty_data_is_a_named_error():
    for wrong in (b"", b"\x00" * 3, seal("c", 1, "x")[:20]):
        with pytest.raises(SealedDataUnreadable):
            unseal("c", 1, wrong)


def test_the_same_value_seals_differently_and_indexes_the_same():
    assert seal("c", 1, "x") != seal("c", 1, "x")
    assert blind_index("c", "x") == blind_index("c", "x") != blind_index("d", "x")


@pytest.mark.rule("DATA-4")
def test_old_rows_open_after_the_key_was_rotated(tmp_path):
    path = tmp_path / "keys" / "vault.json"
    with override_settings(BAOHE_DATA=tmp_path):
        vault._ring.cache_clear()
        old = seal("c", 1, "before")
        content = json.loads(path.read_text())
        content["sealing"]["0badcafe"] = "11" * 32
        content["newest"] = "0badcafe"
        path.write_text(json.dumps(content))
        vault._ring.cache_clear()
        assert unseal("c", 1, old) == "before"
        assert seal("c", 1, "after")[:4].hex() == "0badcafe"
    vault._ring.cache_clear()


def test_keys_are_private_and_never_overwritten(tmp_path):
    path = tmp_path / "keys" / "vault.json"
    make_keys(path)
    before = path.read_bytes()
    make_keys(path)
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KeyRing(path).index_key != KeyRing(path).mac_key

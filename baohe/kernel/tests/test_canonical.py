"""Canonical bytes: one form, no floats."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.canonical import canonical_bytes, digest
from baohe.kernel.errors import BaoheError, NotFound
from baohe.kernel.ids import readable_number, shard_of, uuid7

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_bytes_read_back_and_are_stable(value):
    try:
        written = canonical_bytes(value)
    except UnicodeEncodeError:
        return
    assert json.loads(written) == value
    assert canonical_bytes(json.loads(written)) == written


def test_key_order_and_spacing_do_not_matter():
    assert digest({"b": 1, "a": [True, None]}) == digest({"a": [True, None], "b": 1})
    assert canonical_bytes({"保": "和", "a": 1}) == '{"a":1,"保":"和"}'.encode()


@pytest.mark.parametrize("value", [1.0, {"a": [0.1]}, {1: "a"}])
def test_floats_and_numeric_keys_are_refused(value):
    with pytest.raises(TypeError):
        canonical_bytes(value)


def _at(microseconds):
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def test_ids_sort_by_time_and_keep_their_shard():
    early, late = uuid7(_at(1_000_000), b"\xff" * 8), uuid7(_at(1_000_001), b"\x00" * 8)
    assert early < late < uuid7(_at(1_001_000), b"\x00" * 8)
    assert early.version == 7
    assert early.variant == uuid.RFC_4122
    assert shard_of("someone") == shard_of("someone")
    assert 0 <= shard_of("someone") < 1024


def test_a_number_for_people_has_no_letters_that_are_misread():
    number = readable_number("P", 2026, uuid7(_at(1_000_000), b"\x01" * 8))
    assert number.startswith("P2026-")
    assert not set(number[6:]) & set("ILOU")


def test_an_error_speaks_two_languages_and_says_what_to_do():
    problem = NotFound(what="保单").problem()
    assert problem["status"] == 404
    assert problem["type"] == "/problems/not_found"
    assert set(problem["message"]) == set(problem["next"]) == {"zh", "en"}
    with pytest.raises(KeyError):
        NotFound()
    assert issubclass(NotFound, BaoheError)

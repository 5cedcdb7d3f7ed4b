"""A code in a remark names its order or none, however it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.adapters.transfer import remark

NUMBERS = st.uuids().map(lambda id_: f"BH0007{id_.hex.upper()}")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_code_is_the_same_for_ever():
    assert remark.code_of("BH00070123456789ABCDEF0123456789ABCDEF") == remark.code_of(
        "BH00070123456789ABCDEF0123456789ABCDEF"
    )
    assert remark.spaced("ABCDEFGHJKMN") == "ABCD-EFGH-JKMN"


@given(NUMBERS, st.sampled_from(["{}", "保费{}谢谢", "BH {} 2026", "付款：{}。"]), st.booleans())
def test_a_code_is_found_whatever_stands_around_it(number, words, lower):
    code = remark.code_of(number)
    for written in (code, remark.spaced(code), " ".join(code), "".join(chr(ord(c) + 0xFEE0) for c in code)):
        assert code in remark.find_codes(words.format(written.lower() if lower else written))


@given(NUMBERS, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_names_no_order(number, place, letter):
    code = remark.code_of(number)
    slip = code[:place] + letter + code[place + 1 :]
    assert remark.is_code(slip) == (slip == code)


@given(NUMBERS, st.integers(0, 8))
def test_two_neighbours_swapped_name_no_order(number, place):
    code = remark.code_of(number)
    slip = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert remark.is_code(slip) == (slip == code)


@pytest.mark.parametrize("words", ["", "保费", "1234", "ABCD-EFGH", "U" * 40, "\x00" * 20])
def test_words_without_a_code_name_nothing(words):
    assert remark.find_codes(words) == []

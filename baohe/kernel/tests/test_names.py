"""Two spellings of one name, and two names."""

from __future__ import annotations

import pytest

from baohe.kernel.names import name_digest, same_name


@pytest.mark.rule("SALE-9")
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("林晓", "林晓", True),
        ("林晓", " 林　晓 ", True),
        ("买买提·艾力", "买买提•艾力", True),
        ("买买提·艾力", "买买提．艾力", True),
        ("买买提·艾力", "买买提艾力", True),
        ("ＪＯＨＮ　ＳＭＩＴＨ", "John Smith", True),
        ("JOHN SMITH", "johnsmith", True),
        ("林晓", "林小", False),
        ("林晓", "林晓明", False),
        ("林晓", "", False),
        ("", "", False),
        ("·", " ", False),
    ],
)
def test_a_name_is_the_same_however_a_bank_writes_it(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_the_digest_knows_the_person_within_one_order_only() -> None:
    assert name_digest("BH1", "林 晓") == name_digest("BH1", "林晓")
    assert name_digest("BH1", "林晓") != name_digest("BH2", "林晓")
    assert name_digest("BH1", "林晓") != name_digest("BH1", "林小")

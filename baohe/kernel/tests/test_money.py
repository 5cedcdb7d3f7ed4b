"""Money: whole fen, one rounding, splits that re-add."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import apply_bp, parse_yuan, round_fen, split, yuan

AMOUNTS = st.integers(-(10**13), 10**13)


@pytest.mark.field_bug(6)
@pytest.mark.field_bug(13)
@given(AMOUNTS, st.lists(st.integers(0, 10_000), min_size=1, max_size=20).filter(lambda w: sum(w) > 0))
def test_shares_add_up_to_the_whole(total, weights):
    shares = split(total, weights)
    assert sum(shares) == total
    assert all(abs(share - total * weight / sum(weights)) <= 1 for share, weight in zip(shares, weights, strict=True))


def test_equal_weights_give_the_odd_fen_to_the_first():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(-100, [1, 1, 1]) == [-34, -33, -33]


@pytest.mark.parametrize("weights", [[], [0], [1, -1, 5]])
def test_nothing_to_split_by_is_refused(weights):
    with pytest.raises(InvalidInput):
        split(100, weights)


@given(AMOUNTS, st.integers(0, 30_000))
def test_basis_points_round_half_away_from_zero(amount, rate):
    assert apply_bp(amount, rate) == round_fen(Decimal(amount) * rate / 10_000)


@given(AMOUNTS)
def test_what_is_printed_reads_back(amount):
    assert parse_yuan(yuan(amount)) == amount


@pytest.mark.parametrize(
    "text", ["", "1.234", "一百", "1e5", "--3", "nan", "1.2.3", "86,00", "1,2,3", "1286,40", ",100"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_yuan(text)


def test_an_amount_as_people_write_it():
    assert parse_yuan("¥1,286.40") == 128_640
    assert yuan(-5) == "-0.05"

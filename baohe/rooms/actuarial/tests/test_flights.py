"""The delay index of a flight's record."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.actuarial import facade

_COUNTS = ("late_15", "late_30", "late_45", "cancelled", "diverted")


def test_the_weights_are_those_of_the_published_contract() -> None:
    one_each = dict.fromkeys(_COUNTS, 1)
    assert facade.delay_index(10, one_each) == 1600  # (10 + 20 + 30 + 50 + 50) ÷ 10 = 16.00
    assert facade.delay_index(100, {"late_30": 3}) == 60
    assert facade.delay_index(10, {}) == 0
    assert facade.delay_index(10, {"cancelled": 10}) == 5000


@given(st.integers(10, 2000), st.lists(st.integers(0, 400), min_size=5, max_size=5))
def test_the_index_is_the_mean_weight_rounded_half_up(flights: int, counts: list[int]) -> None:
    if sum(counts) > flights:
        flights = sum(counts)
    exact = Fraction(100 * sum(w * n for w, n in zip((10, 20, 30, 50, 50), counts, strict=True)), flights)
    assert facade.delay_index(flights, dict(zip(_COUNTS, counts, strict=True))) == int(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    ("flights", "counts", "field"),
    [
        (9, {}, "past_flights"),
        (10, {"late_15": 11}, "late_15"),
        (10, {"late_15": -1}, "late_15"),
        (10, {"late_15": 6, "late_30": 5}, "past_flights"),
        (10, {"late_60": 1}, "late_60"),
    ],
)
def test_a_record_that_cannot_be_is_refused(flights: int, counts: dict[str, int], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        facade.delay_index(flights, counts)
    assert refused.value.facts["field"] == field

"""Wilson's interval against figures from the literature, and its edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.rooms.fraud.rules.precision import wilson_bp


@pytest.mark.parametrize(
    ("confirmed", "cleared", "expected"),
    [
        (0, 0, (None, 0, 10_000)),
        (81, 182, (3_080, 2_553, 3_662)),  # Newcombe 1998, table I, method 3: 81/263
        (15, 133, (1_014, 624, 1_605)),  # 15/148
        (0, 20, (0, 0, 1_611)),
        (29, 0, (10_000, 8_830, 10_000)),
    ],
)
def test_figures_of_the_literature(confirmed: int, cleared: int, expected: tuple[int | None, int, int]) -> None:
    assert wilson_bp(confirmed, cleared) == expected


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_the_share_lies_in_its_interval(confirmed: int, cleared: int) -> None:
    share, low, high = wilson_bp(confirmed, cleared)
    assert 0 <= low <= high <= 10_000
    assert share is None or low <= share <= high

"""The state is a fact of the days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from baohe.rooms.policies.rules.states import policy_state
from baohe.rooms.policies.rules.strokes import readable
from baohe.rooms.policies.rules.sums import sum_insured_in_words

START, END = date(2026, 12, 10), date(2027, 12, 10)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 11, 22), "cooling_off"),
        (date(2026, 12, 7), "cooling_off"),
        (date(2026, 12, 8), "not_started"),
        (date(2026, 12, 10), "in_force"),
        (date(2027, 12, 9), "in_force"),
        (date(2027, 12, 10), "ended"),
    ],
)
def test_each_day_has_one_state(today: date, state: str) -> None:
    assert policy_state(START, END, date(2026, 12, 7), None, today) == state


def test_cancelled_is_stronger_than_every_day() -> None:
    assert policy_state(START, END, None, datetime(2026, 12, 1, tzinfo=UTC), date(2028, 1, 1)) == "cancelled"


def test_a_dot_or_a_line_is_not_a_signature() -> None:
    assert not readable([[{"x": 1, "y": 1, "t": 0}]])
    assert not readable([[{"x": 5 + i, "y": 5, "t": i} for i in range(30)]])
    assert not readable([[{"x": 300 * i, "y": 150 * i, "t": i} for i in range(20)]])
    assert readable([[{"x": 300 * i, "y": 900 * (i % 3), "t": i} for i in range(20)]])


@pytest.mark.parametrize(
    ("fen", "words"), [(200_000_000, "200 万"), (1_000_000, "1 万"), (1_100, "¥11.00"), (1_500_000, "¥15,000.00")]
)
def test_sums_in_words(fen: int, words: str) -> None:
    assert sum_insured_in_words(fen).zh == words

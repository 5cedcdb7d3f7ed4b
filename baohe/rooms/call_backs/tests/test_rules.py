"""When a call-back is urgent, overdue or over, and what it asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.call_backs.contracts import Contract
from baohe.rooms.call_backs.rules.limits import escalate_on
from baohe.rooms.call_backs.rules.questions import questions, unclear
from baohe.rooms.call_backs.rules.states import state_of

LAST = date(2026, 12, 12)
URGENT = date(2026, 12, 7)


@pytest.mark.rule("SALE-10")
@pytest.mark.parametrize(
    ("ended", "outcomes", "today", "state"),
    [
        (False, (), date(2026, 11, 22), "open"),
        (False, (), date(2026, 12, 6), "open"),
        (False, (), URGENT, "urgent"),
        (False, (), LAST, "urgent"),
        (False, (), date(2026, 12, 13), "overdue"),
        (False, ("not_reached",), date(2027, 12, 13), "overdue"),
        (False, ("not_reached",), date(2026, 12, 6), "open"),
        (False, ("unclear",), date(2026, 12, 6), "to_explain"),
        (False, ("unclear",), LAST, "to_explain"),
        (False, ("unclear",), date(2026, 12, 13), "overdue"),
        (True, ("unclear", "understood"), date(2026, 12, 6), "done"),
        (True, ("understood",), date(2027, 12, 6), "done"),
        (True, ("unclear",), date(2026, 12, 6), "dropped"),
        (True, (), date(2026, 12, 6), "dropped"),
    ],
)
def test_the_state_follows_the_day(ended: bool, outcomes: tuple[str, ...], today: date, state: str) -> None:
    assert state_of(ended, outcomes, URGENT, LAST, today) == state


@pytest.mark.rule("SALE-10")
@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_it_becomes_urgent_inside_cooling_off(issued: date, days: int) -> None:
    last = issued + timedelta(days=days)
    assert issued <= escalate_on(issued, last) <= last


@pytest.mark.rule("SALE-10")
@pytest.mark.parametrize(
    ("design", "count"), [("traditional", 5), ("participating", 6), ("universal", 6), ("unit_linked", 6)]
)
def test_uncertain_returns_are_asked_about(design: str, count: int) -> None:
    asked = questions(Contract(2_000_00, 10, LAST, design))
    assert len(asked) == count
    assert "¥2,000.00" in asked[2].text.zh and "10 年" in asked[2].text.zh
    assert "2026-12-12" in asked[3].text.zh


def test_a_premium_paid_once_is_asked_as_such() -> None:
    assert "一次交清" in questions(Contract(2_000_00, 1, LAST, "traditional"))[2].text.zh


@pytest.mark.parametrize("answers", [{}, {"own": "yes"}, {"own": "perhaps"}, {"other": "yes"}])
def test_half_an_answer_is_none(answers: dict[str, str]) -> None:
    asked = questions(Contract(2_000_00, 1, LAST, "traditional"))
    full = {question.code: "yes" for question in asked}
    assert unclear(asked, full) == ()
    assert unclear(asked, {**full, "leaving": "unclear"}) == ("leaving",)
    wrong = {**full, **answers} if set(answers.values()) & {"perhaps"} or "other" in answers else answers
    with pytest.raises(InvalidInput):
        unclear(asked, wrong)

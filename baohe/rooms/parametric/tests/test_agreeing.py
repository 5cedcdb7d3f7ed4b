"""M of N: any order of the reports gives the same outcome, nothing is averaged, and half is never enough."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Band, Trigger
from baohe.rooms.parametric.rules.agreeing import NOTHING, agree, event_of, worth
from baohe.rooms.parametric.rules.counting import Said, counted

AT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
TRIGGER = Trigger(
    code="arrival",
    name=Text("航班", "Flight"),
    measure="flight_arrival",
    clause="2.2",
    bands=(
        Band("late_15", 15, 30, share_bp=1000),
        Band("late_30", 30, 45, share_bp=2000),
        Band("late_45", 45, share_bp=3000),
        Band("cancelled", state="cancelled", share_bp=5000),
    ),
    sources=("a", "b", "c"),
    need=2,
    tolerance=2,
    settle_after_minutes=15,
    observe_hours=48,
    dispute_days=10,
    claims_an_hour=10,
    fen_an_hour=10,
)
VALUES = st.one_of(st.integers(-90, 200), st.sampled_from(["cancelled", "diverted"]))
Values = dict[str, int | str]


@pytest.mark.parametrize(
    ("values", "closed", "outcome", "event"),
    [
        ({}, False, "waiting", ""),
        ({"a": 47}, False, "waiting", ""),
        ({"a": 47, "b": 5}, False, "waiting", ""),
        ({"a": 47, "b": 60}, False, "agreed", "late_45"),
        ({"a": 14, "b": -5}, False, "agreed", NOTHING),
        ({"a": 15, "b": 29}, False, "agreed", "late_15"),
        ({"a": 30, "b": 44}, False, "agreed", "late_30"),
        ({"a": "cancelled", "b": "cancelled", "c": 5}, False, "agreed", "cancelled"),
        ({"a": 5, "b": 20, "c": 70}, False, "apart", ""),
        ({"a": 47}, True, "silent", ""),
        ({}, True, "silent", ""),
        ({"a": 5, "b": 47}, True, "apart", ""),
        # 44 and 45 stand on either side of an edge: only when no more is waited for, and then for the insured
        ({"a": 44, "b": 45}, False, "waiting", ""),
        ({"a": 44, "b": 45}, True, "agreed", "late_45"),
        ({"a": 42, "b": 45}, True, "agreed", "late_30"),
        ({"a": 40, "b": 48}, True, "apart", ""),
        ({"a": 13, "b": 15, "c": 90}, False, "agreed", "late_15"),
        # of three, where most stand
        ({"a": 44, "b": 44, "c": 46}, False, "agreed", "late_30"),
        # a stranger and a word that nobody knows count for nothing
        ({"x": 47, "y": 47, "a": 47}, False, "waiting", ""),
        ({"a": "???", "b": "???"}, True, "apart", ""),
    ],
)
def test_what_they_agree_on(values: Values, closed: bool, outcome: str, event: str) -> None:
    found = agree(TRIGGER, values, closed)
    assert (found.outcome, found.event) == (outcome, event)


def test_who_agreed_and_who_did_not_is_told() -> None:
    found = agree(TRIGGER, {"a": 47, "b": 5, "c": 50}, closed=False)
    assert (found.agreeing, found.differing) == (("a", "c"), ("b",))


@given(st.dictionaries(st.sampled_from("abc"), VALUES, min_size=3, max_size=3), st.permutations("abc"))
def test_settled_as_early_as_may_be_it_comes_to_the_same_in_any_order(values: Values, order: list[str]) -> None:
    """A decision that was taken before the last report came is the one that all reports together give."""
    seen: Values = {}
    for source in order:
        seen[source] = values[source]
        early = agree(TRIGGER, seen, closed=False)
        if early.outcome == "agreed":
            assert early.event == agree(TRIGGER, values, closed=True).event
            return
    assert agree(TRIGGER, seen, closed=False) == agree(TRIGGER, values, closed=True)


@given(st.dictionaries(st.sampled_from("abc"), VALUES), st.booleans())
def test_an_agreement_has_enough_sources_and_one_in_the_band(values: Values, closed: bool) -> None:
    found = agree(TRIGGER, values, closed)
    if found.outcome == "agreed":
        assert len(found.agreeing) >= TRIGGER.need
        assert any(event_of(TRIGGER, values[source]) == found.event for source in found.agreeing)
        assert set(found.agreeing) | set(found.differing) == set(values)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 4), VALUES), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_reports_count_the_same_in_any_order(told: list[tuple[str, int, int | str]], chance: random.Random) -> None:
    """Corrections, repeats and contradictions included."""
    said = [Said(source, "MU1", sequence, value, AT, f"{source}{sequence}{value}") for source, sequence, value in told]
    mixed = said[:]
    chance.shuffle(mixed)
    day = date(2026, 11, 22)
    assert counted(TRIGGER, None, day, said) == counted(TRIGGER, None, day, [*mixed, mixed[0]])


def test_the_highest_sequence_counts_and_a_contradiction_silences() -> None:
    first, second = Said("a", "MU1", 1, 20, AT, "1"), Said("a", "MU1", 2, 50, AT, "2")
    day = date(2026, 11, 22)
    assert counted(TRIGGER, None, day, [second, first])["a"].value == 50
    assert counted(TRIGGER, None, day, [second, first, replace(second, value=51, digest="3")]) == {}


def test_what_pays_more() -> None:
    order = [NOTHING, "late_15", "late_30", "late_45", "cancelled"]
    assert sorted(order, key=lambda event: worth(TRIGGER, event)) == order

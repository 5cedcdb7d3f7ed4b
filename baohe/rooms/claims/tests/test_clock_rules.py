"""When clocks fall, when levels are raised, who is chosen: tables and properties of the pure rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel import escalation
from baohe.kernel.dates import SHANGHAI, business_date
from baohe.kernel.day_counts import runs_on
from baohe.kernel.work_calendar import is_working_day, working_day_before, working_days_between
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.claims.rules.authority import GRADES, authority_of, grade_of, may_confirm
from baohe.rooms.claims.rules.escalating import HEAD, LEVELS
from baohe.rooms.claims.rules.sharing_work import Hand, choose, weight

ON = date(2026, 11, 22)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 10, 1)).map(lambda one: one.replace(tzinfo=SHANGHAI))
KINDS = st.sampled_from((*deadlines.GENERAL, *deadlines.COMPULSORY, deadlines.SIMPLE, *deadlines.EVERYWHERE))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.rule("SERV-4")
@pytest.mark.rule("SERV-5")
@pytest.mark.rule("SERV-6")
@pytest.mark.parametrize(
    ("line", "code", "begun", "last"),
    [
        ("accident", "decide_simple", "2026-11-22 19:42:00", "2026-11-27"),
        ("accident", "decide_simple", "2026-02-13 10:00:00", "2026-02-27"),  # over Spring Festival
        ("accident", "decide", "2026-11-22 19:42:00", "2026-12-22"),
        ("accident", "pay", "2026-11-22 23:59:59", "2026-12-02"),
        ("home", "refusal_notice", "2026-11-22 00:00:00", "2026-11-25"),
        ("home", "advance", "2026-11-22 19:42:00", "2027-01-21"),
        ("compulsory_motor", "paper_list", "2026-11-22 19:42:00", "2026-11-23"),
        ("compulsory_motor", "decide", "2026-11-22 19:42:00", "2026-11-27"),
        ("compulsory_motor", "pay", "2026-11-22 19:42:00", "2026-12-02"),
    ],
)
def test_a_clock_falls_at_the_end_of_its_last_day(line: str, code: str, begun: str, last: str) -> None:
    clock = next(one for one in deadlines.clocks_for(line, True, ON) if one.code == code)
    assert deadlines.falls_at(clock, at(begun)) == at(f"{last} 23:59:59")


def test_the_five_working_days_are_for_simple_claims_of_persons() -> None:
    def codes(line: str, simple: bool) -> set[str]:
        return {one.code for one in deadlines.clocks_for(line, simple, ON)}

    assert "decide_simple" in codes("medical", True)
    assert "decide_simple" not in codes("medical", False) | codes("home", True) | codes("compulsory_motor", True)


def test_every_clock_names_its_rule_and_its_law() -> None:
    for one in (*deadlines.GENERAL, *deadlines.COMPULSORY, deadlines.SIMPLE, *deadlines.EVERYWHERE):
        assert one.rule in ("SERV-4", "SERV-5", "SERV-6")
        assert one.source and one.name.zh and one.name.en


@given(KINDS, MOMENTS, st.integers(0, 40), st.integers(0, 40))
def test_standing_still_takes_nothing_from_the_days_that_are_left(
    kind: deadlines.Clock, begun: datetime, before: int, stood: int
) -> None:
    falls = deadlines.falls_at(kind, begun)
    stopped = begun + timedelta(days=before)
    goes_on = stopped + timedelta(days=stood)
    later = runs_on(falls, stopped, goes_on, kind.working)
    if stopped > falls:
        assert later == falls  # what was over stays over
    elif kind.working:
        left = working_days_between(business_date(stopped), business_date(falls))
        assert working_days_between(business_date(goes_on), business_date(later)) == left
    else:
        assert later - falls == timedelta(days=stood)


@given(KINDS, MOMENTS)
def test_levels_come_in_order_before_the_deadline_on_working_days(kind: deadlines.Clock, begun: datetime) -> None:
    falls = deadlines.falls_at(kind, begun)
    levels = escalation.due_levels(LEVELS, falls, 0, begun, falls)
    assert levels[-1][0].number == HEAD
    assert [level.number for level, _ in levels] == sorted({level.number for level, _ in levels})
    moments = [moment for _, moment in levels]
    assert moments == sorted(moments)
    assert all(begun <= moment <= falls for moment in moments)
    assert all(is_working_day(business_date(moment)) for moment in moments if moment != begun)


def test_a_clock_of_one_day_does_not_reach_three_people_at_once() -> None:
    begun, falls = at("2026-11-23 10:00:00"), at("2026-11-24 23:59:59")
    assert [level.number for level, _ in escalation.due_levels(LEVELS, falls, 0, begun, begun)] == []
    assert [level.number for level, _ in escalation.due_levels(LEVELS, falls, 0, begun, falls)] == [HEAD]


def test_a_deadline_on_a_day_off_is_raised_before_it() -> None:
    # Sunday 22 November
    raised = [escalation.raised_at(level, at("2026-11-22 23:59:59")) for level in LEVELS]
    assert raised == [at("2026-11-18 09:00:00"), at("2026-11-19 09:00:00"), at("2026-11-20 09:00:00")]


@pytest.mark.parametrize(
    ("now", "promised"),
    [
        ("2026-11-27 09:00:00", "2026-11-27 18:00:00"),
        ("2026-11-27 12:00:00", "2026-11-27 18:00:00"),
        ("2026-11-27 12:00:01", "2026-11-28 18:00:00"),
        ("2026-11-27 23:00:00", "2026-11-28 18:00:00"),
    ],
)
def test_the_new_promise_is_never_over_already(now: str, promised: str) -> None:
    assert escalation.new_promise(at(now)) == at(promised)


@pytest.mark.parametrize(("count", "day"), [(0, "2026-02-14"), (1, "2026-02-13"), (2, "2026-02-12")])
def test_working_days_backwards_know_the_holidays(count: int, day: str) -> None:
    assert working_day_before(date(2026, 2, 23), count) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("roles", "grade"),
    [
        (("claims_handler",), "claims_handler"),
        (("claims_handler", "claims_lead", "claims_senior"), "claims_lead"),
        (("claims_head",), ""),
        (("auditor",), ""),
    ],
)
def test_the_highest_grade_counts_and_only_of_whoever_handles(roles: tuple[str, ...], grade: str) -> None:
    assert grade_of(roles) == grade


def test_each_grade_may_more_than_the_one_below() -> None:
    alone = [authority_of(grade, ON).alone for grade in GRADES]
    assert alone == sorted(set(alone))
    assert may_confirm("claims_head", "claims_head", 10**15, ON)
    assert not may_confirm("claims_handler", "claims_senior", 1, ON)


def test_the_least_loaded_who_is_here_and_may_is_chosen() -> None:
    one, two, three = (UUID(int=number) for number in (1, 2, 3))
    hands = [Hand(one, "甲", "claims_handler"), Hand(two, "乙", "claims_handler"), Hand(three, "丙", "claims_senior")]

    def chosen(amount: int | None, away: set[UUID], load: dict[UUID, int]) -> str:
        hand = choose(hands, away, load, amount, ON)
        return hand.name if hand else ""

    assert chosen(1_000, set(), {one: 2, two: 1, three: 5}) == "乙"
    assert chosen(1_000, {two}, {one: 2, two: 1, three: 5}) == "甲"
    assert chosen(5_000_000, set(), {three: 9}) == "丙"
    assert chosen(5_000_000, {three}, {one: 1}) == "乙"  # nobody here may alone: a second name is asked later
    assert chosen(1_000, {one, two, three}, {}) == ""
    assert (weight(None), weight(2_000_001), weight(2_000_000)) == (2, 2, 1)

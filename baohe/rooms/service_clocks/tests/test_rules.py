"""When a service clock falls, stands still and ends, and when its levels are raised: tables and properties (SERV-4)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.dates import SHANGHAI, business_date
from baohe.kernel.escalation import due_levels
from baohe.kernel.work_calendar import is_working_day, working_days_between
from baohe.rooms.people.contracts import ROLES
from baohe.rooms.service_clocks.contracts import OURS, OVER, THEIRS, Turn
from baohe.rooms.service_clocks.rules.clocks import CLOCKS, KINDS, in_force
from baohe.rooms.service_clocks.rules.levels import LAST, levels_of
from baohe.rooms.service_clocks.rules.running import run

CODES = st.sampled_from([one.code for one in CLOCKS])
KIND = st.sampled_from(sorted(KINDS))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 8, 1)).map(lambda one: one.replace(tzinfo=SHANGHAI))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def last_day(code: str, *turns: tuple[str, str]) -> str:
    found = run(code, [Turn(at(moment), whose) for moment, whose in turns])  # type: ignore[arg-type]
    assert found is not None
    assert found.falls_at.strftime("%H:%M:%S") == "23:59:59"
    return found.falls_at.date().isoformat()


@pytest.mark.rule("SERV-4")
@pytest.mark.parametrize(
    ("code", "begun", "last"),
    [
        ("issue", "2026-11-22 14:06:00", "2026-12-11"),
        ("accept_change", "2026-11-22 14:06:00", "2026-11-24"),
        ("finish_change", "2026-11-22 14:06:00", "2026-11-27"),
        # the day on which it begins does not count, whatever the hour
        ("accept_change", "2026-11-23 00:00:00", "2026-11-25"),
        ("accept_change", "2026-11-23 23:59:59", "2026-11-25"),
        # over Spring Festival 2026: off from 16 to 23 February, Saturday 14 and Saturday 28 are worked
        ("accept_change", "2026-02-13 10:00:00", "2026-02-24"),
        ("finish_change", "2026-02-13 10:00:00", "2026-02-27"),
        ("issue", "2026-02-10 10:00:00", "2026-03-09"),
        # over National Day: off from 1 to 7 October, Sunday 20 September and Saturday 10 October are worked
        ("finish_change", "2026-09-30 09:00:00", "2026-10-13"),
        ("accept_change", "2026-09-18 09:00:00", "2026-09-21"),
    ],
)
def test_a_clock_falls_at_the_end_of_its_last_working_day(code: str, begun: str, last: str) -> None:
    assert last_day(code, (begun, OURS)) == last


@pytest.mark.rule("SERV-4")
def test_while_the_customer_owes_something_the_clock_stands_and_falls_as_many_working_days_later() -> None:
    begun = ("2026-11-23 10:00:00", OURS)
    assert last_day("issue", begun) == "2026-12-14"
    asked = (begun, ("2026-11-25 10:00:00", THEIRS))
    assert last_day("issue", *asked) == "2026-12-14"  # nothing is known yet of how long
    assert last_day("issue", *asked, ("2026-11-30 09:00:00", OURS)) == "2026-12-17"  # Thursday, Friday, Monday
    assert last_day("issue", *asked, ("2026-11-25 23:00:00", OURS)) == "2026-12-14"  # the same day takes none
    # a second asking, and an offer that the customer answers
    more = (*asked, ("2026-11-30 09:00:00", OURS), ("2026-12-01 09:00:00", THEIRS), ("2026-12-03 09:00:00", OVER))
    assert last_day("issue", *more) == "2026-12-21"


@pytest.mark.rule("SERV-4")
def test_a_clock_that_fell_is_not_saved_by_asking_the_customer_afterwards() -> None:
    fell = ("2026-11-23 10:00:00", OURS)  # finish_change: by Monday 30 November
    asked = (fell, ("2026-12-05 10:00:00", THEIRS))
    assert last_day("finish_change", *asked, ("2026-12-07 10:00:00", OVER)) == "2026-11-30"


def test_what_was_never_ours_has_no_clock_and_after_the_end_nothing_counts() -> None:
    assert run("issue", []) is None
    assert run("issue", [Turn(at("2026-11-23 10:00:00"), THEIRS)]) is None
    ended = [Turn(at("2026-11-23 10:00:00"), OURS), Turn(at("2026-11-24 10:00:00"), OVER)]
    assert run("issue", [*ended, Turn(at("2026-11-25 10:00:00"), THEIRS)]) == run("issue", ended)


@given(CODES, MOMENTS, st.integers(0, 20), st.integers(0, 60))
def test_standing_still_takes_nothing_from_the_days_that_are_left(
    code: str, begun: datetime, before: int, stood: int
) -> None:
    first = run(code, [Turn(begun, OURS)])
    stopped, back = begun + timedelta(days=before), begun + timedelta(days=before + stood)
    later = run(code, [Turn(begun, OURS), Turn(stopped, THEIRS), Turn(back, OURS)])
    assert first is not None and later is not None
    if stopped <= first.falls_at:
        left = working_days_between(business_date(stopped), business_date(first.falls_at))
        assert working_days_between(business_date(back), business_date(later.falls_at)) == left
    else:
        assert later.falls_at == first.falls_at


@given(KIND, MOMENTS)
def test_levels_come_in_order_on_working_days_before_the_deadline(kind: str, begun: datetime) -> None:
    found = run(KINDS[kind].code, [Turn(begun, OURS)])
    assert found is not None
    due = due_levels(levels_of(kind), found.falls_at, 0, begun, found.falls_at)
    moments = [moment for _, moment in due]
    assert due[-1][0].number == LAST
    assert moments == sorted(moments)
    assert all(begun <= moment <= found.falls_at and is_working_day(business_date(moment)) for moment in moments)


def test_every_count_names_its_law_and_every_kind_a_count_and_a_role_that_exists() -> None:
    assert all(one.rule == "SERV-4" and one.source and one.name.zh and one.name.en for one in CLOCKS)
    for kind, what in KINDS.items():
        assert in_force(what.code, business_date(at("2026-11-22 00:00:00"))).code == what.code
        assert {level.role for level in levels_of(kind)} <= set(ROLES)
    with pytest.raises(KeyError):
        in_force("issue", business_date(at("2009-01-01 00:00:00")))

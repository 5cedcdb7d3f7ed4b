"""The first page: what a family holds and lacks, what comes next, and the ground of a suggestion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from baohe.faces.shop.family_cover import Held, cover_of, gaps, next_items, title_of, valid
from baohe.kernel.decisions import Text
from baohe.rooms.people.contracts import PersonView

TODAY = date(2026, 11, 22)
ACCOUNT = uuid4()


def person(relation: str, birth: date, name: str = "林知夏") -> PersonView:
    return PersonView(
        id=uuid4(),
        account_id=ACCOUNT,
        name=name,
        relation=relation,
        birth=birth,
        sex="female",
        identity_masked="",
        social_insurance=True,
        occupation_code=None,
        occupation_class=None,
        region=Text("", ""),
    )


ME = person("self", date(1992, 3, 1))
CHILD = person("child", date(2021, 5, 1), "陈小满")
FATHER = person("parent", date(1964, 2, 2), "林建国")


def held(owner: PersonView, line: str, state: str = "in_force", end: date = date(2027, 11, 1), **more: Any) -> Held:
    return Held(
        policy_id=uuid4(),
        person_id=owner.id,
        insured_name=owner.name,
        state=state,
        end=end,
        cooling_off_ends=TODAY + timedelta(days=3),
        line=line,
        product_name=Text("少儿意外险", "Children's accident cover"),
        **more,
    )


def test_a_row_tells_held_missing_and_not_for_the_age() -> None:
    mine = [held(CHILD, "accident"), held(ME, "medical")]

    assert cover_of(CHILD, mine, TODAY) == {
        "medical": "none",
        "critical": "none",
        "accident": "held",
        "life": "not_for_age",
    }
    assert cover_of(FATHER, mine, TODAY)["life"] == "not_for_age"
    assert cover_of(ME, mine, TODAY) == {"medical": "held", "critical": "none", "accident": "none", "life": "none"}


@pytest.mark.parametrize(
    ("state", "end", "counts"),
    [
        ("in_force", TODAY + timedelta(days=1), True),
        ("in_force", TODAY, False),
        ("cooling_off", date(2027, 1, 1), True),
        ("not_started", date(2027, 1, 1), True),
        ("cancelled", date(2027, 1, 1), False),
        ("ended", date(2027, 1, 1), False),
    ],
)
def test_only_valid_policies_count(state: str, end: date, counts: bool) -> None:
    assert bool(valid([held(ME, "medical", state, end)], TODAY)) is counts


def test_the_first_gap_is_hospital_bills_and_says_its_ground() -> None:
    first = gaps([ME, CHILD], [held(ME, "term_life")], TODAY)[0]

    assert (first.column, first.person) == ("medical", ME)
    assert title_of(first).zh == "你还没有能报销住院费的保障"
    assert first.ground.zh == "依据：你名下 1 份有效保单（少儿意外险）都不是能报销住院费的保障。"


def test_life_cover_is_only_suggested_where_others_live_on_the_income() -> None:
    alone = {gap.column for gap in gaps([ME], [], TODAY)}
    family = {(gap.column, gap.person.relation) for gap in gaps([ME, CHILD], [], TODAY)}

    assert alone == {"medical", "accident"}
    assert ("life", "self") in family
    assert ("life", "child") not in family


def test_a_family_without_gaps_gets_no_suggestion() -> None:
    everything = [held(ME, line) for line in ("medical", "accident", "term_life")]

    assert gaps([ME], everything, TODAY) == []
    assert gaps([], [], TODAY) == []


def test_what_ends_soon_and_what_may_still_be_given_back_comes_next() -> None:
    soon = held(CHILD, "accident", end=TODAY + timedelta(days=30))
    later = held(CHILD, "accident", end=TODAY + timedelta(days=31))
    new = held(CHILD, "accident", "cooling_off")

    items = next_items([soon, later, new], [], TODAY)

    assert [(item.kind, item.on) for item in items] == [
        ("cooling_off", TODAY + timedelta(days=3)),
        ("ending", TODAY + timedelta(days=29)),
    ]
    assert items[1].detail.zh == "2026-12-21，不会自动续，也不会先扣款"


def test_a_past_cooling_off_period_is_no_news() -> None:
    old = held(CHILD, "accident", "cooling_off")
    past = replace(old, cooling_off_ends=TODAY - timedelta(days=1))

    assert next_items([past], [], TODAY) == []


def test_a_premium_due_soon_shows_its_amount() -> None:
    monthly = held(ME, "term_life", dues=((TODAY + timedelta(days=6), 128600), (TODAY + timedelta(days=36), 128600)))

    (item,) = next_items([monthly], [], TODAY)

    assert (item.kind, item.amount_fen, item.on) == ("due", 128600, TODAY + timedelta(days=6))

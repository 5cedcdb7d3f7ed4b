"""Editions of the occupation list: one holds on each day, and a list that cannot be used is refused with its row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from baohe.kernel.decisions import Text
from baohe.rooms.catalog import facade
from baohe.rooms.catalog.errors import OccupationsBroken
from baohe.rooms.catalog.occupations import editions
from baohe.rooms.catalog.rules.occupations import CLASSES, Edition, edition_on, listed, ordered

DRIVER = "060106"


@pytest.mark.parametrize(
    ("day", "risk_class", "edition"),
    [
        (date(2024, 1, 1), 3, "2024"),
        (date(2026, 12, 31), 3, "2024"),
        (date(2027, 1, 1), 4, "2027"),
        (date(2035, 6, 1), 4, "2027"),
    ],
)
def test_a_designated_driver_changes_class_with_the_edition(day: date, risk_class: int, edition: str) -> None:
    found = facade.occupation(DRIVER, day)
    assert found is not None and (found.risk_class, found.edition) == (risk_class, edition)
    [searched] = facade.occupations(day, "代驾")
    assert searched == found


def test_before_the_first_edition_nothing_is_made_up() -> None:
    with pytest.raises(OccupationsBroken):
        facade.occupation(DRIVER, date(2023, 12, 31))


def test_every_edition_is_whole() -> None:
    for edition in editions():
        assert len(edition.occupations) > 50
        assert {item.risk_class for item in edition.occupations.values()} == CLASSES


def row(**changes: str) -> dict[str, str]:
    return {"code": "010101", "name_zh": "甲", "name_en": "A", "risk_class": "1", **changes}


@pytest.mark.parametrize(
    "rows",
    [
        [row(code="10101")],
        [row(code="01010a")],
        [row(code="０１０１０１")],
        [row(), row()],
        [row(risk_class="0")],
        [row(risk_class="7")],
        [row(risk_class="8")],
        [row(risk_class="")],
    ],
)
def test_a_row_that_cannot_be_used_is_refused(rows: list[dict[str, str]]) -> None:
    with pytest.raises(OccupationsBroken):
        listed("x", rows)


def edition(code: str, day: date, **about: Any) -> Edition:
    return Edition(code, day, Text(code, code), about)


def test_no_day_has_two_editions() -> None:
    first, second = edition("a", date(2026, 1, 1)), edition("b", date(2026, 1, 1))
    for wrong in ((first, second), ()):
        with pytest.raises(OccupationsBroken):
            ordered(wrong)
    later = edition("c", date(2027, 1, 1))
    assert ordered([later, first]) == (first, later)
    assert edition_on((later, first), date(2026, 12, 31)) == first

"""What one paper may serve, case by case."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from baohe.rooms.claims.rules.benefits import ALLOWANCE, EXPENSE, PaperUse, kind_of, may_serve_both
from baohe.rooms.claims.tests.test_assess import CASE

_ME, _SPOUSE, _ONE, _TWO = (UUID(int=number) for number in range(1, 5))
COST = PaperUse((_ME, _ME), (_ONE, "hospital"), EXPENSE)
DAYS = PaperUse((_ME, _ME), (_ONE, "allowance"), ALLOWANCE)


@pytest.mark.parametrize(
    ("other", "may"),
    [
        (DAYS, True),
        (COST, False),
        (replace(COST, cover=(_TWO, "medical")), False),  # a cost is borne once, whoever insures it
        (replace(DAYS, person=(_ME, _SPOUSE)), False),
        (replace(DAYS, person=None), False),
    ],
)
def test_beside_a_cost(other, may):
    assert may_serve_both(COST, other) is may_serve_both(other, COST) is may


@pytest.mark.parametrize(
    ("other", "may"),
    [
        (DAYS, False),
        (replace(DAYS, cover=(_ONE, "critical")), True),
        (replace(DAYS, cover=(_TWO, "allowance")), True),
    ],
)
def test_beside_an_allowance(other, may):
    assert may_serve_both(DAYS, other) is may_serve_both(other, DAYS) is may


def test_cover_that_insures_no_person_shares_no_paper():
    assert not may_serve_both(replace(DAYS, person=None), replace(DAYS, person=None, cover=(_TWO, "allowance")))


def test_the_first_step_says_which_it_is():
    assert kind_of(None) == EXPENSE
    assert kind_of(CASE.event) == EXPENSE
    assert kind_of(replace(CASE.event, steps=())) == EXPENSE
    for op in ("daily", "benefit"):
        assert kind_of(replace(CASE.event, steps=(replace(CASE.event.steps[0], op=op),))) == ALLOWANCE

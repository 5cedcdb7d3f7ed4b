"""Care for a buyer of 60 and of 65 on the first day of cover (SALE-8)."""

from __future__ import annotations

from datetime import date

import pytest

from baohe.flows import suitable
from baohe.rooms.policies.errors import StepsMissing
from baohe.rooms.suitability.models import Statement
from tests.sale import steps, world
from tests.sale.suitability_steps import statement, waiting
from tests.sale.world import Customer


@pytest.mark.rule("SALE-8")
@pytest.mark.parametrize(
    ("birth", "large", "care"),
    [
        (date(1966, 11, 24), False, []),
        (date(1966, 11, 23), True, []),
        (date(1961, 11, 24), True, []),
        (date(1961, 11, 23), True, ["elder_care"]),
    ],
)
def test_the_birthdays_of_care(lin: Customer, birth: date, large: bool, care: list[str]) -> None:
    """Cover begins on 23 November 2026: 60 offers larger type, 65 adds a page of its own, also for a short contract."""
    older = world.customer("13800000009", birth)
    child = world.relative(older.id, "林远", "child", date(1992, 1, 5), order=45)
    proposal = steps.confirmed(steps.drafted(older, child))
    assert suitable.offers_large_type(proposal) is large
    assert waiting(proposal) == care
    if care:
        with pytest.raises(StepsMissing):
            steps.signed_alone(proposal)
        shown = statement(suitable.picture_of(proposal), "elder_care")
        suitable.state(older.id, proposal.id, "elder_care", shown.digest)
        assert Statement.objects.filter(code="elder_care").count() == 1
    assert steps.signed_alone(proposal).state == "signed"


@pytest.mark.rule("SALE-8")
def test_the_age_of_the_insured_asks_for_no_care_of_the_one_who_decides(lin: Customer) -> None:
    mother = world.relative(lin.id, "周敏", "parent", date(1958, 7, 9), order=68)
    assert waiting(steps.drafted(lin, mother, "qingcen-elder-care")) == []

"""A new edition of the occupation list changes what is quoted from its first day, and nothing decided before."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from baohe.flows import underwrite
from baohe.plumbing import clock, vault
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonInput, PersonView
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView
from baohe.rooms.underwriting.models import Declaration
from tests.sale import steps, world
from tests.sale.world import Customer

ACCIDENT = "songtao-accident"
NOTHING = {"duties": "none", "sports": "none"}
LAST_MINUTES = datetime(2026, 12, 31, 15, 50, tzinfo=UTC)
"""23:50 in Shanghai on the last day of edition 2024."""
NEW_YEAR = datetime(2026, 12, 31, 16, 5, tzinfo=UTC)


@pytest.fixture
def driver(lin: Customer) -> PersonView:
    number = world.identity_number(datetime(1990, 6, 1).date(), 51)
    typed = PersonInput("周远", "spouse", number, True, occupation_code="060106")
    return people.add_person(lin.id, typed)


def quoted(lin: Customer, driver: PersonView) -> QuoteView:
    return steps.quoted(lin, people.person_view(lin.id, driver.id), ACCIDENT)


def declared(lin: Customer, quote: QuoteView) -> DeclarationView:
    return underwrite.declare(lin.id, quote.id, NOTHING, health_consent=False)


def seen_class(declaration: DeclarationView) -> int:
    row = Declaration.objects.get(id=declaration.id)
    return int(json.loads(vault.unseal("underwriting_declaration.seen", row.id, row.seen_sealed))["occupation_class"])


@pytest.mark.parametrize(("moment", "risk_class", "edition"), [(LAST_MINUTES, 3, "2024"), (NEW_YEAR, 4, "2027")])
def test_the_edition_of_the_day_prices_and_decides(
    lin: Customer, driver: PersonView, moment: datetime, risk_class: int, edition: str
) -> None:
    with clock.travel(moment):
        quote = quoted(lin, driver)
        found = declared(lin, quote)
    assert quote.inputs["occupation_class"] == str(risk_class)
    assert (seen_class(found), found.occupation_edition) == (risk_class, edition)


def test_a_quote_of_the_old_year_is_decided_with_its_own_edition(lin: Customer, driver: PersonView) -> None:
    with clock.travel(LAST_MINUTES):
        quote = quoted(lin, driver)
    with clock.travel(NEW_YEAR):
        found = declared(lin, quote)
        dearer = quoted(lin, driver)
    assert (seen_class(found), found.occupation_edition) == (3, "2024")
    assert dearer.premium_fen > quote.premium_fen


def test_an_old_decision_keeps_its_class(lin: Customer, driver: PersonView) -> None:
    with clock.travel(LAST_MINUTES):
        found = declared(lin, quoted(lin, driver))
    with clock.travel(datetime(2033, 5, 1, tzinfo=UTC)):
        assert underwriting.replay(found.id) == found.decision
        assert seen_class(found) == 3
        assert underwriting.declaration_by_id(found.id).occupation_edition == "2024"

"""Declarations: consent, sealed answers, immutability and replay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent import facade as consent
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.quoting.contracts import QuoteView
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import NOTHING_HELD
from baohe.rooms.underwriting.errors import HealthConsentMissing
from baohe.rooms.underwriting.models import Declaration
from baohe.rooms.underwriting.tests.declared import CLEAN, declare, quoted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sunday")]


@pytest.mark.rule("SALE-2")
@pytest.mark.rule("DATA-1")
def test_without_the_consent_nothing_is_stored(person: PersonView, quote: QuoteView) -> None:
    with pytest.raises(HealthConsentMissing):
        underwriting.declare(person.account_id, quote, person, CLEAN, held=NOTHING_HELD)

    assert Declaration.objects.count() == 0
    assert not consent.is_granted(person.account_id, "health_data", str(person.id))


@pytest.mark.rule("DATA-1")
def test_a_consent_lasts_until_it_is_withdrawn(person: PersonView, quote: QuoteView) -> None:
    declare(person, quote)
    assert underwriting.declare(person.account_id, quote, person, CLEAN, held=NOTHING_HELD).outcome == "accept"
    consent.withdraw(person.account_id, "health_data", subject=str(person.id))

    with pytest.raises(HealthConsentMissing):
        underwriting.declare(person.account_id, quote, person, CLEAN, held=NOTHING_HELD)


@pytest.mark.rule("DATA-1")
def test_a_product_that_asks_nothing_about_health_needs_no_consent(person: PersonView) -> None:
    quote = quoted(person, "songtao-accident", {})

    made = underwriting.declare(
        person.account_id, quote, person, {"duties": "none", "sports": "none"}, held=NOTHING_HELD
    )

    assert made.outcome == "accept"
    assert not consent.is_granted(person.account_id, "health_data", str(person.id))


def test_clean_answers_are_accepted_at_the_quoted_premium(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote)

    assert (made.outcome, made.loading_bp, made.premium_fen) == ("accept", 0, 31_200)
    assert made.reply_by is None
    assert underwriting.declaration(person.account_id, made.id) == made


def test_a_loading_raises_the_premium_and_keeps_instalments_equal(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote, chronic="some", chronic_which="pressure_controlled")

    assert (made.outcome, made.loading_bp, made.premium_fen) == ("load", 2_000, 37_440)
    assert rating.instalments(catalog.version(made.version_id), made.inputs, made.premium_fen)[0].each_fen == 3_120


def test_an_exclusion_is_written_out(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote, nodule="some", nodule_which="thyroid_low")

    assert made.outcome == "exclude"
    assert [item.zh for item in made.exclusions] == ["甲状腺结节及甲状腺恶性肿瘤"]


def test_an_incomplete_declaration_is_not_stored(person: PersonView, quote: QuoteView) -> None:
    with pytest.raises(InvalidInput):
        declare(person, quote, chronic="some")

    assert Declaration.objects.count() == 0
    assert not consent.is_granted(person.account_id, "health_data", str(person.id))


@pytest.mark.rule("DATA-4")
def test_answers_lie_sealed_in_the_database(person: PersonView, quote: QuoteView) -> None:
    declare(person, quote, chronic="some", chronic_which="pressure_controlled")

    row = Declaration.objects.get()

    assert b"pressure" not in bytes(row.answers_sealed)
    assert b"none" not in bytes(row.answers_sealed)


def test_a_decision_replays_from_what_is_stored(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote, chronic="some", chronic_which="pressure_controlled")

    assert underwriting.replay(made.id).as_dict() == made.decision.as_dict()


def test_declarations_of_others_are_not_found(person: PersonView, quote: QuoteView) -> None:
    made = declare(person, quote)

    with pytest.raises(NotFound):
        underwriting.declaration(clock.new_id(), made.id)
    with pytest.raises(NotFound):
        underwriting.declare(clock.new_id(), quote, person, CLEAN, health_consent=True, held=NOTHING_HELD)
    with pytest.raises(NotFound):
        declare(person, replace(quote, person_id=clock.new_id()))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE underwriting_declaration SET outcome = 'accept'",
        "DELETE FROM underwriting_declaration",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE underwriting_declaration CASCADE",
    ],
)
def test_the_database_keeps_declarations_as_they_were(person: PersonView, quote: QuoteView, statement: str) -> None:
    declare(person, quote)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Declaration.objects.count() == 1


@pytest.mark.rule("SERV-9")
def test_the_database_knows_no_refusal_by_a_machine(person: PersonView, quote: QuoteView) -> None:
    declare(person, quote)
    row = Declaration.objects.get()
    row.id, row.outcome = clock.new_id(), "refuse"

    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)

    assert Declaration.objects.count() == 1

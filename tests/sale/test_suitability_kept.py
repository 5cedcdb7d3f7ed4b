"""What was answered and stated for a sale is sealed, only grows and replays; answers kept for later are erased."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.flows import suitable
from baohe.plumbing import clock
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.suitability import facade as suitability
from baohe.rooms.suitability.contracts import OWN_CHOICE, Answers
from baohe.rooms.suitability.models import Assessment, KeptAnswers, Statement
from tests.sale import world
from tests.sale.suitability_steps import WAN, answer, bonus, statement
from tests.sale.world import STROKES, Customer


@pytest.mark.rule("SALE-7")
def test_kept_answers_are_confirmed_for_a_year_and_erased_at_once(lin: Customer) -> None:
    proposal = bonus(lin)
    answers = Answers("heirs", "some", 50 * WAN, 5 * WAN)
    assert suitability.kept(lin.id) is None
    suitable.answer(lin.id, proposal.id, answers, keep=True)
    kept = suitability.kept(lin.id)
    assert kept is not None and (kept.answers, kept.until) == (answers, date(2027, 11, 22))
    with clock.travel(datetime(2027, 11, 22, 4, tzinfo=UTC)):
        assert suitability.kept(lin.id) is not None
    with clock.travel(datetime(2027, 11, 23, 4, tzinfo=UTC)):
        assert suitability.kept(lin.id) is None
    assert suitability.erase(lin.id)
    assert suitability.kept(lin.id) is None
    assert KeptAnswers.objects.count() == 0
    # what was checked for the sale stays with the sale
    assert Assessment.objects.count() == 1


@pytest.mark.rule("SALE-7")
def test_answers_are_sealed(lin: Customer) -> None:
    suitable.answer(lin.id, bonus(lin).id, Answers("heirs", "some", 123_456_789_00, 5 * WAN), keep=True)
    with connection.cursor() as cursor:
        for table in ("suitability_assessment", "suitability_keptanswers"):
            cursor.execute(f"SELECT CAST(row_to_json(t) AS text) FROM {table} t")
            assert "12345678900" not in "".join(row for (row,) in cursor.fetchall())


@pytest.mark.parametrize("table", ["suitability_assessment", "suitability_statement"])
@pytest.mark.parametrize("change", ["UPDATE {} SET account_id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.rule("SALE-6")
def test_what_was_checked_and_stated_only_grows(lin: Customer, table: str, change: str) -> None:
    proposal = bonus(lin)
    choice = statement(answer(proposal, income_fen=WAN), OWN_CHOICE)
    suitable.state(lin.id, proposal.id, OWN_CHOICE, choice.digest, STROKES)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))
    assert (Assessment.objects.count(), Statement.objects.count()) == (1, 1)


@pytest.mark.rule("SALE-7")
def test_stating_twice_is_once(lin: Customer) -> None:
    proposal = bonus(lin)
    choice = statement(answer(proposal, income_fen=WAN), OWN_CHOICE)
    for _ in range(2):
        suitable.state(lin.id, proposal.id, OWN_CHOICE, choice.digest, STROKES)
    assert Statement.objects.count() == 1
    assert EvidenceLeaf.objects.filter(kind="suitability_stated").count() == 1


def test_it_replays_years_later(lin: Customer) -> None:
    proposal = bonus(lin)
    then = answer(proposal, income_fen=WAN, purpose="soon").assessment
    assert then is not None
    with clock.travel(world.NOW + timedelta(days=3_650)):
        [kept] = suitability.file_of(proposal.id, proposal.shard_key).assessments
        assert suitability.check(kept.terms, kept.answers) == then.decision

"""Rules are written by one underwriter and released by another, after their cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from baohe.plumbing import clock
from baohe.rooms.people import facade as people
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting import population, rule_sets
from baohe.rooms.underwriting.contracts import RuleRow
from baohe.rooms.underwriting.errors import (
    CasesFail,
    NotAnUnderwriter,
    RuleDraftMoved,
    RuleSetRefused,
    SecondPersonNeeded,
)
from baohe.rooms.underwriting.models import RuleDraft, RuleSet
from baohe.rooms.underwriting.rules.engine import compiled
from tests.sale import world
from tests.sale.underwriting_steps import changed_build, draft_of, told, underwriters
from tests.sale.world import Customer


def test_a_released_set_decides_from_its_first_day(lin: Customer) -> None:
    author, second, draft = changed_build("3000")
    tomorrow = clock.today() + timedelta(days=1)
    underwriting.submit_rules(author, draft.id, draft.revision, tomorrow, "BMI 加费上调")
    underwriting.release_rules(second, draft.id)
    assert told(lin, weight="85").loading_bp == 2_500
    with clock.travel(world.NOW + timedelta(days=1)):
        later = told(lin, weight="85")
        assert (later.loading_bp, later.decision.rule_version[-3:]) == (3_000, "*/2")
        assert underwriting.replay(later.id) == later.decision
    assert RuleDraft.objects.count() == 0


def test_the_maker_does_not_release_and_the_database_says_so_too(lin: Customer) -> None:
    author, _, draft = changed_build("3000")
    underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "调整")
    with pytest.raises(SecondPersonNeeded):
        underwriting.release_rules(author, draft.id)
    assert RuleSet.objects.count() == 1
    row = RuleSet.objects.get()
    row.id, row.number, row.shipped, row.author_id, row.released_by_id = clock.new_id(), 9, False, author, author
    with pytest.raises(IntegrityError, match="rule_set_maker_is_not_checker"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleSet.objects.update(name="x")


def test_a_submitted_draft_is_frozen_until_it_is_given_back(lin: Customer) -> None:
    author, second, draft = changed_build("3000")
    underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "调整")
    now = underwriting.rule_draft(draft.id)
    with pytest.raises(RuleDraftMoved):
        underwriting.save_table(author, draft.id, now.revision, "build", now.tables[1].rows)
    underwriting.return_rules(second, draft.id)
    now = underwriting.rule_draft(draft.id)
    with pytest.raises(RuleDraftMoved):  # an older window
        underwriting.save_table(author, draft.id, now.revision - 1, "build", now.tables[1].rows)
    with pytest.raises(RuleDraftMoved):
        underwriting.release_rules(second, draft.id)
    assert RuleSet.objects.count() == 1


@pytest.mark.rule("SERV-9")
@pytest.mark.rule("DATA-8")
def test_what_can_never_be_released_is_not_even_kept(lin: Customer) -> None:
    author, _ = underwriters()
    draft = draft_of(author)
    minors = next(table for table in draft.tables if table.id == "minors")
    for said in ({"outcome": "decline"}, {"reason_zh": "基因检测异常"}):
        rows = [replace(row, says={**row.says, **said}) if row.id == "over" else row for row in minors.rows]
        with pytest.raises(RuleSetRefused):
            underwriting.save_table(author, draft.id, draft.revision, "minors", rows)
    assert underwriting.rule_draft(draft.id) == draft


def test_a_hole_may_be_written_but_not_submitted(lin: Customer) -> None:
    author, _ = underwriters()
    draft = draft_of(author)
    minors = next(table for table in draft.tables if table.id == "minors")
    underwriting.save_table(author, draft.id, draft.revision, "minors", minors.rows[:1])
    draft = underwriting.rule_draft(draft.id)
    assert [(place, code) for place, code, _ in draft.faults] == [("minors", "hole")]
    with pytest.raises(RuleSetRefused):
        underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "调整")
    new = RuleRow("", {"minor_over_cap": '"yes"'}, {**minors.rows[1].says})
    underwriting.save_table(author, draft.id, draft.revision, "minors", [*minors.rows[:1], new])
    assert underwriting.rule_draft(draft.id).faults == ()


def test_a_case_that_does_not_come_out_holds_up_the_draft(lin: Customer) -> None:
    author, second, draft = changed_build("3000")
    cases = [replace(draft.cases[0], outcome="refer"), *draft.cases[1:]]
    underwriting.save_cases(author, draft.id, draft.revision, cases)
    draft = underwriting.rule_draft(draft.id)
    with pytest.raises(CasesFail) as refused:
        underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "调整")
    assert refused.value.facts["count"] == 1
    with pytest.raises(NotAnUnderwriter):
        underwriting.start_rules(
            people.create_staff("li", "李", ("auditor",), "a-long-enough-phrase").id, second, "*", "x"
        )


def test_exported_and_imported_a_set_stays_the_same(lin: Customer) -> None:
    author, _ = underwriters()
    draft = draft_of(author)
    underwriting.import_rules(author, draft.id, draft.revision, draft.content)
    assert underwriting.rule_draft(draft.id).content == draft.content
    with pytest.raises(RuleSetRefused):
        underwriting.import_rules(author, draft.id, draft.revision + 1, '{"nodes": []}')


def test_what_a_draft_would_change_is_counted_on_the_sample(lin: Customer) -> None:
    _, _, draft = changed_build("3000")
    found = underwriting.simulate_rules(draft.id)
    assert found.straight_before_bp == found.straight_after_bp
    assert {(change.before, change.after) for change in found.changes} >= {("load +25%", "load +30%")}


def test_simple_products_are_decided_without_a_person(lin: Customer) -> None:
    versions = [version for version in population.on_shelf(clock.today()) if population.simple(version)]
    rules = compiled(rule_sets.in_force("", "", clock.today()).content)
    assert population.share(versions, rules, 9_000, 11, clock.today()).straight_bp >= 9_900
    few = population.share(versions, rules, 900, 11, clock.today())
    assert few == population.share(versions, rules, 900, 11, clock.today())

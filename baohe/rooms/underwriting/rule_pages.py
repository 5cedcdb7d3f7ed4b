"""Rule sets and drafts as the desk shows them, and what a draft would change."""

from __future__ import annotations

import json
from collections import Counter
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.underwriting import population
from baohe.rooms.underwriting.contracts import (
    Change,
    FactLine,
    RuleDraftLine,
    RulePage,
    RuleRow,
    RuleSetLine,
    RuleTable,
    Simulation,
)
from baohe.rooms.underwriting.models import RuleDraft, RuleSet
from baohe.rooms.underwriting.rule_sets import EVERYWHERE, checked, faults_of, in_force, run_cases
from baohe.rooms.underwriting.rules import jdm
from baohe.rooms.underwriting.rules.cells import CellWrong, in_words
from baohe.rooms.underwriting.rules.engine import compiled
from baohe.rooms.underwriting.rules.facts import FACTS, Fact
from baohe.rooms.underwriting.rules.tables import RuleTables

_LONGEST_LIST = 50
SAMPLE = 1_200
SEED = 7


def rule_sets() -> tuple[RuleSetLine, ...]:
    """The latest released versions, newest first; the shipped one is there from the first look."""
    today = clock.today()
    in_force("", "", today)
    deciding = set(
        RuleSet.objects.filter(effective_from__lte=today)
        .order_by("scope", "-effective_from", "-number")
        .distinct("scope")
        .values_list("id", flat=True)
    )
    rows = RuleSet.objects.defer("content", "cases").order_by("-released_at", "-number")[:_LONGEST_LIST]
    return tuple(
        RuleSetLine(
            row.id,
            row.scope,
            row.number,
            row.name,
            row.note,
            row.effective_from,
            row.author_name,
            row.released_by_name,
            row.released_at,
            row.shipped,
            row.id in deciding,
        )
        for row in rows
    )


def rule_drafts() -> tuple[RuleDraftLine, ...]:
    """Drafts, the latest touched first."""
    rows = RuleDraft.objects.defer("content", "cases").order_by("-updated_at")[:_LONGEST_LIST]
    return tuple(
        RuleDraftLine(row.id, row.scope, row.name, row.author_name, row.submitted_at, row.updated_at) for row in rows
    )


def rule_draft(draft_id: UUID) -> RulePage:
    """A draft whole: tables, cases as they come out now, faults. Raises `NotFound`."""
    row = RuleDraft.objects.filter(id=draft_id).first()
    if row is None:
        raise NotFound(what="规则草稿")
    return RulePage(
        id=row.id,
        scope=row.scope,
        name=row.name,
        note=row.note,
        author_id=row.author_id,
        author=row.author_name,
        revision=row.revision,
        effective_from=row.effective_from,
        submitted_at=row.submitted_at,
        tables=_tables(jdm.read(json.loads(row.content))),
        cases=run_cases(row.content, row.cases),
        faults=tuple((fault.place, fault.code, fault.said) for fault in faults_of(row.content)),
        content=row.content,
    )


def rule_set(set_id: UUID) -> RulePage:
    """A released version whole. Raises `NotFound`."""
    row = RuleSet.objects.filter(id=set_id).first()
    if row is None:
        raise NotFound(what="规则版本")
    return RulePage(
        id=row.id,
        scope=row.scope,
        name=row.name,
        note=row.note,
        author_id=row.author_id,
        author=row.author_name,
        revision=row.number,
        effective_from=row.effective_from,
        submitted_at=row.released_at,
        tables=_tables(jdm.read(json.loads(row.content))),
        cases=run_cases(row.content, row.cases),
        faults=(),
        content=row.content,
    )


def simulate_rules(draft_id: UUID) -> Simulation:
    """The same sample of people under the set in force and under the draft, the products of its scope in turn.

    Raises `RuleSetRefused` for a draft that is not proved, `NotFound`. Takes seconds: `SAMPLE` people, twice.
    """
    row = RuleDraft.objects.filter(id=draft_id).first()
    if row is None:
        raise NotFound(what="规则草稿")
    checked(row.content)
    day = clock.today()
    shelf = population.on_shelf(day)
    chosen = [v for v in shelf if row.scope in (EVERYWHERE, v.line, v.product_code) and not v.insured_object]
    versions = chosen or shelf
    line = "" if row.scope == EVERYWHERE else versions[0].line
    product = versions[0].product_code if row.scope == versions[0].product_code else ""
    now = compiled(in_force(product, line, day).content)
    before = list(population.try_out(versions, now, SAMPLE, SEED, day))
    after = list(population.try_out(versions, compiled(row.content), SAMPLE, SEED, day))
    moved = Counter(
        (old.version_id, old.words, new.words) for old, new in zip(before, after, strict=True) if old != new
    )
    changes = tuple(Change(*words, people) for words, people in moved.most_common(100))
    return Simulation(SAMPLE, _straight_bp(before), _straight_bp(after), changes)


def rule_facts() -> tuple[FactLine, ...]:
    """Everything a rule may look at."""
    return tuple(FactLine(fact.code, fact.name, _can_be(fact)) for fact in FACTS.values())


def _can_be(fact: Fact) -> str:
    if fact.words:
        return "、".join(f'"{word}" {said.zh}' for word, said in fact.words.items())
    return f"{fact.low}–{fact.high}" + ("，-1 不知道" if fact.may_be_unknown else "")


def _words(cell: str, fact: Fact | None) -> str:
    """A cell that cannot be read stands as it was typed; the page lists its fault."""
    try:
        return cell if fact is None else in_words(cell, fact)
    except CellWrong:
        return cell


def _straight_bp(tried: list[population.Tried]) -> int:
    return sum(one.outcome != "refer" for one in tried) * 10_000 // len(tried)


def _tables(tables: RuleTables) -> tuple[RuleTable, ...]:
    known = {**FACTS, **tables.derived()}
    return tuple(
        RuleTable(
            id=table.id,
            title=table.title,
            reads=tuple((name, known[name].name) for name in table.reads if name in known)
            + tuple((name, table.title) for name in table.reads if name not in known),
            writes=table.writes,
            rows=tuple(
                RuleRow(
                    row.id,
                    row.cells,
                    {name: str(value) for name, value in row.says.items()},
                    row.note,
                    tuple(_words(row.cells[name], known.get(name)) for name in table.reads),
                )
                for row in table.rows
            ),
        )
        for table in tables.tables
    )

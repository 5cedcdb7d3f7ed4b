"""An underwriter writes a rule set; a second one releases it. A released version never changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.underwriting.contracts import RuleCase, RuleRow
from baohe.rooms.underwriting.errors import (
    CasesFail,
    NotAnUnderwriter,
    RuleDraftMoved,
    RuleSetRefused,
    SecondPersonNeeded,
)
from baohe.rooms.underwriting.models import RuleDraft, RuleSet
from baohe.rooms.underwriting.rule_sets import EVERYWHERE, checked, run_cases
from baohe.rooms.underwriting.rules import jdm
from baohe.rooms.underwriting.rules.engine import as_text, compiled
from baohe.rooms.underwriting.rules.facts import check_seen
from baohe.rooms.underwriting.rules.proving import prove
from baohe.rooms.underwriting.rules.tables import OUTCOMES, WHOLE, Output, Row, RuleTables, Table

_NEVER = frozenset({"machine_decline", "genetic_factor"})
"""What is not even kept in a draft."""
MOST_CASES = 200


def start_rules(staff_id: UUID, base_id: UUID, scope: str, name: str) -> UUID:
    """A draft that begins as a copy of a released version. Raises `NotAnUnderwriter`, `NotFound`, `InvalidInput`."""
    staff = _underwriter(staff_id)
    base = RuleSet.objects.filter(id=base_id).first()
    if base is None:
        raise NotFound(what="规则版本")
    _known_scope(scope)
    if not name.strip():
        raise InvalidInput(field="name", reason_zh="请写名称", reason_en="needs a name")
    draft = RuleDraft.objects.create(
        id=clock.new_id(),
        scope=scope,
        name=name.strip()[:120],
        content=base.content,
        cases=base.cases,
        author_id=staff.id,
        author_name=staff.name,
        updated_at=clock.now(),
    )
    return draft.id


def save_table(staff_id: UUID, draft_id: UUID, revision: int, table_id: str, rows: Sequence[RuleRow]) -> None:
    """Replace the rows of one table, in the given order. A hole may stand in a draft; what can never be released (a
    machine that declines, a genetic factor) is refused at once.

    Raises `RuleSetRefused`, `RuleDraftMoved`, `NotAnUnderwriter`, `NotFound`.
    """
    with transaction.atomic():
        draft = _open(staff_id, draft_id, revision)
        tables = jdm.read(json.loads(draft.content))
        table = tables.table(table_id)
        if table is None:
            raise NotFound(what="规则表")
        changed = replace(table, rows=_rows(table, rows))
        _keep(draft, RuleTables(tuple(changed if item.id == table_id else item for item in tables.tables)))


def import_rules(staff_id: UUID, draft_id: UUID, revision: int, text: str) -> None:
    """Replace the whole document by one in the JDM format. Raises like `save_table`."""
    with transaction.atomic():
        draft = _open(staff_id, draft_id, revision)
        try:
            _keep(draft, jdm.parse(text))
        except jdm.Unreadable as wrong:
            raise RuleSetRefused.of((wrong.fault,)) from wrong


def save_cases(staff_id: UUID, draft_id: UUID, revision: int, cases: Sequence[RuleCase]) -> None:
    """Replace the cases kept with the set. Raises `InvalidInput` naming the fact, and like `save_table`."""
    if len(cases) > MOST_CASES or len({case.name for case in cases}) < len(cases):
        raise InvalidInput(field="cases", reason_zh="用例重名或太多", reason_en="holds a name twice, or too many")
    for case in cases:
        check_seen(case.facts)
        if case.outcome not in OUTCOMES or not case.name.strip():
            raise InvalidInput(field="cases", reason_zh="用例缺名称或结论不对", reason_en="lacks a name or an outcome")
    with transaction.atomic():
        draft = _open(staff_id, draft_id, revision)
        draft.cases = [_case(case) for case in cases]
        _save(draft)


def submit_rules(staff_id: UUID, draft_id: UUID, revision: int, effective_from: date, note: str) -> None:
    """Freeze the draft for a second person. Everything must be proved and every case must come out.

    Raises `RuleSetRefused`, `CasesFail`, `InvalidInput` for a day that has passed, and like `save_table`.
    """
    with transaction.atomic():
        draft = _open(staff_id, draft_id, revision)
        _releasable(draft)
        if effective_from < clock.today():
            raise InvalidInput(field="effective_from", reason_zh="不能早于今天", reason_en="has passed already")
        if not note.strip():
            raise InvalidInput(field="note", reason_zh="请写改了什么、为什么", reason_en="say what changed and why")
        draft.effective_from, draft.note, draft.submitted_at = effective_from, note.strip()[:500], clock.now()
        _save(draft)


def release_rules(staff_id: UUID, draft_id: UUID) -> UUID:
    """The second person: the draft becomes the next version of its scope, for ever.

    Raises `SecondPersonNeeded` for its author, `RuleDraftMoved` unless it is submitted, `InvalidInput` when its first
    day has passed meanwhile, `NotAnUnderwriter`, `NotFound`.
    """
    staff = _underwriter(staff_id)
    with transaction.atomic():
        draft = _locked(draft_id)
        if draft.submitted_at is None or draft.effective_from is None:
            raise RuleDraftMoved()
        if draft.author_id == staff.id:
            raise SecondPersonNeeded()
        if draft.effective_from < clock.today():
            raise InvalidInput(field="effective_from", reason_zh="生效日已过", reason_en="has passed meanwhile")
        _releasable(draft)
        released_id = _release(draft, draft.effective_from, staff)
        draft.delete()
    return released_id


def _release(draft: RuleDraft, effective_from: date, staff: StaffView) -> UUID:
    """The next number of its scope. Of two releases in one instant the second is told to look again: the table only
    grows, so its rows cannot be locked, and the unique number decides."""
    last = RuleSet.objects.filter(scope=draft.scope).aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            released = RuleSet.objects.create(
                id=clock.new_id(),
                scope=draft.scope,
                number=last + 1,
                name=draft.name,
                content=draft.content,
                digest=compiled(draft.content).digest,
                cases=draft.cases,
                note=draft.note,
                effective_from=effective_from,
                author_id=draft.author_id,
                author_name=draft.author_name,
                released_by_id=staff.id,
                released_by_name=staff.name,
                released_at=clock.now(),
            )
    except IntegrityError as twice:
        raise RuleDraftMoved() from twice
    return released.id


def return_rules(staff_id: UUID, draft_id: UUID) -> None:
    """Give a submitted draft back to its author, or take one's own back. Raises `RuleDraftMoved`, `NotFound`."""
    _underwriter(staff_id)
    with transaction.atomic():
        draft = _locked(draft_id)
        if draft.submitted_at is None:
            raise RuleDraftMoved()
        draft.submitted_at = None
        _save(draft)


def _underwriter(staff_id: UUID) -> StaffView:
    staff = people.staff(staff_id)
    if "underwriter" not in staff.roles:
        raise NotAnUnderwriter()
    return staff


def _locked(draft_id: UUID) -> RuleDraft:
    draft = RuleDraft.objects.select_for_update().filter(id=draft_id).first()
    if draft is None:
        raise NotFound(what="规则草稿")
    return draft


def _open(staff_id: UUID, draft_id: UUID, revision: int) -> RuleDraft:
    """The locked draft while it is still being written, as this window has read it."""
    _underwriter(staff_id)
    draft = _locked(draft_id)
    if draft.submitted_at is not None or draft.revision != revision:
        raise RuleDraftMoved()
    return draft


def _save(draft: RuleDraft) -> None:
    draft.revision += 1
    draft.updated_at = clock.now()
    draft.save()


def _keep(draft: RuleDraft, tables: RuleTables) -> None:
    never = tuple(fault for fault in prove(tables) if fault.code in _NEVER)
    if never:
        raise RuleSetRefused.of(never)
    draft.content = as_text(tables)
    _save(draft)


def _releasable(draft: RuleDraft) -> None:
    checked(draft.content)
    failed = [case.name for case in run_cases(draft.content, draft.cases) if not case.passed]
    if failed:
        raise CasesFail(count=len(failed), names="、".join(failed[:5]))


def _known_scope(scope: str) -> None:
    known = {EVERYWHERE, *(line for v in catalog.on_sale("app", clock.today()) for line in (v.line, v.product_code))}
    if scope not in known:
        raise InvalidInput(field="scope", reason_zh="没有这个产品或险种", reason_en="is no product or line on sale")


def _rows(table: Table, rows: Sequence[RuleRow]) -> tuple[Row, ...]:
    """Rows as typed, read as a document's rows would be. New ones get the next free id."""
    if not rows or len(rows) > jdm.MOST_ROWS:
        raise InvalidInput(field="rows", reason_zh=f"应有 1–{jdm.MOST_ROWS} 行", reason_en=f"1 to {jdm.MOST_ROWS} rows")
    taken = {row.id for row in rows if row.id} | {row.id for row in table.rows}
    made: list[Row] = []
    for row in rows:
        row_id = row.id or next(name for name in (f"row_{n}" for n in range(1, 2 * jdm.MOST_ROWS)) if name not in taken)
        taken.add(row_id)
        cells = {field: row.cells.get(field, "").strip()[:600] for field in table.reads}
        says = {field: _typed(field, row.says.get(field, "").strip(), row_id) for field in table.writes}
        made.append(
            Row(row_id, cells, {field: v for field, v in says.items() if v is not None}, row.note.strip()[:300])
        )
    return tuple(made)


def _typed(field: str, said: str, row_id: str) -> Output | None:
    if not said:
        return None
    if field not in WHOLE:
        return said[:600]
    if said.lstrip("-").isascii() and said.lstrip("-").isdecimal() and len(said) < 10:
        return int(said) or None
    raise InvalidInput(field=f"{row_id}.{field}", reason_zh="应为整数", reason_en="should be a whole number")


def _case(case: RuleCase) -> Mapping[str, Any]:
    return {
        "name": case.name.strip()[:80],
        "facts": dict(case.facts),
        "outcome": case.outcome,
        "loading_bp": case.loading_bp,
    }

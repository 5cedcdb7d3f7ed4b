"""Released rule sets: which one is in force, and the one that came with the platform."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.underwriting.contracts import RuleCase
from baohe.rooms.underwriting.errors import RuleSetRefused
from baohe.rooms.underwriting.models import RuleSet
from baohe.rooms.underwriting.rules import jdm
from baohe.rooms.underwriting.rules.engine import as_text, compiled
from baohe.rooms.underwriting.rules.proving import prove
from baohe.rooms.underwriting.rules.tables import OUTCOMES, Fault, RuleTables

EVERYWHERE = "*"
"""The scope of the set for everything that has no set of its own."""
_SHIPPED = Path(__file__).parent / "data" / "house_rules.json"


def in_force(product_code: str, line: str, day: date) -> RuleSet:
    """The set for a product on a day: its own, else its line's, else the one for all."""
    scopes = (product_code, line, EVERYWHERE)
    found = {row.scope: row for row in _latest(scopes, day)}
    if EVERYWHERE not in found:
        _shelve_shipped()
        found = {row.scope: row for row in _latest(scopes, day)}
    return next(found[scope] for scope in scopes if scope in found)


def name_of(row: RuleSet) -> str:
    """How decisions name it: scope/number."""
    return f"{row.scope}/{row.number}"


def checked(text: str) -> RuleTables:
    """The tables of a document that may be used. Raises `RuleSetRefused` with everything that is wrong."""
    try:
        tables = jdm.parse(text)
    except jdm.Unreadable as wrong:
        raise RuleSetRefused.of((wrong.fault,)) from wrong
    faults = prove(tables)
    if faults:
        raise RuleSetRefused.of(faults)
    return tables


def faults_of(text: str) -> tuple[Fault, ...]:
    """Everything that is wrong with a document; empty = it may be used. Nothing is raised for a faulty one."""
    try:
        checked(text)
    except RuleSetRefused as refusal:
        return refusal.faults
    return ()


def run_cases(content: str, cases: Sequence[Mapping[str, Any]]) -> tuple[RuleCase, ...]:
    """Each case with what comes out under the document; none is run while the document has a fault."""
    runs = not faults_of(content)
    told = [RuleCase(case["name"], case["facts"], case["outcome"], case["loading_bp"]) for case in cases]
    return tuple(_run(content, case) if runs else case for case in told)


def _run(content: str, told: RuleCase) -> RuleCase:
    try:
        said = [hit.row.says for hit in compiled(content).ask(told.facts) if hit.table.decides]
    except BaoheError as refusal:
        return replace(told, refused=refusal.message_zh)
    outcome = max((str(says["outcome"]) for says in said), key=OUTCOMES.index, default="accept")
    return replace(told, got_outcome=outcome, got_loading_bp=sum(int(says.get("loading_bp", 0)) for says in said))


def shipped() -> dict[str, Any]:
    """The set that came with the platform: name, note, effective_from, cases and the document."""
    found: dict[str, Any] = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    return found


def _latest(scopes: tuple[str, ...], day: date) -> list[RuleSet]:
    rows = RuleSet.objects.filter(scope__in=scopes, effective_from__lte=day)
    return list(rows.order_by("scope", "-effective_from", "-number").distinct("scope"))


def _shelve_shipped() -> None:
    """Version 1 of the house, once; whoever comes second finds it there."""
    told = shipped()
    content = as_text(checked(json.dumps(told["document"])))
    row = RuleSet(
        id=clock.new_id(),
        scope=EVERYWHERE,
        number=1,
        name=told["name"],
        content=content,
        digest=compiled(content).digest,
        cases=told["cases"],
        note=told["note"],
        effective_from=date.fromisoformat(told["effective_from"]),
        shipped=True,
        author_name="保和示例",
        released_by_name="保和示例",
        released_at=clock.now(),
    )
    RuleSet.objects.bulk_create([row], ignore_conflicts=True)

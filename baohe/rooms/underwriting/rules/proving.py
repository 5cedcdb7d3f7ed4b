"""Prove a rule set before it is used: every case has exactly one answer, and no answer refuses a person.

A table is cut, field by field, into the smallest pieces on which no cell changes its mind; each combination must be
let through by a row (else a hole) and, where two rows want it, they must say the same (else an overlap). The last
row may be empty: it answers for whatever is left, knowingly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from baohe.kernel.decisions import Text
from baohe.kernel.genetics import names_genes
from baohe.rooms.underwriting.rules.cells import Allowed, CellWrong, allowed, domain
from baohe.rooms.underwriting.rules.facts import FACTS, Fact
from baohe.rooms.underwriting.rules.tables import (
    MOST_LOADING_BP,
    MOST_POSTPONE_DAYS,
    OUTCOMES,
    REFUSING,
    VERDICT,
    Fault,
    Row,
    RuleTables,
    Table,
)

_MOST_STEPS = 200_000


def prove(tables: RuleTables) -> tuple[Fault, ...]:
    """All that is wrong with the set; empty = it may be used."""
    derived = tables.derived()
    faults: list[Fault] = []
    written: dict[str, set[str]] = {}
    for table in tables.tables:
        written[table.id] = {w for b in table.after for w in (written.get(b, set()) | _derives(tables.table(b)))}
        known = {**FACTS, **{name: derived[name] for name in written[table.id]}}
        faults += _of_table(table, known)
    if all(not table.decides for table in tables.tables):
        faults.append(Fault("nothing_decides", "jdm", Text("没有一张表作出结论", "no table decides")))
    return tuple(faults)


def _derives(table: Table | None) -> set[str]:
    return set() if table is None or table.decides else set(table.writes)


def _of_table(table: Table, known: Mapping[str, Fact]) -> Iterator[Fault]:
    yield from _genetic(table)
    unknown = [name for name in table.reads if name not in known]
    for name in unknown:
        yield Fault("field_unknown", f"{table.id}.{name}", Text("没有这个因素", "is no known fact"))
    if table.decides:
        yield from _verdicts(table)
    else:
        yield from _derivings(table)
    if unknown:
        return
    read: list[dict[str, Allowed]] = []
    broken = False
    for row in table.rows:
        try:
            read.append({name: allowed(row.cells[name], known[name]) for name in table.reads})
        except CellWrong as wrong:
            broken = True
            yield Fault(wrong.code, _place(table, row), Text(wrong.zh, wrong.en))
    if not broken:
        yield from _gaps(table, known, read)


def _genetic(table: Table) -> Iterator[Fault]:
    said = [table.name, *table.reads, *table.writes]
    said += [text for row in table.rows for text in (row.note, *row.cells.values(), str(row.says.get("reason", "")))]
    said += [str(row.says.get(name, "")) for row in table.rows for name in ("reason_zh", "reason_en")]
    for text in said:
        if names_genes(text):
            words = Text(f"不得使用遗传信息：{text[:60]}", f"genetic data may not be used: {text[:60]}")
            yield Fault("genetic_factor", table.id, words, "DATA-8")
            return


def _verdicts(table: Table) -> Iterator[Fault]:
    for name in table.writes:
        if name not in VERDICT:
            yield Fault("output_unknown", f"{table.id}.{name}", Text("没有这个结果列", "is no known output"))
    for row in table.rows:
        for code, zh, en, rule in _verdict(row):
            yield Fault(code, _place(table, row), Text(zh, en), rule)


def _verdict(row: Row) -> Iterator[tuple[str, str, str, str]]:
    outcome = row.says.get("outcome")
    if outcome in REFUSING:
        yield "machine_decline", "机器不得拒绝；转给核保员请用 refer", "a machine may not refuse; use refer", "SERV-9"
        return
    if outcome not in OUTCOMES:
        yield "outcome_unknown", f"结论只能是 {'、'.join(OUTCOMES)}", f"one of {', '.join(OUTCOMES)}", ""
        return
    needed = {"load": ("loading_bp",), "postpone": ("postpone_days",), "exclude": ("exclusion_zh", "exclusion_en")}
    wanted = needed.get(str(outcome), ())
    for name in ("loading_bp", "postpone_days", "exclusion_zh", "exclusion_en"):
        if (name in wanted) != bool(row.says.get(name)):
            missing = name in wanted
            yield ("output_missing" if missing else "output_idle"), f"{name} 与结论不符", f"{name} does not fit", ""
    if not 0 <= int(row.says.get("loading_bp", 0)) <= MOST_LOADING_BP:
        yield "out_of_range", f"加费不得超过 {MOST_LOADING_BP} bp", f"a loading is at most {MOST_LOADING_BP} bp", ""
    if not 0 <= int(row.says.get("postpone_days", 0)) <= MOST_POSTPONE_DAYS:
        yield "out_of_range", f"延期不超过 {MOST_POSTPONE_DAYS} 天", f"at most {MOST_POSTPONE_DAYS} days", ""
    reasons = [row.says.get(name) for name in ("reason", "reason_zh", "reason_en")]
    if (outcome != "accept" or any(reasons)) and not all(reasons):
        yield "reason_missing", "缺少理由（编号、中文、英文）", "lacks its reason: code, Chinese, English", "DATA-3"


def _derivings(table: Table) -> Iterator[Fault]:
    for row in table.rows:
        for name in table.writes:
            if not row.says.get(name):
                yield Fault("output_missing", _place(table, row), Text(f"没有写 {name}", f"lacks {name}"))
    for name in table.writes:
        if name in FACTS or name == "found":
            words = Text("不能改写已有的因素", "may not overwrite a fact")
            yield Fault("fact_overwritten", f"{table.id}.{name}", words)


def _place(table: Table, row: Row) -> str:
    return f"{table.id}.{row.id}"


def _gaps(table: Table, known: Mapping[str, Fact], read: Sequence[dict[str, Allowed]]) -> Iterator[Fault]:
    search = _Search(table.reads, {name: _pieces(known[name], [row[name] for row in read]) for name in table.reads})
    try:
        hole = search.uncovered(read, {name: domain(known[name]) for name in table.reads})
        if hole is not None:
            words = Text(f"没有一行回答：{_said(hole)}", f"no row answers {_said(hole)}")
            yield Fault("hole", table.id, words)
        for index, row in enumerate(table.rows):
            if index and search.uncovered(read[:index], read[index]) is None:
                yield Fault("row_dead", _place(table, row), Text("前面的行已经全部覆盖", "is never reached"))
        yield from _overlaps(table, read)
    except _TooLarge:
        yield Fault("too_large_to_prove", table.id, Text("太大，请拆成几张表", "is too large; split it"))


def _overlaps(table: Table, read: Sequence[dict[str, Allowed]]) -> Iterator[Fault]:
    for later, row in enumerate(table.rows):
        if row.otherwise and later == len(table.rows) - 1:
            continue
        for earlier in range(later):
            other = table.rows[earlier]
            if other.says != row.says and all(read[earlier][n].meets(read[later][n]) for n in table.reads):
                words = Text(
                    f"与 {other.id} 都适用于同一种情况，结论却不同", f"and {other.id} both apply, with other results"
                )
                yield Fault("overlap", _place(table, row), words)


def _said(hole: Mapping[str, int | str]) -> str:
    return "，".join(f"{name} = {value}" for name, value in hole.items())


def _pieces(fact: Fact, rows: Sequence[Allowed]) -> list[tuple[int | str, Allowed]]:
    """The smallest pieces of a fact, each with an example of it."""
    if fact.words:
        return [(word, Allowed(words=frozenset({word}))) for word in fact.values]
    whole = domain(fact).spans
    cuts = {low for low, _ in whole} | {high + 1 for _, high in whole}
    cuts |= {end for row in rows for low, high in row.spans for end in (low, high + 1)}
    edges = sorted(cuts)
    pieces = [(low, high - 1) for low, high in zip(edges, edges[1:], strict=False)]
    inside = [span for span in pieces if any(low <= span[0] and span[1] <= high for low, high in whole)]
    return [(span[0], Allowed(spans=(span,))) for span in inside]


class _TooLarge(Exception):
    """More combinations than are worth a wait."""


@dataclass
class _Search:
    """Looks for a combination that no row lets through, field by field; the same rest is never looked at twice."""

    names: tuple[str, ...]
    pieces: Mapping[str, list[tuple[int | str, Allowed]]]
    steps: int = field(default=0)

    def uncovered(
        self, rows: Sequence[dict[str, Allowed]], within: Mapping[str, Allowed]
    ) -> dict[str, int | str] | None:
        self.steps = 0
        done: set[tuple[int, frozenset[int]]] = set()
        return self._look(0, frozenset(range(len(rows))), rows, within, done)

    def _look(
        self,
        at: int,
        left: frozenset[int],
        rows: Sequence[dict[str, Allowed]],
        within: Mapping[str, Allowed],
        done: set[tuple[int, frozenset[int]]],
    ) -> dict[str, int | str] | None:
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise _TooLarge
        if (at, left) in done:
            return None
        if at == len(self.names):
            found: dict[str, int | str] | None = None if left else {}
        else:
            found = self._branch(at, left, rows, within, done)
        if found is None:
            done.add((at, left))
        return found

    def _branch(
        self,
        at: int,
        left: frozenset[int],
        rows: Sequence[dict[str, Allowed]],
        within: Mapping[str, Allowed],
        done: set[tuple[int, frozenset[int]]],
    ) -> dict[str, int | str] | None:
        name = self.names[at]
        for example, piece in self.pieces[name]:
            if not piece.meets(within[name]):
                continue
            still = frozenset(n for n in left if rows[n][name].meets(piece))
            found = self._look(at + 1, still, rows, within, done)
            if found is not None:
                return {name: example, **found}
        return None

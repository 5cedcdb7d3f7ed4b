"""A rule set is proved before it is used: one answer for every case, and none that refuses."""

from __future__ import annotations

import copy
import json
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.errors import InvalidInput
from baohe.rooms.underwriting import rule_sets
from baohe.rooms.underwriting.rules import jdm
from baohe.rooms.underwriting.rules.cells import allowed
from baohe.rooms.underwriting.rules.engine import as_text, compiled
from baohe.rooms.underwriting.rules.facts import FACTS, UNKNOWN, check_seen
from baohe.rooms.underwriting.rules.tables import OUTCOMES

SHIPPED = rule_sets.shipped()
HOUSE = rule_sets.checked(json.dumps(SHIPPED["document"]))
Document = dict[str, Any]
REFERRED = {"reason": '"r"', "reason_zh": '"看"', "reason_en": '"look"'}


def document(rows: list[dict[str, str]], reads: tuple[str, ...] = ("age", "sex"), **node: Any) -> Document:
    """One deciding table; a row names its cells by field and its outputs by name."""
    outputs = ("outcome", "loading_bp", "postpone_days", "exclusion_zh", "exclusion_en", *REFERRED)
    rules = [{"_id": f"r{n}", **{f"c_{name}": cell for name, cell in row.items()}} for n, row in enumerate(rows, 1)]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": f"c_{name}", "name": name, "field": name} for name in reads],
        "outputs": [{"id": f"c_{name}", "name": name, "field": name} for name in outputs],
        "rules": rules,
    }
    table = {"id": "t", "type": "decisionTableNode", "name": "表", "position": {"x": 1, "y": 1}, "content": content}
    ends = [{"id": i, "type": f"{i}putNode", "name": i, "position": {"x": 0, "y": 0}} for i in ("in", "out")]
    edges = [{"id": "a", "sourceId": "in", "targetId": "t"}, {"id": "b", "sourceId": "t", "targetId": "out"}]
    return {"nodes": [*ends, {**table, **node}], "edges": edges}


ACCEPT = {"outcome": '"accept"'}
REFER = {"outcome": '"refer"', **REFERRED}
WHOLE = [{"age": "-1, [0..60]", "sex": "", **ACCEPT}, {"age": "> 60", "sex": "", **REFER}]


def codes(told: Document) -> list[str]:
    return [fault.code for fault in rule_sets.faults_of(json.dumps(told))]


def test_a_whole_table_is_let_in() -> None:
    assert codes(document(WHOLE)) == []


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize("word", ["decline", "refuse", "reject", "declined_by_person", "拒保"])
def test_a_row_that_declines_is_refused_when_loaded(word: str) -> None:
    faults = rule_sets.faults_of(json.dumps(document([WHOLE[0], {**WHOLE[1], "outcome": f'"{word}"'}])))
    assert [(fault.code, fault.place, fault.rule) for fault in faults] == [("machine_decline", "t.r2", "SERV-9")]


@pytest.mark.rule("DATA-8")
@pytest.mark.parametrize(
    "told",
    [
        document(WHOLE, name="基因检测结果"),
        document(WHOLE, ("age", "sex", "genetic_risk")),
        document([{**WHOLE[0], "sex": '"brca positive"'}]),
        document([{**WHOLE[0]}, {**WHOLE[1], "reason_zh": '"家族遗传"'}]),
    ],
)
def test_a_table_with_a_genetic_factor_is_refused(told: Document) -> None:
    fault = rule_sets.faults_of(json.dumps(told))[0]
    assert (fault.code, fault.rule) == ("genetic_factor", "DATA-8")


TABLE = document(WHOLE)["nodes"][2]
BROKEN: dict[str, tuple[Document, str]] = {
    "hole between ages": (document([{**WHOLE[0], "age": "-1, [0..59]"}, WHOLE[1]]), "hole"),
    "hole in one word": (document([{**WHOLE[0], "sex": '"male", "female"'}, WHOLE[1]]), "hole"),
    "what is not known has no row": (document([{**WHOLE[0], "age": "[0..60]"}, WHOLE[1]]), "hole"),
    "two answers for one case": (document([WHOLE[0], {**WHOLE[1], "age": ">= 60"}]), "overlap"),
    "a row that never fires": (document([*WHOLE, {"age": "[3..5]", "sex": "", **ACCEPT}]), "row_dead"),
    "an unknown field": (document(WHOLE, ("age", "sex", "shoe_size")), "field_unknown"),
    "a number out of range": (document([{**WHOLE[0], "age": "-1, [0..130]"}, WHOLE[1]]), "out_of_range"),
    "the unknown among the young": (document([{**WHOLE[0], "age": "<= 60"}, WHOLE[1]]), "unknown_mixed"),
    "an unknown word": (document([{**WHOLE[0], "sex": '"other"'}, WHOLE[1]]), "value_unknown"),
    "a cell that computes": (document([{**WHOLE[0], "age": "age * 2"}, WHOLE[1]]), "cell_unreadable"),
    "a cell with an open bracket": (document([{**WHOLE[0], "age": "[1..2"}, WHOLE[1]]), "cell_unreadable"),
    "an unknown outcome": (document([{**WHOLE[0], "outcome": '"perhaps"'}, WHOLE[1]]), "outcome_unknown"),
    "a loading without its figure": (
        document([{**WHOLE[0], "outcome": '"load"', **REFERRED}, WHOLE[1]]),
        "output_missing",
    ),
    "a figure without a loading": (document([{**WHOLE[0], "loading_bp": "2500"}, WHOLE[1]]), "output_idle"),
    "a loading beyond measure": (
        document([{**WHOLE[0], **REFERRED, "outcome": '"load"', "loading_bp": "40000"}, WHOLE[1]]),
        "out_of_range",
    ),
    "a referral without a reason": (document([WHOLE[0], {"age": "> 60", "outcome": '"refer"'}]), "reason_missing"),
    "a float": (document([{**WHOLE[0], **REFERRED, "outcome": '"load"', "loading_bp": "25.5"}, WHOLE[1]]), "not_whole"),
    "an output that computes": (document([{**WHOLE[0], "outcome": "sex"}, WHOLE[1]]), "output_unreadable"),
    "a script": (document(WHOLE, type="functionNode"), "node_kind"),
    "an edge to nowhere": (
        {**document(WHOLE), "edges": [*document(WHOLE)["edges"], {"sourceId": "t", "targetId": "gone"}]},
        "edge_nowhere",
    ),
    "a table beside the graph": (
        {**document(WHOLE), "nodes": [*document(WHOLE)["nodes"], {**TABLE, "id": "u"}]},
        "table_loose",
    ),
    "all hits instead of the first": (
        document(WHOLE, content={**TABLE["content"], "hitPolicy": "collect"}),
        "hit_policy",
    ),
    "no table at all": ({"nodes": document(WHOLE)["nodes"][:2], "edges": []}, "no_table"),
    "no rule set": ({"nodes": "none"}, "shape"),
}


@pytest.mark.parametrize(("told", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_is_named_with_its_place(told: Document, code: str) -> None:
    faults = rule_sets.faults_of(json.dumps(told))
    assert code in [fault.code for fault in faults]
    assert all(fault.place and fault.said.zh and fault.said.en for fault in faults)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "1e999", '{"nodes":[1],"edges":[]}', "[" * 5_000])
def test_what_is_no_rule_set_is_one_fault(text: str) -> None:
    assert len(rule_sets.faults_of(text)) == 1


def test_a_circle_is_named() -> None:
    told = document(WHOLE)
    second = {**copy.deepcopy(TABLE), "id": "u"}
    told["nodes"].append(second)
    told["edges"] += [{"sourceId": "t", "targetId": "u"}, {"sourceId": "u", "targetId": "t"}]
    told["edges"].append({"sourceId": "u", "targetId": "out"})
    assert codes(told) == ["graph_circle"]


def test_the_shipped_set_is_whole_and_its_cases_come_out() -> None:
    cases = rule_sets.run_cases(as_text(HOUSE), SHIPPED["cases"])
    assert [case.name for case in cases if not case.passed] == []
    assert {case.outcome for case in cases} == {"accept", "load", "postpone", "refer"}


def test_written_and_read_again_a_set_is_the_same() -> None:
    assert jdm.parse(as_text(HOUSE)) == HOUSE


def facts() -> st.SearchStrategy[dict[str, int | str]]:
    def of(code: str) -> st.SearchStrategy[int | str]:
        fact = FACTS[code]
        if fact.words:
            return st.sampled_from(fact.values)
        numbers = st.integers(fact.low, fact.high)
        near = st.integers(fact.low, min(fact.high, 700_000_000))
        return st.one_of(numbers, near, st.just(UNKNOWN)) if fact.may_be_unknown else st.one_of(numbers, near)

    return st.fixed_dictionaries({code: of(code) for code in FACTS})


@pytest.mark.rule("SERV-9")
@given(seen=facts())
def test_every_case_has_exactly_one_answer_and_the_engine_gives_it(seen: dict[str, int | str]) -> None:
    fired = compiled(as_text(HOUSE)).ask(seen)
    assert [hit.table.id for hit in fired] == [table.id for table in HOUSE.tables]
    known = {**FACTS, **HOUSE.derived()}
    values: dict[str, int | str] = dict(seen)
    for hit in fired:
        fitting = [
            row for row in hit.table.rows if all(fits(row.cells[n], values[n], known[n]) for n in hit.table.reads)
        ]
        assert fitting[0] == hit.row
        assert len(fitting) == 1 or fitting[-1].otherwise
        assert not any(isinstance(value, float) for value in hit.row.says.values())
        if hit.table.decides:
            assert hit.row.says["outcome"] in OUTCOMES
        else:
            values.update(hit.row.says)


def fits(cell: str, value: int | str, fact: Any) -> bool:
    let_through = allowed(cell, fact)
    return value in let_through.words if fact.words else any(low <= value <= high for low, high in let_through.spans)


@given(
    limits=st.lists(st.integers(0, 119), min_size=1, max_size=5, unique=True).map(sorted),
    dropped=st.booleans(),
)
def test_bands_without_one_of_them_have_a_hole(limits: list[int], dropped: bool) -> None:
    ends = [-1, *limits, 120]
    cells = [f"[{low + 1}..{high}]" for low, high in zip(ends, ends[1:], strict=False)]
    rows = [{"age": cell, **ACCEPT} for cell in cells] + [{"age": "-1", **ACCEPT}]
    if dropped:
        rows.pop(len(rows) // 2)
    assert codes(document(rows, ("age",))) == (["hole"] if dropped else [])


def test_a_set_is_asked_from_many_threads() -> None:
    rules, seen = compiled(as_text(HOUSE)), SHIPPED["cases"][1]["facts"]
    expected = rules.ask(seen)
    answers: list[object] = []

    def ask() -> None:
        answers.extend(rules.ask(seen) == expected for _ in range(50))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 200


@pytest.mark.parametrize(
    "change", [{"age": 121}, {"age": 33.5}, {"age": True}, {"sex": "x"}, {"shoe": 4}, {"age": None}], ids=str
)
def test_facts_outside_their_domain_are_named(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_seen({**SHIPPED["cases"][0]["facts"], **change})
    assert refused.value.facts["field"] == f"facts.{next(iter(change))}"

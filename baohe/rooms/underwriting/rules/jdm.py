"""The GoRules JDM format, read strictly and written in one canonical form.

Of its kinds of nodes a rule set has the input, decision tables and the output: no scripts, no requests, no
arithmetic. Rules choose; sums are worked out before them, in whole numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from baohe.kernel.decisions import Text
from baohe.rooms.underwriting.rules.tables import WHOLE, Fault, Output, Row, RuleTables, Table

MOST_BYTES = 512_000
MOST_ROWS = 400
_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WHOLE = re.compile(r"-?\d{1,9}")
_PARTS = {"inputNode", "decisionTableNode", "outputNode"}


class Unreadable(Exception):
    """The document is no rule set at all; `fault` says where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.said.en)
        self.fault = fault


def read(document: Any) -> RuleTables:
    """Tables of a JDM document, ordered. Raises `Unreadable` with the first place that cannot be read."""
    root = _dict(document, "jdm")
    nodes = {_id(node, "nodes"): node for node in _list(root, "nodes", "jdm")}
    for node_id, node in nodes.items():
        if node.get("type") not in _PARTS:
            kind = str(node.get("type"))[:40]
            raise _wrong("node_kind", node_id, f"不支持的节点 {kind}", f"{kind} nodes are not supported")
    followed = _followed(nodes, root)
    tables = {
        node_id: _table(node, tuple(sorted(followed[node_id])))
        for node_id, node in nodes.items()
        if node["type"] == "decisionTableNode"
    }
    if not tables:
        raise _wrong("no_table", "jdm", "没有一张规则表", "has no decision table")
    _refuse_loose(nodes, followed)
    return RuleTables(tuple(tables[node_id] for node_id in _order(tables)))


def write(tables: RuleTables) -> dict[str, Any]:
    """The canonical document: what a table decides lies under `found.<table>`, everything else is passed on."""
    nodes: list[dict[str, Any]] = [_node("in", "inputNode", "事实", 0)]
    edges: list[dict[str, str]] = []
    for number, table in enumerate(tables.tables, start=1):
        nodes.append(_table_node(table, number))
        edges += [_edge(before, table.id) for before in table.after or ("in",)]
    read_on = {before for table in tables.tables for before in table.after}
    edges += [_edge(table.id, "out") for table in tables.tables if table.id not in read_on or table.decides]
    return {"nodes": [*nodes, _node("out", "outputNode", "结论", len(nodes))], "edges": edges}


def parse(text: str) -> RuleTables:
    """`read` of JSON text. Raises `Unreadable` also for what is no JSON or far too long."""
    if len(text.encode()) > MOST_BYTES:
        raise _wrong("too_large", "jdm", f"超过 {MOST_BYTES // 1000} KB", f"is over {MOST_BYTES // 1000} KB")
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise _wrong("no_json", "jdm", "不是 JSON", "is no JSON") from wrong
    return read(document)


def _table(node: Mapping[str, Any], after: tuple[str, ...]) -> Table:
    place = str(node["id"])
    content = _dict(node.get("content"), place)
    if content.get("hitPolicy", "first") != "first":
        raise _wrong("hit_policy", place, "命中方式只能是 first", "only the first hit counts")
    inputs, outputs = list(_columns(content, "inputs", place)), list(_columns(content, "outputs", place))
    rules = _list(content, "rules", place)
    if len(rules) > MOST_ROWS:
        raise _wrong("too_many_rows", place, f"超过 {MOST_ROWS} 行", f"has more than {MOST_ROWS} rows")
    rows = [_row(rule, inputs, outputs, f"{place}[{index}]") for index, rule in enumerate(rules, start=1)]
    if not rows or not outputs:
        raise _wrong("empty_table", place, "没有行或没有结果列", "has no rows or no output")
    if len({row.id for row in rows}) < len(rows):
        raise _wrong("row_twice", place, "两行的编号相同", "names two rows alike")
    name = str(node.get("name") or place)[:120]
    reads, writes = tuple(field for _, field in inputs), tuple(field for _, field in outputs)
    return Table(place, name, reads, writes, tuple(rows), after)


def _columns(content: Mapping[str, Any], key: str, place: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for column in _list(content, key, place) if content.get(key) else []:
        field = str(_dict(column, place).get("field", ""))
        if not _FIELD.fullmatch(field) or field in seen:
            raise _wrong("column", f"{place}.{field[:40]}", "列名不对或重复", "is no field name, or stands twice")
        seen.add(field)
        yield _id(column, place), field


def _row(rule: Any, inputs: list[tuple[str, str]], outputs: list[tuple[str, str]], place: str) -> Row:
    said = _dict(rule, place)
    row_id = str(said.get("_id", ""))
    if not _ID.fullmatch(row_id):
        raise _wrong("row_id", place, "这一行没有编号", "has no row id")
    cells = {field: _cell(said, column, place) for column, field in inputs}
    read_out = {field: _output(_cell(said, column, place), field, place) for column, field in outputs}
    says = {field: value for field, value in read_out.items() if value is not None}
    return Row(row_id, cells, says, str(said.get("_description", ""))[:300])


def _cell(rule: Mapping[str, Any], column: str, place: str) -> str:
    value = rule.get(column, "")
    if not isinstance(value, str) or len(value) > 600:
        raise _wrong("cell_unreadable", f"{place}.{column}", "单元格应为文字", "should hold text")
    return value.strip()


def _output(cell: str, field: str, place: str) -> Output | None:
    """A quoted word or a whole number; nothing is worked out in a cell, and nothing is a float."""
    if not cell:
        return None
    if field in WHOLE:
        if _WHOLE.fullmatch(cell):
            return int(cell)
        raise _wrong("not_whole", f"{place}.{field}", "应为整数", "should be a whole number")
    try:
        value = json.loads(cell)
    except json.JSONDecodeError:
        value = None
    if not isinstance(value, str):
        raise _wrong("output_unreadable", f"{place}.{field}", "应为带引号的文字", "should be a quoted word")
    return value


def _followed(nodes: Mapping[str, Mapping[str, Any]], root: Mapping[str, Any]) -> dict[str, set[str]]:
    """Node → the nodes it follows. Raises for an edge that leads nowhere."""
    found: dict[str, set[str]] = {node_id: set() for node_id in nodes}
    for edge in _list(root, "edges", "jdm"):
        source, target = str(_dict(edge, "edges").get("sourceId")), str(edge.get("targetId"))
        for end in (source, target):
            if end not in nodes:
                raise _wrong("edge_nowhere", f"edges.{end[:40]}", "连线通向不存在的节点", "leads to no node")
        if nodes[target]["type"] != "inputNode":
            found[target].add(source)
    return found


def _refuse_loose(nodes: Mapping[str, Mapping[str, Any]], followed: Mapping[str, set[str]]) -> None:
    """Every table is met on a way from the input to the output."""
    starts = {node_id for node_id, node in nodes.items() if node["type"] == "inputNode"}
    ends = {node_id for node_id, node in nodes.items() if node["type"] == "outputNode"}
    if len(starts) != 1 or len(ends) != 1:
        raise _wrong("ends", "jdm", "应有一个输入和一个输出", "needs one input and one output")
    met, leading = set(starts), set(ends)
    for _ in nodes:
        met |= {node_id for node_id, before in followed.items() if before & met}
        leading |= {before for node_id in leading for before in followed[node_id]}
    for node_id in nodes:
        if node_id not in met or node_id not in leading:
            raise _wrong("table_loose", node_id, "没有接在输入与输出之间", "does not stand between input and output")


def _order(tables: Mapping[str, Table]) -> list[str]:
    done: list[str] = []
    while len(done) < len(tables):
        ready = [t.id for t in tables.values() if t.id not in done and all(b in done for b in t.after if b in tables)]
        if not ready:
            raise _wrong("graph_circle", "jdm", "规则表互相等待，成了圈", "goes in a circle")
        done += ready
    return done


def _table_node(table: Table, number: int) -> dict[str, Any]:
    columns = {field: f"i{n}" for n, field in enumerate(table.reads)}
    outputs = {field: f"o{n}" for n, field in enumerate(table.writes)}
    content = {
        "hitPolicy": "first",
        "passThrough": True,
        "inputField": None,
        "outputPath": f"found.{table.id}" if table.decides else None,
        "executionMode": "single",
        "inputs": [{"id": i, "name": field, "field": field} for field, i in columns.items()],
        "outputs": [{"id": o, "name": field, "field": field} for field, o in outputs.items()],
        "rules": [
            {
                "_id": row.id,
                "_description": row.note,
                **{columns[field]: cell for field, cell in row.cells.items()},
                **{o: _literal(row.says.get(field)) for field, o in outputs.items()},
            }
            for row in table.rows
        ],
    }
    return {**_node(table.id, "decisionTableNode", table.name, number), "content": content}


def _literal(value: Output | None) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _node(node_id: str, kind: str, name: str, number: int) -> dict[str, Any]:
    return {"id": node_id, "type": kind, "name": name, "position": {"x": 280 * number, "y": 120}}


def _edge(source: str, target: str) -> dict[str, str]:
    return {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}


def _id(node: Any, place: str) -> str:
    found = str(_dict(node, place).get("id", ""))
    if not _ID.fullmatch(found):
        raise _wrong("id", place, "编号不对", "has an id that cannot be used")
    return found


def _dict(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong("shape", place, "应为一组字段", "should be an object")
    return value


def _list(node: Mapping[str, Any], key: str, place: str) -> list[Any]:
    value = node.get(key)
    if not isinstance(value, list):
        raise _wrong("shape", f"{place}.{key}", "应为列表", "should be a list")
    return value


def _wrong(code: str, place: str, zh: str, en: str) -> Unreadable:
    return Unreadable(Fault(code, place, Text(zh, en)))

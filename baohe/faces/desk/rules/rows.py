"""The rows of a table as a form: one group of fields a row, and what its buttons do to their order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict

from baohe.rooms.underwriting.contracts import RuleRow, RuleTable

OUTCOMES = {"accept": "承保", "load": "加费", "exclude": "除外", "postpone": "延期", "refer": "转人工"}
_NAMES = {
    "loading_bp": "加费（bp）",
    "postpone_days": "延期（天）",
    "exclusion_zh": "除外内容（中）",
    "exclusion_en": "除外内容（英）",
    "reason": "理由编号",
    "reason_zh": "理由（中），客户会看到",
    "reason_en": "理由（英）",
}
_MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """A row on the page: (form name, label, value) of each field; `outcome` is a choice of its own."""

    number: int
    id: str
    reads: tuple[tuple[str, str, str], ...]
    outcome: str | None
    says: tuple[tuple[str, str, str], ...]
    note: str


def shown_rows(table: RuleTable, typed: list[RuleRow] | None = None) -> list[Shown]:
    return [_shown(table, number, row) for number, row in enumerate(typed if typed is not None else table.rows)]


def _shown(table: RuleTable, number: int, row: RuleRow) -> Shown:
    return Shown(
        number=number,
        id=row.id,
        reads=tuple((f"row-{number}-c-{f}", name.zh, row.cells.get(f, "")) for f, name in table.reads),
        outcome=row.says.get("outcome", "") if "outcome" in table.writes else None,
        says=tuple(
            (f"row-{number}-s-{f}", _NAMES.get(f, f), row.says.get(f, "")) for f in table.writes if f != "outcome"
        ),
        note=row.note,
    )


def typed_rows(table: RuleTable, said: QueryDict) -> list[RuleRow]:
    """The rows as typed, after what the pressed button does: save, add, up:n, down:n, drop:n."""
    rows: list[RuleRow] = []
    while f"row-{len(rows)}-id" in said and len(rows) < _MOST_ROWS:
        number = len(rows)
        rows.append(
            RuleRow(
                id=said.get(f"row-{number}-id", "")[:60],
                cells={f: said.get(f"row-{number}-c-{f}", "")[:600] for f, _ in table.reads},
                says={f: said.get(f"row-{number}-s-{f}", "")[:600] for f in table.writes},
                note=said.get(f"row-{number}-note", "")[:300],
            )
        )
    return _moved(table, rows, said.get("do", "save"))


def _moved(table: RuleTable, rows: list[RuleRow], pressed: str) -> list[RuleRow]:
    verb, _, at = pressed.partition(":")
    if verb == "add":
        # A new row goes before an empty last one, which answers for the rest and must stay last.
        new = RuleRow("", {}, {"outcome": "refer"} if "outcome" in table.writes else {})
        last_is_rest = bool(rows) and not any(rows[-1].cells.values())
        return [*rows[:-1], new, rows[-1]] if last_is_rest else [*rows, new]
    number = int(at) if at.isdecimal() and len(at) < 4 else len(rows)
    if number >= len(rows):
        return rows
    if verb == "drop":
        return rows[:number] + rows[number + 1 :]
    other = number + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= other < len(rows):
        rows[number], rows[other] = rows[other], rows[number]
    return [replace(row) for row in rows]

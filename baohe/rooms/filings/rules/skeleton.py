"""A package skeleton: what the filing says for certain, and marked gaps for the rest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from baohe.rooms.filings.contracts import RateBook
from baohe.rooms.filings.rules.captions import amounts_of, currency_of
from baohe.rooms.filings.rules.clauses import facts_of
from baohe.rooms.filings.rules.tidy import Tidy, english

GAP = "# 待填 · to fill in"
_PRODUCT = (
    "line", "name", "filing_number", "promise", "scenes", "channels", "effective_from", "commission_bp",
    "expense_first_year_bp", "expense_average_bp", "period", "sum_insured", "insurer", "figures", "from", "covered",
    "not_covered", "coverages", "plain_rules", "disclosure", "documents", "compare",
)  # fmt: skip
_FACTS = ("waiting_days", "cooling_off_days", "min_age_days", "max_age")


def rates_csv(table: Tidy) -> str:
    return _csv([table.header, *table.rows])


def sources_csv(table: Tidy) -> str:
    """Beside each row of the rates its cell in the source, counted from 0."""
    rows = [
        [str(number), c.file, str(c.table), str(c.row), str(c.column), c.value, c.unit, c.section]
        for number, c in enumerate(table.sources, start=2)
    ]
    return _csv([["line", "file", "table", "row", "column", "value", "unit", "section"], *rows])


def _csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def product_yaml(book: RateBook, tables: list[Tidy], gaps: list[str]) -> str:
    """Only what was read for certain has a value; every other field stands empty and is named by the check."""
    clauses = book.texts.get("clauses", "")
    known: dict[str, object] = dict(facts_of(clauses))
    title = _clause_name(clauses)
    lines = [
        "# 由材料生成的草稿：空着的项由人填写。 A draft made from a filing: a person fills what stands empty.",
        "sample: false",
    ]
    if title:
        lines.append(f"clause_name: {_quoted(title)}")
    else:
        lines.append(f"clause_name: {GAP}")
        gaps.append("product.yaml clause_name")
    ages = [span for table in tables if (span := table.ages())]
    for name in _FACTS:
        if name in known:
            lines.append(f"{name}: {known[name]}  # 条款原文 · from the clauses")
        else:
            hint = ""
            if ages and name in ("min_age_days", "max_age"):
                hint = (
                    f"；费率表里的年龄 · ages in the rate tables: {min(a for a, _ in ages)}–{max(b for _, b in ages)}"
                )
            lines.append(f"{name}: {GAP}{hint}")
            gaps.append(f"product.yaml {name}")
    for name in _PRODUCT:
        lines.append(f"{name}: {GAP}")
        gaps.append(f"product.yaml {name}")
    return "\n".join(lines) + "\n"


def _clause_name(clauses: str) -> str:
    for line in clauses.splitlines()[:40]:
        said = line.strip("# ").replace(" ", "")
        if said.endswith("条款") and 6 <= len(said) <= 60:
            return said
    return ""


def formula_yaml(tables: list[Tidy], gaps: list[str]) -> str:
    """Inputs and tables as printed; steps only where the unit says how a premium follows from a rate."""
    lines = ["inputs:"]
    seen: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for table in tables:
        for code, values in table.inputs.items():
            seen.setdefault(code, {}).update(values)
            names.setdefault(code, table.printed_names[code])
    ages = [span for table in tables if (span := table.ages())]
    for code, values in seen.items():
        if code != "policy_year":
            lines += _input(code, names[code], values, ages, gaps)
    rates = [table for table in tables if table.role == "rates"]
    per = _per_sum_insured(rates[0]) if len(rates) == 1 else None
    if per:
        lines += [
            f"  - {{code: sum_insured, name: {{zh: 基本保险金额, en: Sum insured}}, kind: amount, source: customer, "
            f"minimum: , maximum: , default: }}  {GAP}"
        ]
        gaps.append("formula.yaml inputs.sum_insured minimum, maximum, default")
    lines.append("tables:")
    for table in tables:
        lines += _table(table, gaps)
    lines += _steps(rates, per, gaps)
    lines.append(f"instalments: {GAP}")
    gaps.append("formula.yaml instalments")
    return "\n".join(lines) + "\n"


def _input(code: str, name: str, values: dict[str, str], ages: list[tuple[int, int]], gaps: list[str]) -> list[str]:
    head = f"  - code: {code}\n    name: {{zh: {_quoted(name)}, en: {code.replace('_', ' ').capitalize()}}}"
    if code == "age" and ages:
        low, high = min(a for a, _ in ages), max(b for _, b in ages)
        gaps.append("formula.yaml inputs.age default")
        return [
            f"{head}\n    kind: age\n    source: person\n    minimum: {low}\n    maximum: {high}\n    default: {GAP}"
        ]
    source = "person" if code in ("sex", "occupation_class", "social_insurance") else "customer"
    gaps.append(f"formula.yaml inputs.{code} default")
    lines = [f"{head}\n    kind: choice\n    source: {source}\n    default: {GAP}\n    choices:"]
    for value, printed in values.items():
        word = english(code, value, printed)
        if word is None:
            gaps.append(f"formula.yaml inputs.{code} {printed} en")
        said = _quoted(word) if word else f"\n            {GAP}\n"
        label = f"        label:\n          zh: {_quoted(printed)}\n          en: {said}"
        lines.append(f"      - value: {_quoted(value)}\n{label}".rstrip())
    return lines


def _table(table: Tidy, gaps: list[str]) -> list[str]:
    unit = _unit(table.unit)
    if not unit:
        gaps.append(f"formula.yaml tables.{table.name} unit")
    gaps.append(f"formula.yaml tables.{table.name} title.en, unit_text.en")
    lines = [
        f"  - name: {table.name}",
        f"    title: {{zh: {_quoted(table.title or table.name)}, en: }}  {GAP}",
        f"    unit: {unit or GAP}",
        f"    unit_text: {{zh: {_quoted(table.unit)}, en: }}  {GAP}",
        f"    decimals: {table.decimals}",
        "    dimensions:",
    ]
    return lines + [
        f"      - {{input: {code}{', band: true' if code in ('age', 'policy_year') else ''}}}" for code in table.codes
    ]


def _steps(rates: list[Tidy], per: int | None, gaps: list[str]) -> list[str]:
    if len(rates) != 1 or not (per or _is_premium_itself(rates[0])):
        gaps.append("formula.yaml steps")
        why = "单位没有说明保费怎样得出 · the units do not say how a premium follows"
        return [f"steps: {GAP}；{why}"]
    lines = ["steps:", f"  - {{op: lookup, table: {rates[0].name}, label: {{zh: 费率, en: Rate}}}}"]
    if per:
        lines.append(f"  - {{op: scale, input: sum_insured, per: {per}, label: {{zh: 保额份数, en: Units insured}}}}")
    return [*lines, "  - {op: round, multiple_fen: 1, label: {zh: 取整到分, en: Rounded to the fen}}"]


def _per_sum_insured(table: Tidy) -> int | None:
    """`每10000元基本保险金额` with rates in yuan: a premium is the rate × sum insured ÷ 10000."""
    amounts = amounts_of(table.unit)
    if len(amounts) == 1 and _unit(table.unit) == "yuan" and "保险金额表" not in table.title:
        amount, noun = next(iter(amounts))
        return amount if noun == "保险金额" else None
    return None


def _is_premium_itself(table: Tidy) -> bool:
    return "每" not in table.unit and _unit(table.unit) == "yuan" and "金额" not in table.title


def _unit(unit: str) -> str:
    if unit.endswith("%"):
        return "percent"
    if unit.endswith("‰"):
        return "permille"
    money = unit.rpartition("，")[2]
    return "yuan" if currency_of(money) == "人民币" and "万元" not in money and "千元" not in money else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

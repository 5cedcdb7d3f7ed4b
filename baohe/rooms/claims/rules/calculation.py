"""The calculation a claimant can check line by line (SERV-7). Pure, in whole fen; every line re-adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from baohe.kernel.dates import add_years
from baohe.kernel.decisions import Text
from baohe.kernel.money import apply_bp, yuan
from baohe.rooms.catalog.contracts import ClaimEvent, ClaimStep
from baohe.rooms.claims.contracts import CalculationLine

_PER = {
    "event": Text("每次", "each time"),
    "year": Text("每年", "a year"),
    "contract": Text("整个保险期间", "over the whole term"),
}
_MARKS = ("减 ", "乘 ", "Less ", "Times ")


@dataclass(frozen=True, slots=True)
class Figures:
    """Confirmed figures of all invoices together, in fen."""

    invoices: int = 0
    total_fen: int = 0
    social_paid_fen: int = 0
    self_paid_fen: int = 0
    recovered_fen: int = 0

    def fen(self, name: str) -> int:
        figures = {
            "total": self.total_fen,
            "social_paid": self.social_paid_fen,
            "self_paid": self.self_paid_fen,
            "recovered": self.recovered_fen,
        }
        return figures[name]


@dataclass(frozen=True, slots=True)
class Contract:
    """What the policy adds to the steps: its rating inputs and its sum insured."""

    inputs: Mapping[str, str]
    sum_insured_fen: int


@dataclass(frozen=True, slots=True)
class Calculation:
    """`used` is what this claim takes of each counted limit and deductible: key → fen."""

    lines: tuple[CalculationLine, ...]
    amount_fen: int
    used: Mapping[str, int] = field(default_factory=dict)


def calculate(event: ClaimEvent, figures: Figures, contract: Contract, used_before: Mapping[str, int]) -> Calculation:
    """Walk the steps of the filed claim rules. `used_before` holds earlier claims' use by `use_key`.

    The amount is never negative, never above any cap, and equals `re_add` of the lines.
    """
    lines: list[CalculationLine] = []
    taken: dict[str, int] = {}
    amount = 0
    for step in event.steps:
        if step.op in ("start", "benefit"):
            amount = figures.fen(step.field) if step.op == "start" else _amount(step, contract)
            lines.append(_line("start", step, step.detail or _count(step, figures), amount))
        elif step.op == "minus":
            amount = _minus(event, step, figures, contract, used_before, taken, amount, lines)
        elif step.op == "times":
            if lines and lines[-1].op == "minus":
                lines.append(CalculationLine("subtotal", Text("可赔金额", "Payable"), None, amount))
            ratio = _ratio(step, figures, contract)
            amount = apply_bp(amount, ratio)
            lines.append(_line("times", step, step.detail, None, ratio))
        elif step.op == "cap":
            amount = _cap(event, step, contract, used_before, amount, lines)
    lines.append(CalculationLine("total", Text("赔付", "Paid to you"), None, amount))
    taken.update({use_key(event, step): amount for step in event.steps if step.op == "cap" and _counted(step)})
    return Calculation(tuple(lines), amount, taken)


def re_add(lines: Iterable[CalculationLine]) -> int:
    """What the lines come to when somebody adds them up again. Raises `ValueError` when they contradict themselves."""
    amount = 0
    for line in lines:
        shown = line.amount_fen
        if line.op == "start":
            amount = shown or 0
        elif line.op == "minus":
            amount -= shown or 0
        elif line.op == "times":
            amount = apply_bp(amount, line.percent_bp or 0)
        elif line.op == "cap":
            amount = amount if shown is None else min(amount, shown)
        elif shown != amount:  # subtotal and total state what is there already
            raise ValueError(f"{line.op} says {shown}, the lines before it make {amount}")
    return amount


def by_person(machine: Sequence[CalculationLine], amount_fen: int, clause: str) -> tuple[CalculationLine, ...]:
    """The lines of a decision by people: the rules' own lines, then what was not agreed to; it re-adds too."""
    total = CalculationLine("total", Text("赔付", "Paid to you"), None, amount_fen)
    before = tuple(line for line in machine if line.op != "total")
    calculated = re_add(before) if before else -1
    if calculated < amount_fen:
        agreed = CalculationLine("start", Text("人工核定金额", "Agreed by our handler"), None, amount_fen)
        return (agreed, total)
    if calculated == amount_fen:
        return (*before, total)
    refused = CalculationLine(
        "minus", Text("核定不赔", "Not covered, decided by two people"), None, calculated - amount_fen, None, clause
    )
    return (*before, refused, total)


def use_key(event: ClaimEvent, step: ClaimStep) -> str:
    """Under which a counted limit or deductible adds up over the claims of one policy."""
    return f"{event.coverage}:{step.op}:{step.per}"


def counted_periods(event: ClaimEvent, start: date, happened_on: date) -> dict[str, date]:
    """Use key → first day of the period it is counted over (policy year, or the whole contract)."""
    return {
        use_key(event, step): policy_year(start, happened_on) if step.per == "year" else start
        for step in event.steps
        if _counted(step)
    }


def policy_year(start: date, day: date) -> date:
    """First day of the policy year that `day` falls in; days before the cover belong to the first."""
    years = max(0, day.year - start.year)
    return add_years(start, years - 1 if years and add_years(start, years) > day else years)


def _counted(step: ClaimStep) -> bool:
    return step.per in ("year", "contract")


def _amount(step: ClaimStep, contract: Contract) -> int:
    return 0 if step.amount is None else step.amount.fen(contract.inputs, contract.sum_insured_fen)


def _minus(
    event: ClaimEvent,
    step: ClaimStep,
    figures: Figures,
    contract: Contract,
    used_before: Mapping[str, int],
    taken: dict[str, int],
    amount: int,
    lines: list[CalculationLine],
) -> int:
    if step.field:
        off, detail = min(amount, figures.fen(step.field)), step.detail
    else:
        filed, key = _amount(step, contract), use_key(event, step)
        before = used_before.get(key, 0) if _counted(step) else 0
        off = min(amount, max(0, filed - before))
        detail = _deductible(step, filed, before)
        if _counted(step):
            taken[key] = taken.get(key, 0) + off
    lines.append(_line("minus", step, detail, off))
    return amount - off


def _ratio(step: ClaimStep, figures: Figures, contract: Contract) -> int:
    """The share chosen with the price, or the filed one: lower for someone who has social insurance and did not
    use it."""
    if step.ratio is not None:
        return step.ratio.bp(contract.inputs)
    skipped = figures.social_paid_fen == 0 and contract.inputs.get("social_insurance") != "no"
    return step.ratio_without_social_bp if skipped and step.ratio_without_social_bp else step.ratio_bp


def _cap(
    event: ClaimEvent,
    step: ClaimStep,
    contract: Contract,
    used_before: Mapping[str, int],
    amount: int,
    lines: list[CalculationLine],
) -> int:
    limit = _amount(step, contract)
    before = used_before.get(use_key(event, step), 0) if _counted(step) else 0
    left = max(0, limit - before)
    reached = amount > left
    lines.append(_line("cap", step, _limit(step, limit, before, min(amount, left)), left if reached else None))
    return min(amount, left)


def _line(
    op: str, step: ClaimStep, detail: Text | None, amount_fen: int | None, percent_bp: int | None = None
) -> CalculationLine:
    return CalculationLine(op, bare(step.label), detail, amount_fen, percent_bp, step.clause, step.field or None)


def bare(label: Text) -> Text:
    """The label without "减" or "乘": the operation is shown as a mark of its own."""
    zh, en = label.zh, label.en
    for mark in _MARKS:
        zh, en = zh.removeprefix(mark), en.removeprefix(mark)
    return Text(zh, en[:1].upper() + en[1:])


def _count(step: ClaimStep, figures: Figures) -> Text | None:
    if step.field != "total":
        return None
    return Text(f"票据 {figures.invoices} 张", f"{figures.invoices} invoice{'s' if figures.invoices != 1 else ''}")


def _deductible(step: ClaimStep, filed: int, before: int) -> Text | None:
    if not _counted(step):
        return step.detail or Text(f"每次自己先付 ¥{yuan(filed)}", f"The first ¥{yuan(filed)} each time")
    per = _PER[step.per]
    return Text(
        f"{per.zh} ¥{yuan(filed)}，此前已抵 ¥{yuan(min(before, filed))}",
        f"¥{yuan(filed)} {per.en}, ¥{yuan(min(before, filed))} met before",
    )


def _limit(step: ClaimStep, limit: int, before: int, now: int) -> Text:
    per = _PER.get(step.per, _PER["event"])
    if not _counted(step):
        return Text(f"{per.zh}限额 ¥{yuan(limit)}", f"Limit ¥{yuan(limit)} {per.en}")
    return Text(
        f"{per.zh}限额 ¥{yuan(limit)}，连本次已用 ¥{yuan(before + now)}",
        f"Limit ¥{yuan(limit)} {per.en}, ¥{yuan(before + now)} used with this claim",
    )

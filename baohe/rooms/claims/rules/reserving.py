"""未决赔款准备金: what is set aside for a claim before anybody calculated it. Dated data, in whole fen. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baohe.rooms.catalog.contracts import ClaimEvent
from baohe.rooms.claims.rules.calculation import calculate
from baohe.rooms.claims.rules.figures import Contract, Figures


@dataclass(frozen=True, slots=True)
class Average:
    """What a claim of this line and event comes to; `event` "" stands for every other one of the line, `line` "" for
    every other line."""

    effective_from: date
    line: str
    event: str
    fen: int


SOURCE = "保和内部案均赔款假设 2026，无对外数据；每年按已决赔案复核"
"""The house's own assumptions, to be replaced by its experience; nothing filed and nothing measured."""

_SINCE = date(2026, 1, 1)
AVERAGES = (
    Average(_SINCE, "accident", "accident_outpatient", 80_000),
    Average(_SINCE, "accident", "hospital", 600_000),
    Average(_SINCE, "medical", "hospital", 1_500_000),
    Average(_SINCE, "medical", "hospital_critical", 5_000_000),
    Average(_SINCE, "travel", "", 150_000),
    Average(_SINCE, "home", "", 300_000),
    Average(_SINCE, "pet", "", 120_000),
    Average(_SINCE, "commercial_motor", "", 600_000),
    Average(_SINCE, "compulsory_motor", "", 500_000),
    Average(_SINCE, "", "", 100_000),
)


def case_reserve_fen(event: ClaimEvent | None, line: str, contract: Contract, on: date) -> int:
    """What to set aside at the first notice: what the event can come to where the wording fixes it (`at_most`, a
    benefit), otherwise the average of line and event on that day."""
    if event is not None and event.at_most is not None:
        return event.at_most.fen(contract.inputs, contract.sum_insured_fen)
    if event is not None and event.steps and event.steps[0].op == "benefit":
        return calculate(event, Figures(()), contract, {}).amount_fen
    return average_fen(line, event.code if event else "", on)


def average_fen(line: str, event: str, on: date) -> int:
    """The closest average in force: of line and event, of the line, of all."""
    in_force = [average for average in AVERAGES if average.effective_from <= on]
    for wanted in ((line, event), (line, ""), ("", "")):
        found = [average for average in in_force if (average.line, average.event) == wanted]
        if found:
            return max(found, key=lambda average: average.effective_from).fen
    return 0

"""Where money went, from turnovers by kind of entry: the arrows of the money-flow picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from baohe.kernel.money import split
from baohe.rooms.ledger.contracts import MoneyFlow
from baohe.rooms.ledger.rules import chart


@dataclass(frozen=True, slots=True)
class Turnover:
    """Net fen that entries of a kind moved on an account: debit positive, credit negative."""

    kind: str
    account: str
    amount_fen: int


def flows_between(turnovers: Sequence[Turnover]) -> list[MoneyFlow]:
    """From each credited family of accounts to the debited ones, within a kind of entry.

    A double entry does not say which credit paid for which debit. Equal amounts are taken for one movement; what is
    left is shared in proportion and re-adds to both sides (largest remainder). Largest flow first.
    """
    by_kind: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for turnover in turnovers:
        by_kind[turnover.kind][family(turnover.account)] += turnover.amount_fen
    flows = [flow for kind, families in by_kind.items() for flow in _of_one_kind(kind, families)]
    return sorted(flows, key=lambda flow: (-flow.amount_fen, flow.kind, flow.source, flow.target))


def family(account: str) -> str:
    """The account without its owner: `insurer/haijia/claims_paid` → `insurer/claims_paid`."""
    kind = chart.kind_of(account)
    return account if kind is None else kind.family


def _of_one_kind(kind: str, families: dict[str, int]) -> list[MoneyFlow]:
    left_over, flows = dict(families), []
    for source, fen in sorted(families.items()):
        equal = next((name for name, other in sorted(left_over.items()) if fen < 0 and other == -fen), None)
        if equal is not None:
            flows.append(MoneyFlow(kind, source, equal, -fen))
            left_over[source] = left_over[equal] = 0
    return flows + _in_proportion(kind, left_over)


def _in_proportion(kind: str, families: dict[str, int]) -> list[MoneyFlow]:
    targets = [(name, fen) for name, fen in sorted(families.items()) if fen > 0]
    flows: list[MoneyFlow] = []
    left = [fen for _, fen in targets]
    for source, fen in sorted(families.items()):
        if fen >= 0:
            continue
        # shares of what the targets still lack, so that each target re-adds as well
        shares = split(-fen, left) if sum(left) else []
        left = [before - share for before, share in zip(left, shares, strict=True)] if shares else left
        flows += [
            MoneyFlow(kind, source, name, share) for (name, _), share in zip(targets, shares, strict=False) if share
        ]
    return flows

"""How an insurer's business went between two days: written, earned, unearned, incurred, loss ratio. Right at any date:
nothing here waits for a month to be closed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from baohe.flows import bookkeeping
from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.policies import facade as policies


@dataclass(frozen=True, slots=True)
class InsurerResult:
    """Fen over the days asked for. earned = unearned before + written − unearned after."""

    insurer: str
    policies: int
    written_fen: int
    unearned_before_fen: int
    unearned_after_fen: int
    incurred_fen: int
    claim_costs_fen: int
    commission_fen: int
    reserve_change_fen: int = 0
    """By how much the reserve for claims outstanding grew."""
    recovered_fen: int = 0
    """Of paid claims, what others owe or paid back, less what was written off."""

    @property
    def net_claims_fen(self) -> int:
        """What claims cost the insurer: paid, and set aside, less what comes back."""
        return self.incurred_fen + self.reserve_change_fen - self.recovered_fen

    @property
    def earned_fen(self) -> int:
        return self.unearned_before_fen + self.written_fen - self.unearned_after_fen

    @property
    def loss_ratio_bp(self) -> int | None:
        """Net claims ÷ earned premium, in basis points, without claim costs; None when nothing was earned."""
        return None if self.earned_fen <= 0 else self.net_claims_fen * 10_000 // self.earned_fen


def results(first: date, last: date) -> list[InsurerResult]:
    """By insurer, for the business dates from `first` to `last`, both included. Raises `InvalidInput`."""
    if last < first:
        raise InvalidInput(field="last", reason_zh="结束日早于开始日", reason_en="the last day lies before the first")
    before, after = _unearned(first - timedelta(days=1)), _unearned(last)
    moved: dict[str, dict[str, int]] = defaultdict(dict)
    for account, fen in ledger.moved("insurer", first, last).items():
        _, insurer, what = account.split("/")
        moved[insurer][what] = fen
    return [
        InsurerResult(
            insurer=insurer,
            policies=after.get(insurer, (0, 0))[0],
            written_fen=-moved[insurer].get("premium_income", 0) - moved[insurer].get("premium_refunded", 0),
            unearned_before_fen=before.get(insurer, (0, 0))[1],
            unearned_after_fen=after.get(insurer, (0, 0))[1],
            incurred_fen=moved[insurer].get("claims_paid", 0),
            claim_costs_fen=moved[insurer].get("claim_costs", 0),
            commission_fen=moved[insurer].get("commission_expense", 0),
            reserve_change_fen=moved[insurer].get("claims_reserve_change", 0),
            recovered_fen=-moved[insurer].get("recovered", 0) - moved[insurer].get("recovery_written_off", 0),
        )
        for insurer in sorted({*moved, *before, *after})
    ]


def _unearned(day: date) -> dict[str, tuple[int, int]]:
    """Insurer → policies counted and unearned premium at the end of `day`; a co-insurer counts the policy and has its
    share of the premium."""
    found: dict[str, tuple[int, int]] = {}
    for row in policies.earned_on(day):
        for insurer, part in bookkeeping.by_carrier(catalog.version(row.version_id), row.unearned_fen):
            count, fen = found.get(insurer, (0, 0))
            found[insurer] = (count + row.policies, fen + part)
    return found

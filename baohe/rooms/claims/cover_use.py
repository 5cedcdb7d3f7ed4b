"""What limits and deductibles have been used, and what a decision of people uses of them. Called with the policies
locked that count together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from baohe.rooms.catalog.contracts import ClaimEvent, ClaimStep
from baohe.rooms.claims import records
from baohe.rooms.claims.contracts import CalculationLine
from baohe.rooms.claims.models import Claim, CoverUse
from baohe.rooms.claims.rules.counting import counted, counted_periods, of_family, use_key
from baohe.rooms.claims.rules.lines import bare
from baohe.rooms.policies.contracts import PolicyView


def used_before(
    policy_id: UUID, together: tuple[UUID, ...], periods: Mapping[str, date], besides: Claim | None = None
) -> dict[str, int]:
    """Use key → fen used in its period, by the policy or by all that count `together`; without what `besides` used: a
    claim that is calculated again does not stand in its own way."""
    if not periods:
        return {}
    same = Q()
    for key, start in periods.items():
        whose = Q(policy_id__in=together) if of_family(key) else Q(policy_id=policy_id)
        same |= whose & Q(key=key, period_start=start)
    uses = CoverUse.objects.filter(same)
    if besides is not None:
        uses = uses.exclude(claim=besides)
    sums = uses.values("key").annotate(used=Sum("amount_fen"))
    return {line["key"]: line["used"] for line in sums}


def used_of(policy_ids: Collection[UUID], keys: Collection[str]) -> dict[tuple[UUID, str, date], int]:
    """(policy, use key, first day of its period) → fen used, for many policies in one query."""
    if not policy_ids or not keys:
        return {}
    rows = CoverUse.objects.filter(policy_id__in=policy_ids, key__in=keys)
    sums = rows.values("policy_id", "key", "period_start").annotate(used=Sum("amount_fen"))
    return {(one["policy_id"], one["key"], one["period_start"]): one["used"] for one in sums}


@dataclass(frozen=True, slots=True)
class ByPeople:
    """A claim that people decide: its contract, the policies that count together, and the lines the rules had made."""

    row: Claim
    event: ClaimEvent | None
    policy: PolicyView
    together: tuple[UUID, ...]
    machine: Sequence[CalculationLine]

    def paid(self, number: int, amount_fen: int) -> None:
        """Book decision `number`: limits are used by what is paid, a deductible by what the rules took."""
        if self.event is not None:
            caps = {use_key(self.event, step): amount_fen for step in self.event.steps if _is_counted(step, "cap")}
            self._book(number, {**caps, **self._borne(self.event)})

    def nothing_paid(self, number: int, clause: str) -> None:
        """Book decision `number`, that nothing is payable. Where it rests on the clause of a deductible, the loss was
        covered and borne, and counts toward it: otherwise many small losses would never reach it."""
        if self.event is not None and clause in {s.clause for s in self.event.steps if _is_counted(s, "minus")}:
            self._book(number, self._borne(self.event))

    def _book(self, number: int, used: Mapping[str, int]) -> None:
        records.use_cover(self.row, number, used, self._periods)

    @property
    def _periods(self) -> dict[str, date]:
        return counted_periods(self.event, self.policy.start, self.row.happened_on) if self.event else {}

    def _borne(self, event: ClaimEvent) -> dict[str, int]:
        """What the rules took, less what this claim booked at an earlier decision, and no more than is left by now:
        between calculation and decision another member's claim may have borne it."""
        before, own = used_before(self.row.policy_id, self.together, self._periods), _used_by(self.row)
        took = {(line.op, line.label.zh): line.amount_fen or 0 for line in self.machine}
        borne = {}
        for step in event.steps:
            if not _is_counted(step, "minus") or step.amount is None:
                continue
            key, filed = use_key(event, step), step.amount.fen(self.policy.inputs, self.policy.sum_insured_fen)
            fresh = took.get(("minus", bare(step.label).zh), 0) - own.get(key, 0)
            borne[key] = max(0, min(fresh, filed - before.get(key, 0)))
        return borne


def _is_counted(step: ClaimStep, op: str) -> bool:
    return step.op == op and counted(step)


def _used_by(row: Claim) -> dict[str, int]:
    """Use key → fen that the claim itself has booked."""
    sums = CoverUse.objects.filter(claim=row).values("key").annotate(used=Sum("amount_fen"))
    return {line["key"]: line["used"] for line in sums}

"""What is left of limits and deductibles that several claims count against."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from baohe.kernel.dates import add_years
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ClaimEvent, ClaimStep
from baohe.rooms.claims.contracts import CoverLeft
from baohe.rooms.claims.cover_use import used_of
from baohe.rooms.claims.deciding import bought_together
from baohe.rooms.claims.rules.counting import counted, of_family, policy_year, use_key
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView


def cover_left(policy_id: UUID, day: date) -> tuple[CoverLeft, ...]:
    """Each counted limit and deductible of the contract as it stood on `day`, in the period that holds it; the caller
    checked whose policy it is. One query for all. Raises `NotFound`."""
    policy = policies.as_of(policies.policy_by_id(policy_id), day)
    steps = _counted_steps(catalog.version(policy.version_id).claim_events_of(policy.inputs))
    together = {
        key: bought_together(event, policy) if of_family(key) else (policy.id,) for key, (event, _) in steps.items()
    }
    used = used_of({one for ids in together.values() for one in ids}, list(steps))
    return tuple(
        _left(policy, step, day, sum(used.get((one, key, _start(policy, step, day)), 0) for one in together[key]))
        for key, (_, step) in steps.items()
    )


def _counted_steps(events: tuple[ClaimEvent, ...]) -> dict[str, tuple[ClaimEvent, ClaimStep]]:
    """Key of use → the first step that counts under it; several events of one coverage share it."""
    found: dict[str, tuple[ClaimEvent, ClaimStep]] = {}
    for event in events:
        for step in event.steps:
            if counted(step) and step.amount is not None:
                found.setdefault(use_key(event, step), (event, step))
    return found


def _start(policy: PolicyView, step: ClaimStep, day: date) -> date:
    return policy_year(policy.start, day) if step.per == "year" else policy.start


def _left(policy: PolicyView, step: ClaimStep, day: date, used: int) -> CoverLeft:
    start = _start(policy, step, day)
    limit = step.amount.fen(policy.inputs, policy.sum_insured_fen) if step.amount else 0
    return CoverLeft(
        label=step.label,
        kind="limit" if step.op == "cap" else "deductible",
        per=step.per,
        clause=step.clause,
        limit_fen=limit,
        used_fen=used,
        left_fen=max(0, limit - used),
        period_start=start,
        period_end=min(add_years(start, 1), policy.end) if step.per == "year" else policy.end,
        shared=step.shared,
    )
